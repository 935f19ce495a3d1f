#!/usr/bin/env bash
# Publishes the modules ahead of time for this machine into artifacts/aot/<Module>. Needs clang and zlib's headers.
# Usage: eng/publish.sh [Module ...]   (default: every module)
set -euo pipefail
cd "$(dirname "$0")/.."
modules=("$@")
if [ "$#" -eq 0 ]; then
  for folder in modules/*/; do modules+=("$(basename "$folder")"); done
fi
# Two at a time: each compiler takes about a gigabyte, and one of them alone leaves a processor idle for half of its time.
dotnet msbuild eng/publish.proj -m:2 -v:quiet -nologo \
  -p:Runtime="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" "-p:Modules=\"$(IFS=';'; echo "${modules[*]}")\""
for module in "${modules[@]}"; do
  printf '%s: %s bytes\n' "$module" "$(stat -c %s "artifacts/aot/$module/$module")"
done
