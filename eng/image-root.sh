#!/usr/bin/env bash
# Collects, from the packages of the machine that it runs on, what an image needs and nothing else: files with every library that they load, and the list of their packages.
# Usage: eng/image-root.sh keys FOLDER BASE   what keys in a TPM or a token need, beyond what the base image has, which is unpacked in BASE. The Dockerfiles run it.
#        eng/image-root.sh base FOLDER        a stand-in for the base image (runtime-deps, chiseled), for machines that cannot have it: glibc, OpenSSL, the C++ library, no shell.
set -euo pipefail
kind=$1 root=$2 base=${3:-}
libraries=/usr/lib/$(uname -m)-linux-gnu
copied=()

# One file, or a link with what it leads to. /lib/x is /usr/lib/x on a system whose /usr is merged, and in the base image too.
copy() {
  local file target
  file="$(realpath "$(dirname "$1")")/$(basename "$1")"
  if [ -e "$root$file" ] || { [ -n "$base" ] && [ -e "$base$file" ]; }; then return; fi
  mkdir -p "$root$(dirname "$file")"
  if [ -L "$file" ]; then
    cp --no-dereference "$file" "$root$file"
    target=$(readlink "$file")
    case $target in /*) copy "$target" ;; *) copy "$(dirname "$file")/$target" ;; esac
    return
  fi
  cp "$file" "$root$file"
  copied+=("$file")
}

# Programs and libraries, with every library that they load.
take() {
  local file
  for file in "$@"; do copy "$file"; done
  while read -r file; do copy "$file"; done < <(ldd "$@" 2>/dev/null | awk '/not found/ { print "/not-found/" $1 } $2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && NF == 2 { print $1 }' | sort -u)
}

# The packages of all that, as CycloneDX: eng/image-packages.sh adds them to the bill of materials.
list_packages() {
  local found name version architecture reference separator=''
  # shellcheck source=/dev/null
  . /etc/os-release
  # The database knows some files by /lib, some by /usr/lib; those of the other name it misses.
  found=$(dpkg-query -S "${copied[@]}" "${copied[@]#/usr}" 2>/dev/null || true)
  if [ "$(wc -l <<<"$found")" -lt "${#copied[@]}" ]; then
    echo "not every file is of a package: $found" >&2
    exit 1
  fi
  printf '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":['
  # shellcheck disable=SC2016
  while read -r name version architecture; do
    reference="pkg:deb/$ID/$name@$(sed 's/%/%25/g; s/+/%2B/g; s/:/%3A/g' <<<"$version")?arch=$architecture&distro=$ID-$VERSION_ID"
    printf '%s{"type":"library","bom-ref":"%s","name":"%s","version":"%s","purl":"%s"}' "$separator" "$reference" "$name" "$version" "$reference"
    separator=,
  done < <(cut -d ' ' -f 1 <<<"$found" | sed 's/:$//' | sort -u | xargs dpkg-query -W -f '${Package} ${Version} ${Architecture}\n')
  printf ']}\n'
}

mkdir -p "$root"
root=$(realpath "$root")
case $kind in
  keys)
    take /usr/bin/tpm2_{getcap,createprimary,create,load,evictcontrol,flushcontext} \
      "$libraries"/{ossl-modules/tpm2.so,engines-3/pkcs11.so,pkcs11/libtpm2_pkcs11.so,libtss2-tcti-device.so.0,libtss2-tcti-tabrmd.so.0}
    mkdir -p "$root/usr/share/sallyport"
    list_packages >"$root/usr/share/sallyport/packages.cdx.json"
    ;;
  base)
    for folder in bin lib lib64 sbin; do
      [ ! -L "/$folder" ] || cp --no-dereference "/$folder" "$root/$folder"
      mkdir -p "$root/usr/$folder"
    done
    take "$libraries"/{libssl.so.3,libcrypto.so.3,libstdc++.so.6,libgcc_s.so.1,libc.so.6,libm.so.6,libdl.so.2,libpthread.so.0,librt.so.1,libresolv.so.2,libnss_files.so.2,libnss_dns.so.2}
    copy /etc/ssl/certs/ca-certificates.crt
    printf 'root:x:0:0::/:/none\napp:x:1654:1654::/home/app:/none\n' >"$root/etc/passwd"
    printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
    mkdir -m 1777 "$root/tmp"
    ;;
  *)
    echo "keys or base, not $kind" >&2
    exit 2
    ;;
esac
