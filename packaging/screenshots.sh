#!/bin/sh
# Draws the picture that README.md shows: the sample walk with a few of its cameras marked.
set -eu
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen LANGUAGE=en LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CAMWALK_CONFIG="$scratch/config"
survey=$scratch/run-sample.camwalk

.venv/bin/camwalk demo --export "$scratch"
mkdir -p packaging/pictures
.venv/bin/camwalk screenshot "$survey" packaging/pictures/window.png --size 1440x900
