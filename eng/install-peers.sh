#!/usr/bin/env bash
# Installs what the interoperability tests and the benchmarks talk to: independent Modbus stacks, a broker, a packet judge, a TPM and tokens in software, an EST client,
# a browser, Prometheus' own tool (promtool), a judge of shell scripts, a container engine and the official Azure clients for Node.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(mbpoll python3-cryptography python3-pymodbus python3-serial python3-serial-asyncio tshark socat mosquitto gcc libc6-dev libmodbus-dev clang zlib1g-dev
  swtpm swtpm-tools tpm2-tools tpm2-openssl tpm2-abrmd libtss2-tcti-device0 libtss2-tcti-tabrmd0 dbus-daemon libtpm2-pkcs11-1 libtpm2-pkcs11-tools softhsm2 opensc libengine-pkcs11-openssl
  jq strongswan-pki libstrongswan-standard-plugins libstrongswan-extra-plugins faketime openssl nftables iproute2 procps util-linux openssh-server openssh-client systemd
  chromium prometheus shellcheck podman runc)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  # The tests ask sshd and mosquitto; nobody wants them to serve, neither now nor after the next start.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  if [[ " ${missing[*]} " == *" openssh-server "* ]]; then
    systemctl disable --quiet ssh.service ssh.socket 2>/dev/null || true
  fi
fi
find tests -name package-lock.json -not -path '*/node_modules/*' -print0 | while IFS= read -r -d '' lock; do
  (cd "$(dirname "$lock")" && npm ci --no-audit --no-fund --silent --ignore-scripts)
done
