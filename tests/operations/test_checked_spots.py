from dataclasses import replace
from pathlib import Path

import pytest

from camwalk.i18n import tell
from camwalk.model import Box, Sighting, Survey, ignore_progress
from camwalk.operations.attach_extract import ExtractIndex, attach_extract, open_extract
from camwalk.operations.match_cameras import match_cameras
from tests.operations.matching_scenes import (
    DOME,
    ROUGH,
    WALK,
    at,
    by_hand,
    from_photos,
    looking,
    ours,
    survey_of,
    theirs,
    truth_of,
)


def extract(tmp_path: Path, *houses: Box) -> ExtractIndex:
    """An extract with houses, given as south, west, north, east in metres around HERE."""
    nodes, ways = [], []
    for house in (*houses, Box(900, 900, 910, 910)):
        corners = [(house.west, house.south), (house.east, house.south), (house.east, house.north)]
        corners.append((house.west, house.north))
        first = len(nodes) + 1
        for east, north in corners:
            place = at(east, north)
            nodes.append(f"<node id='{len(nodes) + 1}' lat='{place.lat}' lon='{place.lon}'/>")
        refs = "".join(f"<nd ref='{ref}'/>" for ref in (*range(first, first + 4), first))
        ways.append(f"<way id='{len(ways) + 1}'>{refs}<tag k='building' v='yes'/></way>")
    file = tmp_path / "town.osm"
    file.write_text(f"<osm version='0.6'>{''.join(nodes)}{''.join(ways)}</osm>")
    survey = Survey()
    index = open_extract(survey.apply(attach_extract(survey, file, ignore_progress).changes), ignore_progress)
    assert index is not None
    return index


def kind(index: ExtractIndex, *records, osm=None) -> str:
    osm = osm or theirs(1)
    matches = match_cameras(survey_of(*WALK, *records), [osm], index)
    return next(m.kind for m in matches if m.osm == f"{osm.osm_type}/{osm.osm_id}")


def test_a_photo_that_looked_there_and_shows_nothing_means_not_found(tmp_path: Path) -> None:
    assert kind(extract(tmp_path), looking("p", 0, -12, 0)) == "not found"


def test_it_says_whether_anybody_went_through_the_photo(tmp_path: Path) -> None:
    photo, index = looking("p", 0, -12, 0), extract(tmp_path)
    new, gone_through = (
        tell(match_cameras(survey_of(*WALK, replace(photo, seen=seen)), [theirs(1)], index)[0].why)
        for seen in (False, True)
    )
    assert "nobody has gone through that photo yet" in new
    assert "nobody sighted it" in gone_through


@pytest.mark.parametrize(
    ("east", "north", "heading"),
    [(0, -12, 90), (0, -12, 180), (0, -45, 0), (0, -1, 0), (0, -12, None)],
    ids=["looks away", "looks back", "too far", "right below it", "looks nobody knows where"],
)
def test_a_photo_that_cannot_show_it_means_nothing(tmp_path: Path, east, north, heading) -> None:
    assert kind(extract(tmp_path), looking("p", east, north, heading)) == "not checked"


def test_nobody_looks_through_a_house(tmp_path: Path) -> None:
    index = extract(tmp_path, Box(-10, -20, -5, 20))
    assert kind(index, looking("p", 0, -15, 0)) == "not checked"
    assert kind(index, looking("p", 0, 15, 180)) == "not found"


def test_a_camera_on_a_wall_is_seen_from_the_street_even_if_mapped_a_little_inside(tmp_path: Path) -> None:
    index = extract(tmp_path, Box(-1.5, -20, 18, 20))
    assert kind(index, looking("p", 0, -15, 0)) == "not found"


def test_what_is_inside_a_building_is_never_called_not_found(tmp_path: Path) -> None:
    inside = extract(tmp_path, Box(-10, -20, 18, 20))
    assert kind(inside, looking("p", 0, -15, 0)) == "not checked"
    for tags in ({"surveillance": "indoor"}, {"indoor": "yes"}, {"level": "-1"}):
        indoors = theirs(1, tags={**DOME, **tags})
        assert kind(extract(tmp_path), looking("p", 0, -12, 0), osm=indoors) == "not checked"


def test_a_camera_somebody_sighted_and_nobody_placed_may_be_it(tmp_path: Path) -> None:
    sighted = Sighting(id="s", photo="p")
    assert kind(extract(tmp_path), looking("p", 0, -12, 0), sighted) == "not checked"


def test_a_roughly_placed_camera_of_ours_nearby_may_be_it(tmp_path: Path) -> None:
    own = [ours("a", 6, **ROUGH), ours("b", 7, **ROUGH)]
    osm = theirs(1)
    matches = match_cameras(
        survey_of(*WALK, looking("p", 0, -12, 0), *own), [osm, theirs(2, 1)], extract(tmp_path)
    )
    assert "not found" not in {m.kind for m in matches}


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_on_walks_what_stands_is_hardly_ever_called_not_found(shared: Path, walks: Path, name: str) -> None:
    file = shared / "data/osm/helsinki-centre-2019-04.osm.pbf"
    empty = Survey()
    index = open_extract(empty.apply(attach_extract(empty, file, ignore_progress).changes), ignore_progress)
    assert index is not None
    truth = truth_of(walks / name)
    standing = {f"node/{c['osm_id']}" for c in truth["cameras"] if c["osm_id"] and c["status"] != "vanished"}
    lost, told = 0, 0
    for seed in range(3):
        for match in match_cameras(from_photos(truth, seed), index.cameras(), index):
            told += match.osm in standing
            lost += match.osm in standing and match.kind == "not found"
    assert lost <= 0.05 * told
    survey = by_hand(truth).apply(())
    assert not [m for m in match_cameras(survey, index.cameras(), index) if m.kind == "not found"]
