#!/bin/sh
# Renews requirements.txt: the newest versions that pyproject.toml allows, tried in an environment of their own.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

.venv/bin/python -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check hatchling editables ".[dev]"
{
    echo "# Every package of the environment, at the version that make test passed with."
    echo "# Written by make pins from pyproject.toml; do not edit by hand."
    "$scratch/venv/bin/python" -m pip freeze --exclude camwalk | LC_ALL=C sort -f
} >"$scratch/requirements.txt"
cp "$scratch/requirements.txt" packaging/requirements.txt
echo "packaging/requirements.txt is new. Now: make test lint"
