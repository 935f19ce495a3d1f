#!/usr/bin/env bash
# Publishes the modules ahead of time for this machine into artifacts/aot/<Module>. Needs clang and zlib's headers.
# Usage: eng/publish.sh [Module ...]   (default: every module)
set -euo pipefail
cd "$(dirname "$0")/.."
modules=("$@")
if [ "$#" -eq 0 ]; then
  for folder in modules/*/; do modules+=("$(basename "$folder")"); done
fi
for module in "${modules[@]}"; do
  # Not a locked restore: it adds the compiler for one platform, at the version that Directory.Packages.props pins. The analyzers have judged the code in the build.
  dotnet publish "modules/$module" -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" -v quiet --nologo \
    -p:PublishAot=true -p:RestoreLockedMode=false -p:RunAnalyzers=false -p:UseSharedCompilation=true \
    -p:ArtifactsPath="$PWD/artifacts/aot-build" -o "artifacts/aot/$module"
  printf '%s: %s bytes\n' "$module" "$(stat -c %s "artifacts/aot/$module/$module")"
done
