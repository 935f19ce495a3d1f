#!/usr/bin/env bash
# Prints the labels of a module's image, one on a line: the annotations of the OCI image specification. eng/image.sh puts them on the image.
# Usage: eng/image-labels.sh Module version
set -euo pipefail
cd "$(dirname "$0")/.."
module=$1 version=$2
printf 'org.opencontainers.image.%s\n' \
  "title=$module" "version=$version" "revision=$(git rev-parse HEAD)" "created=$(git log -1 --format=%cI)" "description=$(jq -r '.description' "modules/$module/module.json")"
