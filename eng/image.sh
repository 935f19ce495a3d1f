#!/usr/bin/env bash
# Builds and pushes the image of a module for one platform, as its module.json says. Prints image=, repository= and digest= for the next step of a release.
# Usage: CONTAINER_REGISTRY_SERVER=registry.example eng/image.sh Module amd64|arm64v8 version
set -euo pipefail
cd "$(dirname "$0")/.."
module=$1 platform=$2 version=$3
description="modules/$module/module.json"
stated=$(jq -r '.image.tag.version' "$description")
if [ "$stated" != "$version" ]; then
  echo "$description says version $stated, and the release is $version: make them agree." >&2
  exit 1
fi
repository=$(jq -r '.image.repository' "$description" | sed "s#\${CONTAINER_REGISTRY_SERVER}#${CONTAINER_REGISTRY_SERVER:?name the registry}#")
file=$(jq -r --arg platform "$platform" '.image.tag.platforms[$platform]' "$description")
metadata=$(mktemp)
trap 'rm -f "$metadata"' EXIT
revision=$(git rev-parse HEAD) created=$(git log -1 --format=%cI)
mapfile -t labels <<<"$(eng/image-labels.sh "$module" "$version" "$revision" "$created")"
docker buildx build --file "modules/$module/${file#./}" --tag "$repository:$version-$platform" --push --provenance=mode=max --metadata-file "$metadata" \
  "${labels[@]/#/--label=}" . >&2
printf 'image=%s\nrepository=%s\ndigest=%s\n' "$repository:$version-$platform" "$repository" "$(jq -r '."containerimage.digest"' "$metadata")"
