#!/usr/bin/env bash
# Pictures of every page, light and dark, wide and as on a phone: tests/browser/screenshots.sh FOLDER
set -euo pipefail
folder="$(realpath -m "${1:?say the folder for the pictures}")"
cd "$(dirname "$0")/../.."
RESPONDER_SCREENSHOTS="$folder" dotnet run --project tests/Responder.Browser.Tests -- --filter-class "*EveryPageTests"
