#!/usr/bin/env bash
# Installs Debian packages where they are missing: install.sh [build] [test] [bench]
# Says what to do where it may not install.
set -euo pipefail

packages=()
need() { # a file or command that proves it, the package
  { [ -e "$1" ] || command -v "$1" >/dev/null 2>&1; } || packages+=("$2")
}
for purpose in "$@"; do
  case "$purpose" in
    build)
      need cc build-essential
      for tool in cargo node npm; do
        command -v "$tool" >/dev/null 2>&1 || { echo "install.sh: $tool is missing: install Rust (1.95 or later) and Node.js (20 or later)" >&2; exit 1; }
      done
      ;;
    test)
      need chromium chromium
      need /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc fonts-noto-cjk
      need ogrinfo gdal-bin
      need gpsbabel gpsbabel
      need pdftotext poppler-utils
      need zbarimg zbar-tools
      python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)
      need openssl openssl
      need sqlite3 sqlite3
      ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
      ls -d /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || packages+=(postgresql-postgis)
      ;;
    bench)
      need /usr/sbin/nginx nginx-light
      need wrk wrk
      # For Valhalla, in an environment of its own.
      python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)
      ;;
    *) echo "install.sh: unknown purpose $purpose" >&2; exit 2 ;;
  esac
done
[ ${#packages[@]} -gt 0 ] || exit 0

echo "installing: ${packages[*]}"
if [ "$(id -u)" = 0 ]; then run() { "$@"; }; elif command -v sudo >/dev/null; then run() { sudo "$@"; }; else
  echo "install.sh: please install these Debian packages: ${packages[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
run apt-get update -qq
# Tests start a server of their own; Debian's need not run.
run apt-get install -y -qq --no-install-recommends "${packages[@]}"
