from dataclasses import replace
from datetime import UTC, datetime

from camwalk.model import Sighting
from camwalk.operations.camera_groups import By, camera_groups
from tests.operations.matching_scenes import DOME, WALK, looking, ours, survey_of

TOWN = {**DOME, "operator": "Ville", "surveillance:zone": "town"}
PHOTO = replace(looking("p", 0, 0, None), utc=datetime(2019, 6, 8, 12, tzinfo=UTC))
SURVEY = survey_of(
    *WALK,
    PHOTO,
    replace(ours("a", tags=TOWN), created=datetime(2026, 11, 1, tzinfo=UTC)),
    replace(ours("b", 10, tags={**TOWN, "operator": "RATP"}), created=datetime(2026, 11, 1, tzinfo=UTC)),
    replace(ours("c", 20, tags={"man_made": "surveillance"}), created=datetime(2025, 1, 1, tzinfo=UTC)),
    Sighting(id="s", photo="p", camera="a"),
)


def counts(by: By) -> list[tuple[str, int]]:
    return [(value, len(cameras)) for value, cameras in camera_groups(SURVEY, by).items()]


def test_cameras_are_grouped_by_what_their_tags_tell_the_most_first() -> None:
    assert counts("type") == [("dome", 2), ("unknown", 1)]
    assert counts("zone") == [("town", 2), ("", 1)]
    assert counts("operator") == [("", 1), ("RATP", 1), ("Ville", 1)]


def test_the_first_sight_is_the_oldest_photo_or_the_day_it_was_marked() -> None:
    assert counts("year") == [("2019", 1), ("2025", 1), ("2026", 1)]
