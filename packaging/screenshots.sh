#!/bin/sh
# Draws the pictures that README.md shows, from the sample walk.
set -eu
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen LANGUAGE=en LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CAMWALK_CONFIG="$scratch/config"

.venv/bin/camwalk demo --export "$scratch"
mkdir -p packaging/pictures
.venv/bin/camwalk screenshot "$scratch/run-sample.camwalk" packaging/pictures/window.png --size 1440x900
.venv/bin/camwalk screenshot "$scratch/run-sample.camwalk" packaging/pictures/window-dark.png --size 1440x900 --dark
