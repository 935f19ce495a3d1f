#!/usr/bin/env bash
# Writes the bill of materials of modules, CycloneDX in JSON, to artifacts/sbom/<Module>.cdx.json: every NuGet package that is compiled in, with its hash and licence.
# What an image has from the distribution besides, eng/image-packages.sh adds.
# Usage: eng/sbom.sh [Module ...]   (default: every module; they must be restored)
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$#" -gt 0 ]; then modules=("$@"); else mapfile -t modules < <(find modules -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort); fi
dotnet tool restore >/dev/null
for module in "${modules[@]}"; do
  version=$(sed -n 's/.*"version": "\(.*\)",/\1/p' "modules/$module/module.json")
  [ -d "artifacts/obj/$module" ] || dotnet restore "modules/$module" -v quiet
  dotnet dotnet-CycloneDX "modules/$module/$module.csproj" --output artifacts/sbom --filename "$module.cdx.json" --output-format Json \
    --exclude-dev --disable-package-restore --no-serial-number --set-version "$version" --base-intermediate-output-path artifacts/obj >/dev/null
  printf '%s: %s packages\n' "$module" "$(grep -c '"bom-ref": "pkg:nuget/' "artifacts/sbom/$module.cdx.json")"
done
