from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from camwalk.formats.gpx_file import read_gpx
from camwalk.formats.gpx_write import write_gpx
from camwalk.geometry.geodesy import distances, from_local, to_local
from camwalk.model import CamwalkError, Cancelled, LatLon, Survey, Tick
from camwalk.operations.plan_walk import Plan, plan_walk
from camwalk.operations.street_graph import Streets, read_streets
from camwalk.operations.walked_streets import WalkedStreets, walked_streets
from tests.operations.made_streets import CENTRE, of, street, town, walked

Edge = tuple[tuple[int, int], tuple[int, int]]


def grid(seed: int, size: int = 3) -> list[Edge]:
    """Streets of a small town: a grid with a few missing, always one piece."""
    rng = np.random.default_rng(seed)
    spots = [
        (int(x * 100 + rng.integers(-30, 30)), int(y * 80 + rng.integers(-25, 25)))
        for x in range(size)
        for y in range(size)
    ]
    edges = [(spots[x * size + y], spots[(x + 1) * size + y]) for x in range(size - 1) for y in range(size)]
    edges += [(spots[x * size + y], spots[x * size + y + 1]) for x in range(size) for y in range(size - 1)]
    for gone in [edges[k] for k in rng.permutation(len(edges))[:3]]:
        fewer = [one for one in edges if one != gone]
        if connected(fewer, len(spots)):
            edges = fewer
    return edges


def connected(edges: list[Edge], count: int) -> bool:
    seen, waiting = set(), [edges[0][0]]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += [b if a == here else a for a, b in edges if here in (a, b)]
    return len(seen) == count


def metres(edge: Edge) -> float:
    return float(np.hypot(edge[0][0] - edge[1][0], edge[0][1] - edge[1][1]))


def shortest_over(edges: list[Edge], required: list[Edge], start: tuple[int, int]) -> float:
    """Exact: the shortest round over all required edges, by trying every order and direction."""
    spots = sorted({spot for edge in edges for spot in edge})
    number = {spot: n for n, spot in enumerate(spots)}
    far = np.full((len(spots), len(spots)), np.inf)
    np.fill_diagonal(far, 0)
    for a, b in edges:
        far[number[a], number[b]] = far[number[b], number[a]] = metres((a, b))
    for k in range(len(spots)):
        far = np.minimum(far, far[:, k : k + 1] + far[k : k + 1])
    best: dict[tuple[int, int], float] = {(0, number[start]): 0.0}
    for _ in required:
        further: defaultdict[tuple[int, int], float] = defaultdict(lambda: np.inf)
        for (done, here), cost in best.items():
            for k, edge in enumerate(required):
                for a, b in (edge, edge[::-1]) if not done >> k & 1 else ():
                    key = (done | 1 << k, number[b])
                    further[key] = min(further[key], cost + far[here, number[a]] + metres(edge))
        best = further
    return min(cost + far[here, number[start]] for (_, here), cost in best.items())


def place(spot: tuple[float, float]) -> LatLon:
    lat, lon = from_local(CENTRE, *spot)
    return LatLon(float(lat), float(lon))


def ready(
    folder: Path, *ways: tuple[list[tuple[int, int]], dict[str, str]], made: Survey | None = None
) -> tuple[WalkedStreets, Streets]:
    index = town(folder, *ways)
    streets = read_streets(index)
    return walked_streets(made or Survey(), streets), streets


