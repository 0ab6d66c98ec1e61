# responder folder 2: lists a folder, or deletes it where it is still as it was listed. No symbolic link is followed. Any POSIX shell runs it.
set -u; export LC_ALL=C
common='
b64() { printf %s "$1" | base64 | tr -d "\n"; }
sha() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
facts() { stat -c "%s %Y" -- "$1" 2>/dev/null || stat -f "%z %m" -- "$1"; }
disk() { stat -c %d -- "$1" 2>/dev/null || stat -f %d -- "$1"; }
'
eval "$common"; export common
text() { printf %s "$1" | base64 -d 2>/dev/null || printf %s "$1" | base64 -D; }
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
# Names are handed on as arguments and never as text, so that none is read as anything else. What is on another disk is a mount point.
below=$(find "$at" $depth -mindepth 1 -type l -exec sh -c 'eval "$common"; for l do printf "link\t%s\n" "$(b64 "$l")"; done' sh {} +
  find "$at" $depth -mindepth 1 -type d -exec sh -c 'eval "$common"; own=$1; shift
    for d do [ "$(disk "$d")" = "$own" ] || printf "link\t%s\n" "$(b64 "$d")"; done' sh "$(disk "$at")" {} +)
[ -n "$below" ] && links="$links$below
"
printf %s "$links"
lines=$(find "$at" -xdev $depth -mindepth 1 -type f -exec sh -c 'eval "$common"; root=$1; shift
  for f do
    set -- $(facts "$f"); [ $# -eq 2 ] || continue
    hash=-; [ "$1" -le 67108864 ] && hash=$(sha < "$f")
    printf "file\t%s\t%s\t%s000\t%s000\t%s\n" "$(b64 "${f#"$root"/}")" "$1" "$2" "$2" "$hash"
  done' sh "$at" {} + | sort)
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
  name=$(text "$name"; printf .); f="$at/${name%.}"; folder="${f%/*}"
  real=$(cd -P -- "$folder" 2>/dev/null && pwd -P)
  if [ "$real" = "$folder" ] && [ ! -L "$f" ] && rm -f -- "$f" 2>/dev/null; then went=$((went + 1)); gone=$((gone + size)); fi
done <<END_OF_LIST
$lines
END_OF_LIST
find "$at" -xdev -depth -type d -exec rmdir -- {} \; 2>/dev/null
if [ -e "$at" ]; then
  find "$at" -xdev ! -type d -exec sh -c 'eval "$common"; for f do printf "left\t%s\n" "$(b64 "$f")"; done' sh {} + | head -n 100
  finish left "$went" "$gone"
fi
finish gone "$went" "$gone"
