# responder file 1: looks at one file, or deletes it where it has the hash that was seen. No symbolic link is followed.
set -u; export LC_ALL=C
text() { printf %s "$1" | base64 -d 2>/dev/null || printf %s "$1" | base64 -D; }
b64() { printf %s "$1" | base64 | tr -d '\n'; }
sha() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
finish() { printf 'end\t%s\t%s\t%s\n' "$1" "$2" "$3"; exit 0; }
mode=$(text "$mode"); asked=$(text "$path"); want=$(text "$digest")
at=""; rest="${asked#/}"; linked=no
while [ -n "$rest" ]; do
  part="${rest%%/*}"; case "$rest" in */*) rest="${rest#*/}";; *) rest="";; esac
  [ -z "$part" ] && continue
  at="$at/$part"
  if [ -L "$at" ]; then printf 'link\t%s\n' "$(b64 "$at")"; linked=yes; fi
  if [ ! -e "$at" ]; then printf 'path\t%s\n' "$(b64 "$asked")"; finish absent 0 -; fi
done
printf 'path\t%s\n' "$(b64 "$at")"
[ -d "$at" ] && finish folder 0 -
[ "$linked" = yes ] && finish links 0 -
hash=$(sha < "$at"); size=$(wc -c < "$at" | tr -d ' ')
[ "$mode" = look ] && finish ok "$size" "$hash"
[ "$hash" = "$want" ] || finish changed "$size" "$hash"
rm -f -- "$at"
[ -e "$at" ] && finish left 0 "$hash"
finish gone "$size" "$hash"
