#!/bin/sh
# Makes .venv with everything Camwalk needs, on Debian or Ubuntu with python3 (3.11 or later).
# What the system lacks is installed when root runs this; anybody else is told the one command to type.
# Quick when nothing changed since the last time.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
stamp=$venv/camwalk-stamp

# Each argument is a line.
say() { printf '%s\n' "$@" >&2; }
fail() { say "$@"; exit 1; }

# Prints the first python that is new enough.
find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "Camwalk needs Python 3.11 or later, and found none." \
        "Debian 12 and Ubuntu 24.04 or later have it: apt-get install python3." \
        "If it lies elsewhere, name it: make run PYTHON=/path/to/python3"
}

# Changes whenever the environment has to be made or completed anew.
fingerprint() {
    {
        cat packaging/requirements.txt packaging/system-libraries.txt packaging/bootstrap.sh pyproject.toml
        "$python" -c 'import sys; print(sys.version, sys.prefix)'
        pwd
    } | sha256sum
}

# Prints the Debian packages that are not there.
missing_packages() {
    "$python" -c 'import venv, ensurepip' 2>/dev/null || case $python in
        */*) fail "$python has no venv module: install it, or name another python by PYTHON=..." ;;
        *) echo "$python-venv" ;;
    esac
    "$python" - packaging/system-libraries.txt <<'PYTHON'
import ctypes, sys
for line in open(sys.argv[1]):
    library, _, package = line.partition("#")[0].strip().partition(" ")
    try:
        if library:
            ctypes.CDLL(library)
    except OSError:
        print(package.strip())
PYTHON
    fonts=$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" \
        "${HOME:-/nonexistent}/.local/share/fonts" -name '*.[ot]tf' 2>/dev/null | head -n 1) || true
    [ -n "$fonts" ] || echo fonts-dejavu-core
}

install_packages() {
    command -v apt-get >/dev/null || fail \
        "This machine lacks libraries that Camwalk needs, and has no apt-get to install them with." \
        "Debian calls them: $*"
    [ "$(id -u)" = 0 ] || fail \
        "This machine lacks a few system packages. Please type this, then repeat what you did:" "" \
        "    sudo apt-get install $*" ""
    say "Installing system packages: $*"
    log=$(mktemp)
    {
        DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } </dev/null >"$log" 2>&1 || fail "$(tail -n 20 "$log")" "" "Installing the system packages failed; apt-get says why above."
    rm -f "$log"
}

pip_install() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input "$@" || fail \
        "Installing Camwalk's Python packages failed; the lines above say why." \
        "With a network connection, try the same command again: it goes on where it stopped."
}

python=$(find_python)
fingerprint=$(fingerprint)
if [ -x $venv/bin/camwalk ] && [ "$(cat $stamp 2>/dev/null)" = "$fingerprint" ]; then
    exit 0
fi

packages=$(missing_packages)
# shellcheck disable=SC2086  # one word a package
[ -z "$packages" ] || install_packages $packages

wanted=$("$python" -c 'import sys; print(sys.version)')
if [ "$("$venv/bin/python" -c 'import pip, sys; print(sys.version)' 2>/dev/null)" != "$wanted" ]; then
    "$python" -m venv --clear $venv
fi
say "Installing Camwalk's Python packages into $venv (about 200 MB the first time) ..."
pip_install --requirement packaging/requirements.txt
pip_install --no-deps --no-build-isolation --editable .
echo "$fingerprint" >$stamp
