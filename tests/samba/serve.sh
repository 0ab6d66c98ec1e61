#!/usr/bin/env bash
# A domain controller of company.com, LDAPS only, on a loopback address of its own, until its stdin ends.
#   serve.sh CACHE FOLDER ADDRESS
# CACHE keeps the provisioned domain from run to run; FOLDER becomes this server's own, with tls/ca.pem and audit.log in it.
# SAMBA_ADMIN_PASSWORD is the password of Administrator. Installs Samba where it is missing.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cache="$1" folder="$2" address="$3"
: "${SAMBA_ADMIN_PASSWORD:?}"
mkdir -p "$cache"
exec 9>"$cache/lock"
# Two test programs of one checkout install and provision in turn.
flock -w 300 9 || { echo "Another test program has been installing or provisioning Samba for five minutes." >&2; exit 1; }
"$here/install.sh" </dev/null
version="$(samba --version | tr -cd 'A-Za-z0-9.-')"
golden="$cache/$version-$(cat "$here/provision.sh" <(printf %s "$SAMBA_ADMIN_PASSWORD") | sha256sum | cut -c1-12)"
"$here/provision.sh" "$golden" </dev/null
exec 9>&-

mkdir -p "$folder"
cp -a "$golden/." "$folder"
sed -i "s#@HERE@#$folder#g" "$folder/etc/smb.conf"

# Its own certificate: Samba's has no name in it that a client could check.
tls="$folder/tls"
mkdir -m 700 "$tls"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=Responder test CA" \
  -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=dc-01.company.com" -keyout "$tls/key.pem" -out "$tls/request.pem" 2>/dev/null
openssl x509 -req -in "$tls/request.pem" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 2 -out "$tls/cert.pem" \
  -extfile <(printf 'subjectAltName=DNS:dc-01.company.com,IP:%s\nextendedKeyUsage=serverAuth\n' "$address") 2>/dev/null
chmod 600 "$tls"/*.key "$tls/key.pem"

# Every write is a line of JSON in audit.log, before it is answered: that is how the tests count effects at the product. In the foreground Samba logs to
# its output, whatever file the settings name.
exec samba -i -M single -s "$folder/etc/smb.conf" \
  --option="interfaces=$address/8" --option="bind interfaces only=yes" \
  --option="tls enabled=yes" --option="tls cafile=$tls/ca.pem" --option="tls certfile=$tls/cert.pem" --option="tls keyfile=$tls/key.pem" \
  --option="pid directory=$folder" --option="ncalrpc dir=$folder/ncalrpc" \
  --option="log level=1 dsdb_json_audit:5 dsdb_password_json_audit:5" >>"$folder/audit.log" 2>&1
