#!/usr/bin/env bash
# Makes a container of the editor ready to work in: what the tests talk to, the packages of the lock files, Bicep as the tests use it, a first build.
set -euo pipefail
cd "$(dirname "$0")/.."
sudo -E eng/install-peers.sh
dotnet tool restore
dotnet restore EdgeSolution.sln --locked-mode
mkdir -p "$HOME/.local/bin"
ln -sf "$(realpath "$(dotnet msbuild tests/Sallyport.Infrastructure.Tests -getProperty:BicepPath)")" "$HOME/.local/bin/bicep"
dotnet build EdgeSolution.sln --no-restore
