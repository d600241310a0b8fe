"""Which sightings are proposed as one camera."""

from datetime import timedelta

from camwalk.model import Distinct, Sighting, Survey, added, removed
from camwalk.operations.place_camera import place_sightings
from camwalk.operations.propose_same import places_of_sightings, propose_same
from tests.operations.made_walks import START, survey
from tests.operations.test_estimate_position import AROUND, HEIGHT, WIDTH, at

TARGET, ELSEWHERE = (3.0, -12.0), (-60.0, -12.0)


def walk(*sightings: Sighting) -> Survey:
    later = START + timedelta(minutes=5)
    photos = [
        at("a", -8, -2, TARGET), at("b", 14, -3, TARGET, utc=later),
        at("c", -70, -2, ELSEWHERE), at("d", -5, -1, TARGET, utc=later),
    ]  # fmt: skip
    return survey(photos).apply(added(*sightings))


def sighting(name: str, photo: str, off: float = 0, label: str | None = None) -> Sighting:
    return Sighting(id=name, photo=photo, x=WIDTH / 2 + off, y=HEIGHT / 2 - 400, label=label)


def pairs(now: Survey) -> set[tuple[str, str]]:
    return {(p.first, p.second) for p in propose_same(places_of_sightings(now, AROUND))}


def test_rays_that_meet_are_proposed_and_others_are_not() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"), sighting("s3", "c"))
    assert pairs(now) == {("s1", "s2")}


def test_where_nothing_was_seen_nothing_is_proposed() -> None:
    assert pairs(walk()) == set()


def test_two_sightings_in_one_photo_are_never_proposed() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "a", 60))
    assert pairs(now) == set()


def test_what_a_person_kept_apart_is_not_proposed_again() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"))
    now = now.apply(added(Distinct(id="d", first="s2", second="s1")))
    assert pairs(now) == set()


def test_different_types_are_not_the_same_camera() -> None:
    now = walk(sighting("s1", "a", label="dome"), sighting("s2", "b", label="fixed"))
    assert pairs(now) == set()


def test_cameras_side_by_side_are_told_apart_by_their_order() -> None:
    now = walk(
        sighting("left", "a", -400), sighting("right", "a", 400),
        sighting("left again", "d", -400), sighting("right again", "d", 400),
    )  # fmt: skip
    found = {(p.first, p.second): p.probability for p in propose_same(places_of_sightings(now, AROUND))}
    assert found.keys() <= {("left", "left again"), ("right", "right again")}
    assert found


def test_the_cameras_of_sightings_are_proposed_not_the_sightings() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"))
    now = now.apply(place_sightings(now, [["s1"], ["s2"]], AROUND).edit.changes)
    ((first, second),) = pairs(now)
    assert {first, second} == set(now.cameras)


def test_what_was_found_of_other_sightings_is_kept_and_changes_nothing() -> None:
    now = walk(sighting("s1", "a"), sighting("s2", "b"), sighting("s3", "c"), sighting("s4", "d"))
    first = places_of_sightings(now, AROUND)
    gone = now.apply(removed(now.sightings["s1"]))
    again = places_of_sightings(gone, AROUND, before=first)
    assert all(again.known[spot] is first.known[spot] for spot in again.known)
    assert propose_same(again) == propose_same(places_of_sightings(gone, AROUND))
