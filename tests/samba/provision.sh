#!/usr/bin/env bash
# Makes the domain company.com (COMPANY) in a folder, once: later starts copy it. $1 is the folder; it appears whole or not at all.
set -euo pipefail
golden="$1"
if [ -e "$golden/provisioned" ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ]; then
  echo "A domain is provisioned as root (samba-tool sets owners in sysvol). Run the tests as root, or copy a provisioned folder to $golden." >&2
  exit 1
fi
mkdir -p "$(dirname "$golden")"
work="$(mktemp -d "$golden.XXXXXX")"
trap 'rm -rf "$work"' EXIT
# -s /dev/null keeps this machine's /etc/samba/smb.conf out of it. LDAP is the one service that is needed: no DNS, Kerberos, SMB.
if ! samba-tool domain provision -s /dev/null --targetdir="$work" \
  --realm=COMPANY.COM --domain=COMPANY --host-name=dc-01 --host-ip=127.0.0.1 --server-role=dc --dns-backend=NONE \
  --adminpass="$SAMBA_ADMIN_PASSWORD" --option="server services=ldap" >"$work/provision.log" 2>&1; then
  echo "samba-tool could not provision a domain:" >&2
  tail -n 15 "$work/provision.log" >&2
  exit 1
fi
# The folder moves with each start: paths are written as @HERE@.
sed -i "s#$work#@HERE@#g" "$work/etc/smb.conf"
touch "$work/provisioned"
rm -rf "$golden"
mv "$work" "$golden"
trap - EXIT
