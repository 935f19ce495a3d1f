#!/usr/bin/env bash
# Proves that a lock file is whole: the repository's own template, with the example values of .env.template, becomes a manifest for each platform, and no rule has anything to
# say to it. The manifests are thrown away: whoever deploys has a template and values of his own.
# Usage: eng/prove-lock.sh LOCK COMMAND...   COMMAND starts sallyportctl
set -euo pipefail
lock=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for platform in amd64 arm64v8; do
  "$@" manifest build --template deployment.template.json --lock "$lock" --platform "$platform" --env-file .env.template \
    --set "CONTAINER_REGISTRY_SERVER=${CONTAINER_REGISTRY_SERVER:?name the registry}" --set IOT_HUB_RESOURCE_ID=/subscriptions/example --output "$folder/$platform.json"
  "$@" manifest validate "$folder/$platform.json"
done
