#!/usr/bin/env bash
# Makes the two enrolment groups of a fleet at the provisioning service, or brings them up to date: "gateways" for the Edge daemons of gateways,
# "buffers" for SecureBuffers that send straight to IoT Hub as devices of their own. It can be run again and again. Needs az with the extension azure-iot,
# and the role Device Provisioning Service Data Contributor: there are no keys.
#
# Usage: infra/scripts/enroll.sh --provisioning NAME --resource-group NAME --site NAME --gateway-authority FILE [--buffer-authority FILE]
#   The files are certificates (PEM) of issuing authorities. The service finds the group of a device by the authority that signed it, so each group needs one of its own.
set -euo pipefail

refuse() {
  printf '%s\n' "$1" >&2
  exit 2
}

provisioning='' resource_group='' site='' gateway_authority='' buffer_authority=''
while [ "$#" -gt 0 ]; do
  [ "$#" -gt 1 ] || refuse "$1 needs a value."
  case "$1" in
    --provisioning) provisioning=$2 ;;
    --resource-group) resource_group=$2 ;;
    --site) site=$2 ;;
    --gateway-authority) gateway_authority=$2 ;;
    --buffer-authority) buffer_authority=$2 ;;
    *) refuse "$1 is not known." ;;
  esac
  shift 2
done
if [ -z "$provisioning" ] || [ -z "$resource_group" ] || [ -z "$gateway_authority" ]; then
  refuse "Give --provisioning, --resource-group, --site and --gateway-authority."
fi
[[ $site =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] || refuse "--site is a name of letters, digits and ._- : it becomes a tag of every device."

fingerprint() { openssl x509 -in "$1" -noout -fingerprint -sha256; }

check_authority() {
  fingerprint "$1" >/dev/null 2>&1 || refuse "$1 is no certificate (PEM)."
  openssl x509 -in "$1" -noout -ext basicConstraints 2>/dev/null | grep -q 'CA:TRUE' || refuse "$1 is not the certificate of an authority: give the one that signs devices."
  openssl x509 -in "$1" -noout -checkend 2592000 >/dev/null || refuse "$1 ends within 30 days: make a new authority first."
}

check_authority "$gateway_authority"
if [ -n "$buffer_authority" ]; then
  check_authority "$buffer_authority"
  [ "$(fingerprint "$gateway_authority")" != "$(fingerprint "$buffer_authority")" ] || refuse "Both groups cannot have the same authority: the service could not tell a gateway from a buffer."
fi

scope=(--dps-name "$provisioning" --resource-group "$resource_group" --auth-type login)
existing=$(az iot dps enrollment-group list "${scope[@]}" --query '[].enrollmentId' --output tsv)

# enrol GROUP AUTHORITY IS-EDGE
enrol() {
  local verb=create
  if grep -Fxq -- "$1" <<<"$existing"; then verb=update; fi
  az iot dps enrollment-group "$verb" "${scope[@]}" --enrollment-id "$1" --certificate-path "$2" --edge-enabled "$3" \
    --provisioning-status enabled --reprovision-policy reprovisionandmigratedata \
    --initial-twin-tags "{\"site\":\"$site\",\"role\":\"$1\"}" --output none
  printf '%s: %sd, authority %s\n' "$1" "$verb" "$(fingerprint "$2" | sed 's/.*=//')"
}

enrol gateways "$gateway_authority" true
if [ -n "$buffer_authority" ]; then enrol buffers "$buffer_authority" false; fi
