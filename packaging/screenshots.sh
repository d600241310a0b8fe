#!/bin/sh
# Draws the picture that README.md shows: the sample walk with a few of its cameras marked.
set -eu
cd "$(dirname "$0")/.."
export QT_QPA_PLATFORM=offscreen LANGUAGE=en LC_ALL=C.UTF-8
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CAMWALK_CONFIG="$scratch/config"
survey=$scratch/run-sample.camwalk

# mark PLACE TYPE MOUNT PHOTO [OPTION ...]
mark() {
    place=$1 type=$2 mount=$3 photo=$4
    shift 4
    .venv/bin/camwalk mark "$survey" --at "$place" --photo "$photo" --tag "camera:type=$type" \
        --tag "camera:mount=$mount" --tag surveillance=public --tag surveillance:type=camera "$@"
}

.venv/bin/camwalk demo --export "$scratch"
mark 60.170217,24.943354 fixed wall IMG_20190608_111118.jpg --direction W
mark 60.170268,24.942630 fixed pole IMG_20190608_111158.jpg --direction 160 --tag height=8
mark 60.169744,24.939221 fixed wall IMG_20190608_111620.jpg --direction 261
mark 60.168930,24.936420 fixed wall DSC01051.JPG --direction 260
mark 60.168356,24.937123 fixed pole DSC01053.JPG --direction 310 --tag surveillance:type=ALPR
mark 60.167723,24.937963 dome wall DSC01055.JPG --tag surveillance:zone=bank
mark 60.166922,24.942472 dome pole DSC01064.JPG
mark 60.169644,24.938314 fixed wall DSC01049.JPG --direction 292 --tag height=4
mkdir -p packaging/pictures
.venv/bin/camwalk screenshot "$survey" packaging/pictures/window.png --size 1440x900
