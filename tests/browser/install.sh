#!/usr/bin/env bash
# Debian's Chromium, for the tests of the pages; a font, so that what they show can be read in pictures.
set -euo pipefail
if command -v chromium >/dev/null; then exit 0; fi
apt-get update -q >/dev/null
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core >/dev/null
