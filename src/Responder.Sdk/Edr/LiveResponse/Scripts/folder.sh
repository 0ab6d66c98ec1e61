# responder folder 1: lists a folder, or deletes it where it is still as it was listed. No symbolic link is followed.
set -u; export LC_ALL=C
text() { printf %s "$1" | base64 -d 2>/dev/null || printf %s "$1" | base64 -D; }
b64() { printf %s "$1" | base64 | tr -d '\n'; }
sha() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
facts() { stat -c '%s %Y' -- "$1" 2>/dev/null || stat -f '%z %m' -- "$1"; }
finish() { printf 'end\t%s\t%s\t%s\n' "$1" "$2" "$3"; exit 0; }
mode=$(text "$mode"); asked=$(text "$path"); want=$(text "$digest"); deep=$(text "$deep")
at=""; links=""; rest="${asked#/}"
while [ -n "$rest" ]; do
  part="${rest%%/*}"; case "$rest" in */*) rest="${rest#*/}";; *) rest="";; esac
  [ -z "$part" ] && continue
  at="$at/$part"
  if [ -L "$at" ]; then links="$links$(printf 'link\t%s' "$(b64 "$at")")
"; fi
  if [ ! -e "$at" ]; then printf 'path\t%s\n%s' "$(b64 "$asked")" "$links"; finish absent 0 0; fi
done
printf 'path\t%s\n' "$(b64 "$at")"
[ -d "$at" ] || finish file 0 0
[ -n "$at" ] || finish links 0 0
depth=""; [ "$deep" = yes ] || depth="-maxdepth 1"
device=$(stat -c %d -- "$at" 2>/dev/null || stat -f %d -- "$at")
below=$(find "$at" $depth -mindepth 1 -type l -print0 | while IFS= read -r -d '' l; do printf 'link\t%s\n' "$(b64 "$l")"; done
  find "$at" $depth -mindepth 1 -type d -print0 | while IFS= read -r -d '' d; do
    [ "$(stat -c %d -- "$d" 2>/dev/null || stat -f %d -- "$d")" = "$device" ] || printf 'link\t%s\n' "$(b64 "$d")"; done)
[ -n "$below" ] && links="$links$below
"
printf %s "$links"
lines=$(find "$at" -xdev $depth -mindepth 1 -type f -print0 | while IFS= read -r -d '' f; do
  set -- $(facts "$f"); hash=-; [ "$1" -le 67108864 ] && hash=$(sha < "$f")
  printf 'file\t%s\t%s\t%s000\t%s000\t%s\n' "$(b64 "${f#"$at"/}")" "$1" "$2" "$2" "$hash"; done | sort)
count=0; bytes=0; [ -n "$lines" ] && count=$(printf '%s\n' "$lines" | wc -l | tr -d ' ') && bytes=$(printf '%s\n' "$lines" | awk -F'\t' '{s+=$3} END {printf "%.0f", s}')
if [ "$mode" = look ]; then [ -n "$lines" ] && printf '%s\n' "$lines"; finish ok "$count" "$bytes"; fi
[ -n "$links" ] && finish links 0 0
now=$({ [ -n "$lines" ] && printf '%s\n' "$lines"; } | sha)
[ "$now" = "$want" ] || finish changed 0 0
# From inside each folder, entered without following a link: a folder that is changed into one meanwhile is not entered.
went=0; gone=0; root=$(cd -P -- "$at" && pwd -P)
[ "$root" = "$at" ] || finish links 0 0
while IFS="$(printf '\t')" read -r _ name size _; do
  [ -n "${name:-}" ] || continue
  f="$at/$(text "$name")"; folder=$(dirname -- "$f")
  real=$(cd -P -- "$folder" 2>/dev/null && pwd -P)
  if [ "$real" = "$folder" ] && [ ! -L "$f" ] && rm -f -- "$f" 2>/dev/null; then went=$((went + 1)); gone=$((gone + size)); fi
done <<END_OF_LIST
$lines
END_OF_LIST
find "$at" -xdev -depth -type d -exec rmdir -- {} \; 2>/dev/null
if [ -e "$at" ]; then
  find "$at" -xdev ! -type d -print0 | head -c 100000 | while IFS= read -r -d '' f; do printf 'left\t%s\n' "$(b64 "$f")"; done | head -n 100
  finish left "$went" "$gone"
fi
finish gone "$went" "$gone"
