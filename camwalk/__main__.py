"""`python -m camwalk`."""

import sys

from camwalk.cli.main import main

sys.exit(main())
