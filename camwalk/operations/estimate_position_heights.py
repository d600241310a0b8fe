"""What the height of a camera in the picture tells of its distance.

Cameras hang a few metres up, and people hold a phone level or tilt it up, hardly ever down. So what
is below the middle of the picture is far off, and what is high up in it is near.
"""

import numpy as np

from camwalk.geometry.geodesy import Floats
from camwalk.geometry.views import EYE, HEIGHT, HEIGHT_SIGMA

TILT, TILT_DOWN, TILT_UP = 3.0, 5.0, 8.0
"""Degrees by which people mostly tilt a camera up, and the spread below and above that."""
ODD = 1e-3
"""Share of pictures that are held in any other way."""
METRES = np.geomspace(1.0, 60.0, 80)
_HEIGHTS = np.linspace(2.2, 8.2, 13)
_HEIGHT_SHARES = np.exp(-0.5 * ((_HEIGHTS - HEIGHT) / HEIGHT_SIGMA) ** 2)


def height_likelihood(metres: Floats, above: float, beside: float) -> Floats:
    """The log density of seeing a camera `above` degrees above the lens' axis, `beside` to its right or left.

    NaN for `above` says nothing.
    """
    if np.isnan(above):
        return np.zeros(len(metres))
    ahead = METRES * np.cos(np.radians(beside))
    tilts = np.degrees(np.arctan2(_HEIGHTS - EYE, ahead[:, None])) - above
    spreads = np.where(tilts < TILT, TILT_DOWN, TILT_UP)
    shares: Floats = _HEIGHT_SHARES / _HEIGHT_SHARES.sum()
    density: Floats = np.exp(-0.5 * ((tilts - TILT) / spreads) ** 2) @ shares
    return np.interp(metres, METRES, np.log(density + ODD))
