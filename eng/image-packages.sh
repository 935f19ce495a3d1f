#!/usr/bin/env bash
# Adds to a bill of materials the distribution's packages that the image of a module has beyond its base image: those that eng/image-root.sh collected for keys in a TPM or a token.
# Usage: eng/image-packages.sh Module image [engine] <bill >bill   (the engine is docker if none is named)
set -euo pipefail
cd "$(dirname "$0")/.."
module=$1 image=$2 engine=${3:-docker}
if ! grep -q '^COPY --from=keys ' "modules/$module/Dockerfile.amd64"; then
  cat
  exit
fi
folder=$(mktemp -d)
container=$("$engine" create "$image")
trap '"$engine" rm "$container" >/dev/null; rm -rf "$folder"' EXIT
"$engine" cp "$container:/usr/share/sallyport/packages.cdx.json" "$folder/packages.json"
jq --slurpfile packages "$folder/packages.json" '.components += $packages[0].components'
