#!/usr/bin/env bash
# Shows what a deployment would change, asks, and deploys. Needs az with bicep, and rights on the resource group.
#
# Usage: infra/scripts/deploy.sh --resource-group NAME --parameters FILE.bicepparam [--confirm NAME]
#   Without --confirm it asks for the name of the resource group; any other answer changes nothing.
set -euo pipefail

refuse() {
  printf '%s\n' "$1" >&2
  exit 2
}

resource_group='' parameters='' confirmation=''
while [ "$#" -gt 0 ]; do
  [ "$#" -gt 1 ] || refuse "$1 needs a value."
  case "$1" in
    --resource-group) resource_group=$2 ;;
    --parameters) parameters=$2 ;;
    --confirm) confirmation=$2 ;;
    *) refuse "$1 is not known." ;;
  esac
  shift 2
done
if [ -z "$resource_group" ] || [ ! -f "$parameters" ]; then refuse "Give --resource-group and --parameters with a file that is there."; fi
if grep -nE 'example\.com|REPLACE-' "$parameters" >&2; then refuse "$parameters still has the examples above: put in what is yours."; fi

az deployment group what-if --resource-group "$resource_group" --parameters "$parameters"
if [ -z "$confirmation" ]; then
  printf 'Type the name of the resource group to deploy: ' >&2
  read -r confirmation || true
fi
[ "$confirmation" = "$resource_group" ] || refuse "Not confirmed: nothing was changed."
az deployment group create --resource-group "$resource_group" --parameters "$parameters" --name "sallyport-$(date -u +%Y%m%dT%H%M%SZ)" \
  --query properties.outputs --output json
