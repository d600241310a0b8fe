"""How much speaks for two cameras being one: the logarithm of how much likelier that is than not."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import NamedTuple, cast

import numpy as np

from camwalk.geometry import directions
from camwalk.geometry.geodesy import distances
from camwalk.model import Camera, Survey, Tags
from camwalk.operations.attach_extract import OsmCamera
from camwalk.operations.checked_spots import Look
from camwalk.operations.match_cameras_assign import Floats, Ints, in_space, pairs_within
from camwalk.operations.match_cameras_looks import look_pairs
from camwalk.operations.tag_compare import written_direction
from camwalk.operations.tag_values import DIRECTION_KEYS
from camwalk.operations.tagging import camera_kind

REACH = 25.0  # metres; what is farther apart is never one camera
ESTIMATED = 5.0  # metres, 1 sigma of a place that was estimated and does not say how well
TAILS = 3.0  # times its sigma; estimates are far off more often than a normal distribution has it
MAPPED = 1.0  # metres, 1 sigma of what people put on a map where they mean the same place
AREA = -2.0  # worth of a way or a relation, which is rarely one camera
SURE = 3.3  # sigmas in the plane; errors go beyond it once in 230 times
EXACT, EXACTLY = 0.05, 0.4  # metres, 1 sigma of a place taken over as it is, and how often that happens
MOVED_SHARE, MOVED_FAR = 0.17, 6.0  # how many cameras move before somebody looks again, and about how far
ELSEWHERE = 0.02 / (np.pi * REACH**2)  # density of what is one camera, and anywhere in reach
OTHERS = 1e-4  # cameras per square metre where there are some
BEYOND = 6.0  # sigmas from an estimate at which there is another camera
ESTIMATE_SAYS = 0.15  # share of an estimate's own word that counts: most of it is said by its looks already
TURN = 12.0  # degrees by which people differ about one direction
TURNED = 0.12  # share of cameras that look elsewhere now


_KIND_SAYS = (0.6, -1.2)
_SAYS: Mapping[str, tuple[float, float]] = {
    "camera:mount": (0.4, -0.8),
    "operator": (0.8, -1.0),
    "surveillance": (0.2, -0.4),
    "surveillance:zone": (0.4, -0.4),
    "height": (0.4, -0.4),
    "ref": (4.0, -3.0),
}
"""What it is worth if both say a key alike, or differ."""
_REST_SAYS = (0.8, -0.1)
"""The same of all other keys together: it tells apart what hangs on one pole."""
_COMMON = {*_SAYS, *DIRECTION_KEYS, "man_made", "surveillance:type", "camera:type"}


class Pairs(NamedTuple):
    """Cameras of both sides that are near each other, by index; `apart` in metres and in sigmas."""

    ours: Ints
    theirs: Ints
    apart: Floats
    sigmas: Floats
    worth: Floats


def near_pairs(
    survey: Survey, ours: Sequence[Camera], theirs: Sequence[OsmCamera], looks: Sequence[Look]
) -> Pairs:
    """Every pair within REACH; of ours that were placed by photos, every pair that these may show."""
    pairs = _pairs_by_place(ours, theirs)
    seen = [k for k, camera in enumerate(ours) if camera.placed != "manual" and _has_looks(survey, camera)]
    if not seen:
        return pairs
    own = np.array(seen)
    i, j, sigmas, worth = look_pairs(
        survey,
        [ours[k] for k in seen],
        theirs,
        looks,
        lambda i, j: _told_worth(ours, own[i], theirs, j) + _estimate_worth(ours, own[i], theirs, j),
    )
    apart = _apart(ours, own[i], theirs, j)
    kept = ~np.isin(pairs.ours, own)
    return Pairs(
        np.concatenate([pairs.ours[kept], own[i]]),
        np.concatenate([pairs.theirs[kept], j]),
        np.concatenate([pairs.apart[kept], apart]),
        np.concatenate([pairs.sigmas[kept], sigmas]),
        np.concatenate([pairs.worth[kept], worth]),
    )


def _apart(ours: Sequence[Camera], i: Ints, theirs: Sequence[OsmCamera], j: Ints) -> Floats:
    a, b = _places(ours)[i], _places(theirs)[j]
    return distances(a[:, 0], a[:, 1], b[:, 0], b[:, 1])


def _has_looks(survey: Survey, camera: Camera) -> bool:
    looks = survey.sightings_of_camera.get(camera.id, ())
    return any(s.x is not None and survey.photos[s.photo].position for s in looks)


def _pairs_by_place(ours: Sequence[Camera], theirs: Sequence[OsmCamera]) -> Pairs:
    a, b = _places(ours), _places(theirs)
    i, j = pairs_within(in_space(a), in_space(b), REACH * 1.01)
    apart = distances(a[i, 0], a[i, 1], b[j, 0], b[j, 1])
    near = apart <= REACH
    i, j, apart = i[near], j[near], apart[near]
    variances = _variances(ours)[i]
    sigmas = _sigmas(a[i], b[j], variances)
    worth = _place_worth(apart, sigmas, variances) + _told_worth(ours, i, theirs, j)
    return Pairs(i, j, apart, sigmas, worth)


def _told_worth(ours: Sequence[Camera], i: Ints, theirs: Sequence[OsmCamera], j: Ints) -> Floats:
    """What tags say about pairs, and what kind of object OSM has."""
    worth = _tags_worth([ours[k].tags for k in _used(i)], i, [theirs[k].tags for k in _used(j)], j)
    return worth + np.array([0.0 if c.osm_type == "node" else AREA for c in theirs], float)[j]


def _estimate_worth(ours: Sequence[Camera], i: Ints, theirs: Sequence[OsmCamera], j: Ints) -> Floats:
    """What estimates say beyond their looks: the walls, the streets, the usual distances behind them."""
    sigmas = _sigmas(_places(ours)[i], _places(theirs)[j], _variances(ours)[i])
    return np.where(sigmas > BEYOND, -np.inf, -0.5 * ESTIMATE_SAYS * sigmas**2)


def measured(ours: Sequence[Camera], theirs: Sequence[OsmCamera]) -> tuple[Floats, Floats]:
    """How far apart pairs are, in metres and in sigmas of both uncertainties."""
    a, b = _places(ours), _places(theirs)
    return distances(a[:, 0], a[:, 1], b[:, 0], b[:, 1]), _sigmas(a, b, _variances(ours))


def _places(cameras: Sequence[Camera] | Sequence[OsmCamera]) -> Floats:
    return np.stack([np.array([c.lat for c in cameras], float), np.array([c.lon for c in cameras], float)], 1)


def _used(indices: Ints) -> list[int]:
    return np.unique(indices).tolist()


def _variances(cameras: Sequence[Camera]) -> Floats:
    """For each camera var(east), var(north), cov in square metres: what is placed by hand is exact."""
    result = np.zeros((len(cameras), 3))
    for k, camera in enumerate(cameras):
        if camera.placed != "manual":
            result[k] = _variance(camera)
    return result


def _variance(camera: Camera) -> tuple[float, float, float]:
    major = (TAILS * (camera.sigma_major or ESTIMATED)) ** 2
    minor = (TAILS * (camera.sigma_minor or camera.sigma_major or ESTIMATED)) ** 2
    sin, cos = np.sin(np.radians(camera.axis or 0)), np.cos(np.radians(camera.axis or 0))
    return major * sin**2 + minor * cos**2, major * cos**2 + minor * sin**2, (major - minor) * sin * cos


def _sigmas(a: Floats, b: Floats, variances: Floats) -> Floats:
    """How far apart places (lat, lon) are, in units of the uncertainty in that direction."""
    north = (b[:, 0] - a[:, 0]) * 111_195
    east = ((b[:, 1] - a[:, 1] + 180) % 360 - 180) * 111_195 * np.cos(np.radians(a[:, 0]))
    ee, nn, en = variances.T
    ee, nn = ee + MAPPED**2, nn + MAPPED**2
    return np.sqrt((nn * east**2 - 2 * en * east * north + ee * north**2) / (ee * nn - en**2))


def _place_worth(apart: Floats, sigmas: Floats, variances: Floats) -> Floats:
    ee, nn, en = cast(tuple[Floats, Floats, Floats], tuple(variances.T))
    area = 2 * np.pi * np.sqrt((ee + MAPPED**2) * (nn + MAPPED**2) - en**2)
    spread = MOVED_FAR**2 + MAPPED**2 + (ee + nn) / 2
    moved = np.exp(-(apart**2) / (2 * spread)) / (2 * np.pi * spread)
    exact = np.exp(-(apart**2) / (2 * EXACT**2)) / (2 * np.pi * EXACT**2)
    meant = np.exp(-(sigmas**2) / 2) / area
    unmoved: Floats = np.where(ee + nn > 0, meant, EXACTLY * exact + (1 - EXACTLY) * meant)
    same: Floats = (1 - MOVED_SHARE) * unmoved + MOVED_SHARE * moved + ELSEWHERE
    return np.log(same / OTHERS)


def _tags_worth(ours: Sequence[Tags], i: Ints, theirs: Sequence[Tags], j: Ints) -> Floats:
    """`ours` and `theirs` hold the tags of the indices in `i` and `j`, each once, in their order."""
    a, b = (np.unique(index, return_inverse=True)[1] for index in (i, j))
    worth = _facing_worth(_facings(ours)[a], _facings(theirs)[b])
    x, y = [_kind_of(one) for one in ours], [_kind_of(one) for one in theirs]
    worth += _alike_worth(x, y, a, b, _KIND_SAYS)
    for key, says in _SAYS.items():
        x, y = [one.get(key) for one in ours], [one.get(key) for one in theirs]
        worth += _alike_worth(x, y, a, b, says)
    x, y = [_rest(one) for one in ours], [_rest(one) for one in theirs]
    return worth + _alike_worth(x, y, a, b, _REST_SAYS)


def _rest(tags: Tags) -> frozenset[tuple[str, str]] | None:
    return frozenset((k, v.strip()) for k, v in tags.items() if k not in _COMMON and v.strip()) or None


def _alike_worth(
    x: Sequence[Hashable | None], y: Sequence[Hashable | None], a: Ints, b: Ints, says: tuple[float, float]
) -> Floats:
    """For the pairs of `x` at `a` and `y` at `b`; who says nothing is worth nothing."""
    codes: defaultdict[Hashable | None, int] = defaultdict(count().__next__)
    nothing = codes[None]
    left, right = np.array([codes[v] for v in x])[a], np.array([codes[v] for v in y])[b]
    told = (left != nothing) & (right != nothing)
    return np.where(told, np.where(left == right, *says), 0.0)


def _kind_of(tags: Tags) -> str | None:
    return _kind(tags.get("surveillance:type", "camera"), tags.get("camera:type", ""))


@lru_cache(maxsize=1024)
def _kind(watcher: str, kind: str) -> str | None:
    known = camera_kind({"surveillance:type": watcher, "camera:type": kind})
    return None if known == "unknown" else known


def _facings(tags: Sequence[Tags]) -> Floats:
    return np.array([_facing(written_direction(one) or "") for one in tags], float)


@lru_cache(maxsize=8192)
def _facing(text: str) -> float:
    """Where its one lens looks, NaN for none, several or all round."""
    sectors = directions.sectors(text)
    if len(sectors) != 1 or sectors[0] == directions.ALL_ROUND:
        return np.nan
    return directions.middle(sectors[0])


def _facing_worth(a: Floats, b: Floats) -> Floats:
    off = np.abs((a - b + 180) % 360 - 180)
    alike = np.exp(-(off**2) / (2 * TURN**2)) * 360 / (TURN * np.sqrt(2 * np.pi))
    return np.where(np.isnan(off), 0, np.log((1 - TURNED) * alike + TURNED))
