#!/usr/bin/env bash
# Verifies the signature and the bill of materials of each pushed image; the first one that is not ours ends it.
# Usage: eng/verify-images.sh FOLDER IDENTITY   FOLDER has files <Module>.<platform> with repository:tag@sha256:…; IDENTITY is the workflow that signed
set -euo pipefail
folder=$1 identity=$2
shopt -s nullglob
files=("$folder"/*)
[ "${#files[@]}" -gt 0 ] || { echo "There is no image in $folder." >&2; exit 1; }
for file in "${files[@]}"; do
  reference=$(cat "$file")
  image="${reference%%@*}" digest="${reference##*@}"
  by=(--certificate-identity "$identity" --certificate-oidc-issuer https://token.actions.githubusercontent.com)
  cosign verify "${by[@]}" "${image%:*}@$digest" >/dev/null
  cosign verify-attestation "${by[@]}" --type cyclonedx "${image%:*}@$digest" >/dev/null
  printf '%s: signed, with a bill of materials\n' "$reference"
done
