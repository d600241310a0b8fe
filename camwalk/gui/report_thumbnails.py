"""Small pictures of cameras for a report, cut around the camera so that passers-by stay out of them."""

from collections.abc import Mapping

from PySide6.QtGui import QImage

from camwalk.gui.cut_picture import cut_around
from camwalk.gui.encoded_image import encoded
from camwalk.model import CamwalkError, Photo, Report, Sighting, Survey, ignore_progress
from camwalk.operations.photo_pictures import small_picture


def camera_thumbnails(survey: Survey, report: Report = ignore_progress) -> Mapping[str, bytes]:
    """A JPEG for each camera that a person pointed at in a photo that is still there. Slow: in a worker.

    Made of pixels alone: nothing of the photo's own metadata is in it. Where nobody pointed at the
    camera there is no picture, because the whole photo would show whoever walked by.
    """
    found: dict[str, bytes] = {}
    for done, camera in enumerate(survey.cameras):
        report(done, len(survey.cameras))
        for sighting in survey.sightings_of_camera.get(camera, ()):
            photo = survey.photos.get(sighting.photo)
            if photo and (picture := _picture(photo, sighting)):
                found[camera] = picture
                break
    return found


def _picture(photo: Photo, sighting: Sighting) -> bytes | None:
    if sighting.x is None or sighting.y is None or not photo.width or not photo.height:
        return None
    try:
        image = QImage.fromData(small_picture(photo, 1024), "JPG")  # pyright: ignore[reportArgumentType, reportCallIssue]
    except CamwalkError:
        return None
    if image.isNull():
        return None
    scale = image.width() / photo.width
    return _jpeg(cut_around(image, sighting.x * scale, sighting.y * scale))


def _jpeg(image: QImage) -> bytes:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    for key in plain.textKeys():
        plain.setText(key, "")
    return encoded(plain, "JPG", 82)
