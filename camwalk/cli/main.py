"""`camwalk`: reads the arguments and runs one command.

Exit codes: 0 done (problems with single files are listed), 1 nothing done (said why), 2 usage.
"""

import gc
import gettext
import signal
import sys
from collections.abc import Sequence

from camwalk import i18n, paths, settings
from camwalk.cli.arguments import parser, with_negative_values
from camwalk.cli.terminal import all_output, complain
from camwalk.model import CamwalkError, Cancelled


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    gc.set_threshold(100_000, 20, 20)  # a survey is many small records, and none of them in circles
    i18n.use_language(settings.load().language)
    # argparse asks gettext's own domain for its words, such as "usage"
    gettext.bindtextdomain("camwalk", str(paths.resources() / "translations"))
    gettext.textdomain("camwalk")
    try:
        with all_output():
            given = parser().parse_args(
                with_negative_values(sys.argv[1:] if arguments is None else arguments)
            )
            signal.signal(signal.SIGINT, signal.default_int_handler)  # see __main__
            return given.run(given)
    except CamwalkError as error:
        complain(i18n.tell(error.reason))
        return 1
    except (KeyboardInterrupt, Cancelled):
        complain(i18n._("Stopped. Nothing was changed."))
        return 1
    except BrokenPipeError:
        return 0
    finally:
        if paths.cache_is_temporary():
            _tell_cache_trouble()


def _tell_cache_trouble() -> None:
    from camwalk.operations.cache_trouble import cache_trouble

    if trouble := cache_trouble():
        complain(i18n.tell(trouble))


if __name__ == "__main__":
    sys.exit(main())
