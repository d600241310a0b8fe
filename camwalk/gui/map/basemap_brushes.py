"""With which pens and brushes each kind of feature is painted.

A feature is painted in passes: the passes of one level over all features of a stage, then those of
the next. So the casings of all streets lie under the surfaces of all streets, and junctions are open.
"""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from camwalk.gui.map.basemap_order import AREAS, BRIDGES, BUILDINGS, PASSAGES, TUNNELS, Step
from camwalk.gui.map.style import RAIL_ORDER, ROAD_ORDER, Road, Theme, width

LEVELS = (0, 1, 2)
_EDGES_FROM = 15
_TIES_FROM = 15
_THINNEST_SURFACE = 1.3  # pixels; thinner streets are one line
_ROUND_FROM = 2.5  # pixels; ends and joins of thinner lines are too small to be seen round
_DASHES = {"path": (3.0, 2.2), "track": (5.0, 2.0), "ferry": (6.0, 4.0), "aerialway": (8.0, 2.0)}


class Pass(NamedTuple):
    """One drawing of a group of features."""

    level: int
    pen: QPen
    brush: QBrush


def passes(step: Step, zoom: int, theme: Theme) -> tuple[Pass, ...]:
    """How to paint the features of a step."""
    if step.kind in ROAD_ORDER:
        return _street(step, zoom, theme)
    if step.kind in RAIL_ORDER:
        return _rail(step, zoom, theme)
    if step.kind in theme.areas and (step.stage in (AREAS, BUILDINGS) or step.kind == "bridge_area"):
        return _area(step, zoom, theme)
    return (_stroke(0, theme.lines[step.kind], width(step.kind, zoom), dashes=_DASHES.get(step.kind, ())),)


def is_dashed(step: Step) -> bool:
    """Whether a pass may be dashed, so that it matters where its lines begin."""
    return step.stage in (TUNNELS, PASSAGES) or step.kind in (*_DASHES, *RAIL_ORDER, "steps")


def _area(step: Step, zoom: int, theme: Theme) -> tuple[Pass, ...]:
    fill = Pass(0, QPen(Qt.PenStyle.NoPen), QBrush(QColor(theme.areas[step.kind])))
    edge = theme.edges.get(step.kind)
    if edge is None or zoom < _EDGES_FROM:
        return (fill,)
    pen = QPen(QColor(edge), 1)
    pen.setCosmetic(True)  # one device pixel: Qt draws these far faster than wider ones
    return (fill, Pass(1, pen, QBrush()))


def _street(step: Step, zoom: int, theme: Theme) -> tuple[Pass, ...]:
    wide = width(step.kind, zoom) * (0.72 if step.link else 1)
    side = width("casing", zoom)
    road = theme.roads[step.kind]
    if step.kind in _DASHES:
        return (_stroke(1, road.fill, wide, dashes=_DASHES[step.kind]),)
    if step.stage in (TUNNELS, PASSAGES):
        return _tunnel(wide, side, theme.tunnel)
    if wide < _THINNEST_SURFACE:
        return (_stroke(1, road.thin, wide + 0.2),)
    if step.kind == "steps":
        return (_stroke(0, road.casing, wide), _stroke(1, road.fill, wide, dashes=(0.9, 1.1 + wide / 8)))
    around = wide + 2 * side
    if step.stage == BRIDGES:
        return (_stroke(0, theme.bridge, around + 0.6), _stroke(1, road.fill, wide, round_ends=True))
    return (_stroke(0, road.casing, around, round_ends=True), _stroke(1, road.fill, wide, round_ends=True))


def _tunnel(wide: float, side: float, road: Road) -> tuple[Pass, ...]:
    if wide < _THINNEST_SURFACE:
        return (_stroke(1, road.thin, wide, dashes=(2.5, 1.8)),)
    return (_stroke(0, road.casing, wide + 2 * side, dashes=(3.5, 2.5)), _stroke(1, road.fill, wide))


def _rail(step: Step, zoom: int, theme: Theme) -> tuple[Pass, ...]:
    wide = width(step.kind, zoom)
    if step.stage == TUNNELS:
        return (_stroke(2, theme.rail_tunnel, wide, dashes=(5.0, 3.0)),)
    line = _stroke(2, theme.lines[step.kind], wide)
    if zoom < _TIES_FROM or step.kind not in ("rail", "siding", "light_rail", "funicular"):
        return (line,)
    ties = _stroke(
        2, theme.lines[step.kind], width("ties", zoom), dashes=(max(0.8, wide * 0.7), 1 + wide * 4)
    )
    return (line, ties)


def _stroke(
    level: int, colour: str, wide: float, *, dashes: tuple[float, ...] = (), round_ends: bool = False
) -> Pass:
    """A pass with a pen; `dashes` are pixels on and off."""
    is_round = round_ends and wide > _ROUND_FROM
    cap = Qt.PenCapStyle.RoundCap if is_round else Qt.PenCapStyle.FlatCap
    join = Qt.PenJoinStyle.RoundJoin if wide > _ROUND_FROM and not dashes else Qt.PenJoinStyle.BevelJoin
    pen = QPen(QBrush(QColor(colour)), wide, Qt.PenStyle.SolidLine, cap, join)
    if dashes:
        pen.setDashPattern([length / wide for length in dashes])
    return Pass(level, pen, QBrush())
