#!/usr/bin/env bash
# Installs what the tests need and passes them. The last line is `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")"
log="$(mktemp -d)/tests.log"
# The store of several nodes is tested on a real PostgreSQL; the tests start one of their own in a temporary folder.
if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql; } >"$log" 2>&1 ||
    { tail -n 20 "$log"; echo "PostgreSQL can't be installed; the tests of its store will fail."; }
fi
# The clock of the program under test is set by libfaketime.
if ! ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libfaketime; } >"$log" 2>&1 ||
    { tail -n 20 "$log"; echo "libfaketime can't be installed; the tests that set the clock will fail."; }
fi
# PowerShell, which the scripts for hosts are run by. Where it can't be had, their tests fail and say why.
dotnet tool restore >"$log" 2>&1 || { tail -n 5 "$log"; echo "PowerShell can't be restored; the tests of the scripts for Windows will fail."; }
# Vendors' own clients, for the tests of the emulators; without npm those tests have no rows.
if command -v npm >/dev/null; then npm ci --prefix tests/clients --no-audit --no-fund --silent || { echo "0 passed, 1 failed"; exit 1; }; fi
# A real domain controller for the Active Directory connector. Where it can't be had, its tests fail and say why.
tests/samba/install.sh || true
# A real browser for the pages. Where it can't be had, their tests fail and say why.
tests/browser/install.sh || echo "Chromium can't be installed; the tests of the pages will fail."
dotnet build Responder.sln -v q --nologo || { echo "0 passed, 1 failed"; exit 1; }
passed=0 failed=0
for project in tests/*/*.Tests.csproj; do
  name="$(basename "$project" .csproj)"
  echo "== $name"
  # The real alerts of RESPONDER_REAL_DATA make a table by source, which is shown below.
  show=off; [ "$name" = Responder.Engine.Tests ] && show=on
  dotnet "artifacts/bin/$name/debug/$name.dll" --no-ansi --progress off --show-live-output "$show" >"$log" 2>&1
  code=$?
  grep -oE '[a-z]+ +files +[0-9]+  normalised.*' "$log" | sort -u || true
  # The test program's own last lines say how many there were.
  total="$(grep -oE '^ *total: [0-9]+' "$log" | tail -1 | grep -oE '[0-9]+' || true)"
  bad="$(grep -oE '^ *failed: [0-9]+' "$log" | tail -1 | grep -oE '[0-9]+' || true)"
  if [ "$code" -eq 8 ] && [ "${total:-0}" -eq 0 ]; then
    echo "   no tests in it"; failed=$((failed + 1)); continue
  fi
  if [ "$code" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then bad=1; fi
  passed=$((passed + ${total:-0} - ${bad:-0})); failed=$((failed + ${bad:-0}))
  if [ "$code" -ne 0 ]; then tail -n 200 "$log"; else tail -n 6 "$log"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
