#!/usr/bin/env bash
# Writes images.lock.json (docs/formats/images-lock.md) from what a release pushed and verified.
# Usage: eng/images-lock.sh FOLDER   FOLDER/modules/<Module>.<platform> has repository:tag@sha256:…
#                                    FOLDER/images/<any> has the reference of the template in its first line, and repository:tag@sha256:… in its second
set -euo pipefail
folder=$1
lines() {
  local file name
  for file in "$folder"/modules/*; do
    name=$(basename "$file")
    printf 'modules\t%s\t%s\t%s\n' "${name%%.*}" "${name#*.}" "$(cat "$file")"
  done
  for file in "$folder"/images/*; do
    printf 'images\t%s\tamd64\t%s\n' "$(sed -n 1p "$file")" "$(sed -n 2p "$file")"
    printf 'images\t%s\tarm64v8\t%s\n' "$(sed -n 1p "$file")" "$(sed -n 2p "$file")"
  done
}
lines | jq --raw-input --slurp --exit-status '
  [split("\n")[] | select(length > 0) | split("\t") | {kind: .[0], name: .[1], platform: .[2], at: (.[3] | capture("^(?<image>[^@]+)@(?<digest>sha256:[0-9a-f]{64})$"))}]
  | reduce .[] as $one ({schema: "sallyport.images-lock/1", modules: {}, images: {}};
      .[$one.kind][$one.name].image = (if $one.kind == "modules" then ($one.at.image | rtrimstr("-" + $one.platform)) else $one.at.image end)
      | .[$one.kind][$one.name].digests[$one.platform] = $one.at.digest)
  | if (.modules | length) == 0 or (.images | length) == 0 then error("there is nothing to lock") else . end'
