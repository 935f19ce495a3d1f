#!/usr/bin/env bash
# Adds the distribution's packages that are in the image of a module, beyond its base image, to its bill of materials: those that eng/image-root.sh collected for keys in a TPM or a token.
# Usage: eng/image-packages.sh Module image [engine]   (after eng/sbom.sh; the engine is docker if none is named)
set -euo pipefail
cd "$(dirname "$0")/.."
module=$1 image=$2 engine=${3:-docker}
grep -q '^COPY --from=keys ' "modules/$module"/Dockerfile.amd64 || { printf '%s: nothing beyond the base image\n' "$module"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
container=$("$engine" create "$image")
"$engine" cp "$container:/usr/share/sallyport/packages.cdx.json" "$folder/packages.json" || { "$engine" rm "$container" >/dev/null; exit 1; }
"$engine" rm "$container" >/dev/null
jq --slurpfile packages "$folder/packages.json" '.components += $packages[0].components' "artifacts/sbom/$module.cdx.json" >"$folder/bill.json"
cp "$folder/bill.json" "artifacts/sbom/$module.cdx.json"
printf '%s: %s packages of the distribution\n' "$module" "$(jq '.components | length' "$folder/packages.json")"
