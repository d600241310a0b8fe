"""`camwalk`, also as `python -m camwalk`."""

import signal
import sys


def run() -> int:
    """Run one command. While it still starts, Ctrl-C simply ends it: there is nothing to leave in order."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from camwalk.cli.main import main

    return main()


if __name__ == "__main__":
    sys.exit(run())
