#!/bin/sh
# The sample walk: in a window where one can open, else as files in exports/.
set -eu
cd "$(dirname "$0")/.."

can_open_a_window() {
    case ${QT_QPA_PLATFORM:-} in offscreen | minimal) return 1 ;; esac
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
    # Qt aborts where it cannot reach the display that is named: ask it in a process of its own.
    (.venv/bin/python -c 'from PySide6.QtGui import QGuiApplication as A; A([])') >/dev/null 2>&1
}

if can_open_a_window; then
    exec .venv/bin/camwalk demo
fi
echo "There is no display here: the sample walk goes through without a window."
QT_QPA_PLATFORM=offscreen exec .venv/bin/camwalk demo --export exports
