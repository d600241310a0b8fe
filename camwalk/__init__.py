"""Camwalk: from a surveillance-camera spotting walk to OpenStreetMap-ready cameras.

Rooms, from the inside out: model (nouns), geometry (maths on positions), formats (files in and
out), store (the survey file), operations (verbs), project (the only door to data), cli and gui.
`tests/test_house.py` holds the rule of who may import whom.
"""

import os

# Nothing here multiplies matrices; starting threads for that would be a tenth of a short command.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