def drawn(plan: Plan) -> float:
    lat, lon = np.array(plan.line).T
    return float(distances(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())


@pytest.mark.parametrize("seed", range(12))
def test_a_round_over_all_streets_is_at_most_15_percent_longer_than_the_shortest(
    tmp_path: Path, seed: int
) -> None:
    edges = grid(seed)
    found, streets = ready(tmp_path, *((list(edge), dict(street())) for edge in edges))
    start = edges[0][0]
    best = shortest_over(edges, edges, start)
    plan = plan_walk(found, streets, place(start), None, 1.15 * best)
    assert plan.new_m == pytest.approx(sum(map(metres, edges)), rel=0.01)
    assert plan.length_m <= 1.15 * best
    assert drawn(plan) == pytest.approx(plan.length_m, rel=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_a_round_over_some_streets_is_at_most_15_percent_longer_than_the_shortest(
    tmp_path: Path, seed: int
) -> None:
    edges = grid(seed, 4)
    chosen = np.random.default_rng(seed).permutation(len(edges))[:8]
    required = [edges[k] for k in chosen]
    index = town(tmp_path, *((list(edge), street()) for edge in edges))
    streets = read_streets(index)
    unwalked = set(chosen.tolist())
    ticks = {str(n + 1): Tick(id=str(n + 1), walked=n not in unwalked) for n in range(len(edges))}
    found = walked_streets(Survey(ticks=ticks), streets)
    start = edges[0][0]
    best = shortest_over(edges, required, start)
    plan = plan_walk(found, streets, place(start), None, 1.15 * best)
    assert plan.new_m == pytest.approx(sum(map(metres, required)), rel=0.01)


@pytest.mark.parametrize("budget", [300, 700, 1200])
def test_a_plan_keeps_to_its_length_and_comes_home(tmp_path: Path, budget: float) -> None:
    edges = grid(5, 5)
    found, streets = ready(tmp_path, *((list(edge), dict(street())) for edge in edges))
    home = place((150, 120))
    plan = plan_walk(found, streets, home, None, budget)
    assert 0.5 * budget < plan.length_m <= budget
    assert plan.line[0] == pytest.approx(plan.line[-1])
    assert plan.new_m >= 0.499 * plan.length_m
    assert sum(way.metres for way in plan.ways) == pytest.approx(plan.length_m)


def test_a_plan_leads_to_its_goal(tmp_path: Path) -> None:
    edges = grid(6, 4)
    found, streets = ready(tmp_path, *((list(edge), dict(street())) for edge in edges))
    plan = plan_walk(found, streets, place(edges[0][0]), place(edges[-1][1]), 1500)
    for spot, end in ((edges[0][0], plan.line[0]), (edges[-1][1], plan.line[-1])):
        assert np.hypot(*to_local(place(spot), *end)) < 1


def test_private_and_forbidden_ways_are_never_walked(tmp_path: Path) -> None:
    closed = [
        {"access": "private"},
        {"foot": "no"},
        {"highway": "motorway"},
        {"access": "no"},
        {"motorroad": "yes"},
    ]
    ring = [((0, 0), (200, 0)), ((200, 0), (200, 200)), ((200, 200), (0, 200)), ((0, 200), (0, 0))]
    shortcuts = [[(0, 0), (100 + k, 100), (200, 200)] for k in range(len(closed))]
    found, streets = ready(
        tmp_path, *((list(edge), dict(street())) for edge in ring),
        *((line, dict(street()) | tags) for line, tags in zip(shortcuts, closed, strict=True)),
    )  # fmt: skip
    plan = plan_walk(found, streets, place((0, 0)), place((200, 200)), 2000)
    assert {way.way for way in plan.ways} == {1, 2, 3, 4}
    permitted, streets = ready(
        tmp_path, ([(0, 0), (200, 0)], {"highway": "service", "access": "private", "foot": "yes"})
    )
    assert plan_walk(permitted, streets, place((0, 0)), None, 500).new_m == pytest.approx(200, abs=1)


def test_a_plan_prefers_what_nobody_walked(tmp_path: Path) -> None:
    walked_way = [(0, 0), (150, 50), (300, 0)]
    fresh = [(0, 0), (150, -60), (300, 0)]
    made = of(walked([(float(x), float(y)) for x, y in walked_way]))
    found, streets = ready(tmp_path, (walked_way, dict(street())), (fresh, dict(street("Fresh"))), made=made)
    plan = plan_walk(found, streets, place((0, 0)), place((300, 0)), 400)
    assert [way.way for way in plan.ways] == [2]


def test_what_cannot_be_planned_is_said(tmp_path: Path) -> None:
    found, streets = ready(tmp_path, ([(0, 0), (200, 0)], dict(street())))
    with pytest.raises(CamwalkError, match="No street or path is near"):
        plan_walk(found, streets, LatLon(0, 0), None, 1000)
    with pytest.raises(CamwalkError, match="more than 100 metres"):
        plan_walk(found, streets, place((0, 0)), place((200, 0)), 100)
    made = of(walked([(0, 0), (200, 0)]))
    done, streets = ready(tmp_path, ([(0, 0), (200, 0)], dict(street())), made=made)
    with pytest.raises(CamwalkError, match="No unwalked street"):
        plan_walk(done, streets, place((0, 0)), None, 1000)


def test_a_plan_written_as_gpx_is_read_again_as_it_was(tmp_path: Path) -> None:
    points = [place((x, 0)) for x in range(0, 500, 50)]
    write_gpx(tmp_path / "plan.gpx", "Next walk <é> & more", points, [("Start", points[0])])
    read = read_gpx(str(tmp_path / "plan.gpx"))
    array = np.frombuffer(read.tracks[0].points, "<f8").reshape(-1, 4)
    assert read.tracks[0].name == "Next walk <é> & more"
    assert [tuple(row) for row in array[:, 1:3]] == [pytest.approx(point, abs=1e-7) for point in points]
    assert [(point.name, point.lat) for point in read.waypoints] == [
        ("Start", pytest.approx(points[0].lat, abs=1e-7))
    ]
    with pytest.raises(CamwalkError):
        write_gpx(tmp_path / "missing" / "plan.gpx", "x", points)


def test_progress_of_a_plan_only_grows_and_can_be_cancelled(tmp_path: Path) -> None:
    index = town(tmp_path, *((list(edge), street()) for edge in grid(3, 5)))
    streets = read_streets(index)
    nothing = walked_streets(Survey(), streets)
    told: list[float] = []
    plan_walk(nothing, streets, CENTRE, None, 1500, lambda done, total: told.append(done / total))
    assert told == sorted(told)
    assert len(told) > 20
    assert told[-1] <= 1

    def stop(done: int, total: int) -> None:
        if done > 500:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan_walk(nothing, streets, CENTRE, None, 1500, stop)
