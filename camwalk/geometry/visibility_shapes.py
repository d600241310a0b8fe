"""Shapely without its types, which tell of arrays of shapes either nothing or too much."""

from typing import Any, cast

import shapely as _shapely

Shapes = Any
"""A shape of shapely, or an array of them."""

shapely = cast(Any, _shapely)
