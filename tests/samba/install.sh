#!/usr/bin/env bash
# Installs what a Samba domain controller needs (Debian, Ubuntu; as root). Does nothing where it is there. Says on stderr why not, and what to do.
set -euo pipefail
packages="samba samba-ad-dc samba-dsdb-modules samba-ad-provision winbind openssl"

whole() {
  command -v samba >/dev/null && command -v samba-tool >/dev/null && command -v openssl >/dev/null &&
    [ -d /usr/share/samba/setup ] && [ -e /usr/share/samba/setup/provision.ldif ]
}

if whole; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "Samba's domain controller is not installed, and there is no apt-get to install it with. Install samba, samba-tool and its provision files by your system's own way." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Samba's domain controller is not installed, and only root can install it: sudo apt-get install --no-install-recommends $packages" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
# samba-ad-provision is named because it is only recommended, and provisioning fails without its schema files.
# shellcheck disable=SC2086
if ! { apt-get install -y --no-install-recommends $packages || { apt-get update && apt-get install -y --no-install-recommends $packages; }; } >"$log" 2>&1; then
  echo "apt-get could not install $packages:" >&2
  tail -n 15 "$log" >&2
  exit 1
fi
whole || { echo "$packages are installed, and samba, samba-tool or the provision files are still not there." >&2; exit 1; }
