#!/usr/bin/env bash
# Asks their registry for the digests of the images of others that a template names, and writes them down for eng/images-lock.sh. Docker asks; nothing is guessed.
# Usage: eng/foreign-digests.sh TEMPLATE FOLDER
set -euo pipefail
template=$1 folder=$2
mkdir -p "$folder"
index=0
jq -r '.modulesContent["$edgeAgent"]["properties.desired"] | (.systemModules, .modules) | .[].settings.image | select(startswith("${") | not)' "$template" | sort -u |
  while IFS= read -r reference; do
    digest=$(docker buildx imagetools inspect "$reference" --format '{{.Manifest.Digest}}')
    version=$(docker buildx imagetools inspect "$reference" --format '{{json .Image}}' |
      jq -r '[.. | objects | .Labels? // empty | .["org.opencontainers.image.version"]? // empty] | first // empty')
    tag="${reference##*:}"
    index=$((index + 1))
    printf '%s\n%s\n' "$reference" "${reference%:*}:${version:-$tag}@$digest" >"$folder/$index"
  done
