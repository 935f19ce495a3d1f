#!/usr/bin/env bash
# Prints the labels of a module's image, one on a line: annotations of the OCI image specification. eng/image.sh puts them on the image.
# Usage: eng/image-labels.sh Module version revision time
set -euo pipefail
cd "$(dirname "$0")/.."
printf 'org.opencontainers.image.%s\n' "title=$1" "version=$2" "revision=$3" "created=$4" "description=$(jq -r '.description' "modules/$1/module.json")"
