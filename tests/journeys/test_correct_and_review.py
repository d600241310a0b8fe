"""Photos without a direction, sightings from outside, and the pairs of a whole walk, in the real window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from camwalk.gui.notice import Notice
from camwalk.gui.top_bar import Activity
from camwalk.model import Edit, LatLon, Sighting, added, message
from camwalk.operations.point_photos import turn_photo
from tests.journeys.walkers import (
    FAR_LOOK,
    FAR_PIXEL,
    LAMP_PIXEL,
    LEFT,
    NEAR_LOOK,
    NEAR_PIXEL,
    WITHOUT_HEADING,
    Walker,
)


def test_a_photo_without_heading_says_so_and_takes_it_from_the_walk(walker: Walker) -> None:
    photo = walker.open(WITHOUT_HEADING)
    help_ = walker.workspace.corrections.help
    assert help_.isVisible()
    walker.click(LAMP_PIXEL)
    walker.wait()
    assert walker.cameras == [], "without a direction nobody knows where to put it"
    walker.press_button("the walk")
    walker.wait()
    assert walker.survey.photos[photo.id].heading_source == "walk"
    assert not help_.isVisible()
    walker.click(LAMP_PIXEL)
    walker.wait()
    assert len(walker.cameras) == 1


def test_a_heading_is_turned_on_the_map_and_estimates_follow_in_one_step(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    before = walker.survey.cameras[camera]
    walker.press(Qt.Key.Key_Escape)
    photo = walker.open(FAR_LOOK)
    knob = knob_of(walker)
    walker.drag(walker.map, knob, QPoint(14, 6))
    walker.wait()
    turned = walker.survey.photos[photo.id]
    assert turned.heading_source == "manual"
    assert walker.survey.cameras[camera].position != before.position
    walker.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert walker.survey.photos[photo.id] == photo
    assert walker.survey.cameras[camera] == before


def knob_of(walker: Walker) -> QPoint:
    from camwalk.gui.map.overlay_live import handle_of

    handle = handle_of(walker.map.view, walker.map.data, walker.map.live, "photos")
    assert handle is not None
    return QPoint(round(handle.x), round(handle.y))


def test_a_heading_comes_from_a_known_point_in_photo_and_map(walker: Walker) -> None:
    photo = walker.open(WITHOUT_HEADING)
    walker.press_button("known point")
    walker.click(LAMP_PIXEL)
    x, y = walker.map.view.to_screen(photo.position or LatLon(0, 0))
    QTest.mouseClick(walker.map, LEFT, pos=QPoint(round(x) + 60, round(y)))
    walker.wait()
    assert walker.survey.photos[photo.id].heading_source == "manual"
    assert walker.survey.photos[photo.id].heading == pytest.approx(
        103, abs=5
    )  # 13 degrees left of the middle
    assert walker.cameras == []


def test_a_sighting_from_outside_is_a_ring_and_one_click_makes_its_camera(walker: Walker) -> None:
    photo, other = walker.open(NEAR_LOOK), walker.open(FAR_LOOK)
    walker.session.do(
        Edit(
            message("Import sightings"),
            added(
                Sighting(id="a", photo=other.id, x=FAR_PIXEL[0], y=FAR_PIXEL[1], track="7", label="dome"),
                Sighting(id="b", photo=photo.id, x=NEAR_PIXEL[0], y=NEAR_PIXEL[1], track="7", label="dome"),
            ),
        )
    )
    assert "2 sightings to review" in walker.window._counts.text()
    assert len(walker.picture._marks) == 1
    walker.click(FAR_PIXEL)
    walker.wait()
    (camera,) = walker.cameras
    assert camera.placed == "crossing"
    assert camera.tags["camera:type"] == "dome"
    assert warnings(walker) == ["OpenStreetMap has a camera there, and its place is taken."]
    assert "to review" not in walker.window._counts.text()


def test_rays_that_disagree_are_told_beside_the_camera_whenever_it_is_selected(walker: Walker) -> None:
    photo, other = walker.open(NEAR_LOOK), walker.open(FAR_LOOK)
    walker.session.attempt(lambda: turn_photo(walker.survey, photo.id, (photo.heading or 0) + 150))
    walker.session.do(
        Edit(
            message("Import sightings"),
            added(
                Sighting(id="a", photo=other.id, x=FAR_PIXEL[0], y=FAR_PIXEL[1], track="7"),
                Sighting(id="b", photo=photo.id, x=NEAR_PIXEL[0], y=NEAR_PIXEL[1], track="7"),
            ),
        )
    )
    walker.click(FAR_PIXEL)
    walker.wait()
    (camera,) = walker.cameras
    assert any(text.startswith("The rays") for text in warnings(walker))
    walker.session.select_camera(None)
    walker.session.select_camera(camera.id)
    assert any(text.startswith("The rays") for text in warnings(walker))


def warnings(walker: Walker) -> list[str]:
    return [n.text() for n in walker.workspace.form.findChildren(Notice) if n.isVisible()]


def test_pairs_of_the_whole_walk_are_merged_from_the_review_page(walker: Walker) -> None:
    walker.mark(FAR_LOOK, FAR_PIXEL)
    walker.mark(NEAR_LOOK, NEAR_PIXEL)
    walker.workspace.show_activity(Activity.REVIEW)
    pairs = walker.workspace.review.pairs
    walker.workspace.review.tables.show_page(pairs)
    walker.wait()
    assert len(pairs._pairs) == 1
    assert walker.map.live.pair is not None
    pairs._same.click()
    walker.wait()
    assert len(walker.cameras) == 1


def test_a_sighting_from_outside_joins_its_camera_from_the_review_page(walker: Walker) -> None:
    camera = walker.mark(FAR_LOOK, FAR_PIXEL)
    photo = walker.open(NEAR_LOOK)
    seen = Sighting(id="b", photo=photo.id, x=NEAR_PIXEL[0], y=NEAR_PIXEL[1])
    walker.session.do(Edit(message("Import sightings"), added(seen)))
    walker.workspace.show_activity(Activity.REVIEW)
    walker.workspace.review.tables.show_page(walker.workspace.review.pairs)
    walker.wait()
    assert walker.workspace.review.pairs._list.count() == 1
    assert walker.map.live.sights
    walker.workspace.review.pairs._same.click()
    walker.wait()
    assert walker.survey.sightings["b"].camera == camera
    assert walker.survey.cameras[camera].placed == "crossing"
