"""Pictures for the photo viewer, decoded off the GUI thread: something at once, sharper soon after.

The photo shown comes first, then its neighbours, so that going on is instant.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from camwalk.gui.jobs import Jobs
from camwalk.gui.thumbnails import decoded
from camwalk.model import CamwalkError, Message, Photo, Report, message
from camwalk.operations.photo_pictures import (
    file_name,
    missing,
    picture_at_once,
    small_picture,
    upright_pixels,
)

_WORKERS = 2
_MOST_KEPT = 7  # photos
_PREVIEW = 1024  # pixels a side of the cached picture, which is sharp enough for most windows
_STEP = 512  # screen sizes are rounded up to it, so that resizing a window decodes rarely

Level = Literal["quick", "screen", "full"]
Key = tuple[str, str]  # a photo's id and path: a photo that was moved is looked up again
Task = tuple[Key, Level]


@dataclass(frozen=True, slots=True)
class Decoded:
    """An image and the bytes it looks at, which have to live as long."""

    image: QImage
    full: QSize | None  # of the whole upright picture, where decoding told
    whole: bool = True
    note: Message | None = None
    data: bytearray | None = None


@dataclass(slots=True)
class Picture:
    """What there is of one photo so far."""

    photo: Photo
    levels: dict[Level, Decoded | None] = field(default_factory=dict[Level, "Decoded | None"])
    screen_side: int = 0  # pixels that "screen" was asked for
    trouble: Message | None = None

    @property
    def ready(self) -> bool:
        """Whether it is sharp enough to look at, or known to be in trouble."""
        return self.screen_side > 0 or self.trouble is not None

    @property
    def images(self) -> list[Decoded]:
        """What can be painted, coarsest first."""
        return sorted((d for d in self.levels.values() if d), key=lambda d: d.image.width())

    @property
    def full(self) -> QSize | None:
        """Size of the upright picture in its own pixels; None while nobody knows."""
        if told := next((d.full for d in self.images if d.full), None):
            return told
        if self.photo.width and self.photo.height:
            return QSize(self.photo.width, self.photo.height)
        return None

    @property
    def notes(self) -> list[Message]:
        """What to tell about the file."""
        notes = [self.trouble, *(d.note for d in self.images)]
        if any(not d.whole for d in self.images):
            notes.append(
                message(
                    "“{file}” is cut short or damaged: part of the picture is missing.",
                    file=file_name(self.photo),
                )
            )
        return list(dict.fromkeys(filter(None, notes)))


class PhotoLoader(QObject):
    """Decodes what `want` asks for, nearest first, and keeps a few photos."""

    changed = Signal(str)  # photo id: more of it is there, or it is known to be in trouble

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[Key, Picture] = OrderedDict()
        self._photo: Photo | None = None
        self._neighbours: tuple[Photo, ...] = ()
        self._side = _PREVIEW
        self._full = False
        self._busy: set[Task] = set()
        self._jobs = Jobs(self, threads=_WORKERS)

    def want(self, photo: Photo | None, neighbours: Sequence[Photo], side: int, *, full: bool) -> None:
        """Load `photo` for a view of `side` device pixels, all its pixels if `full`; then its neighbours."""
        if photo and photo != self._photo:
            self.picture(photo).trouble = None  # the file may be back
        self._photo, self._neighbours, self._full = photo, tuple(neighbours), full
        self._side = _PREVIEW if side <= _PREVIEW else -(-side // _STEP) * _STEP
        self._go_on()

    def picture(self, photo: Photo) -> Picture:
        """What there is of `photo` now."""
        key = (photo.id, photo.path)
        picture = self._pictures.setdefault(key, Picture(photo))
        self._pictures.move_to_end(key)
        while len(self._pictures) > _MOST_KEPT:
            self._pictures.popitem(last=False)
        return picture

    def at_rest(self) -> bool:
        """Whether nothing is being decoded."""
        return not self._busy

    def shutdown(self) -> None:
        """Stop the workers."""
        self._photo, self._neighbours = None, ()
        self._jobs.shutdown()

    def _go_on(self) -> None:
        if self._photo:
            self._drop_full_pictures_but(self._photo)
        for photo, level in self._wishes():
            if len(self._busy) >= _WORKERS:
                return
            if ((photo.id, photo.path), level) not in self._busy:
                self._start(photo, level)

    def _wishes(self) -> Iterator[tuple[Photo, Level]]:
        """What is missing, most wanted first."""
        photos = (self._photo, *self._neighbours) if self._photo else ()
        for photo in photos:
            picture = self.picture(photo)
            if "quick" not in picture.levels:
                yield photo, "quick"
            if picture.screen_side < self._side and not picture.trouble:
                yield photo, "screen"
            if photo is self._photo and self._full and "full" not in picture.levels and not picture.trouble:
                yield photo, "full"

    def _start(self, photo: Photo, level: Level) -> None:
        side = self._side
        mark: Task = ((photo.id, photo.path), level)
        load: dict[Level, Callable[[Report], Decoded | None]] = {
            "quick": lambda _: _quick(photo),
            "screen": lambda _: _screen(photo, side),
            "full": lambda _: _from_pixels(photo, None),
        }

        def done(found: Decoded | None) -> None:
            picture = self.picture(photo)
            picture.levels[level] = found
            picture.screen_side = side if level == "screen" else picture.screen_side
            over()

        def failed(error: CamwalkError) -> None:
            picture = self.picture(photo)
            picture.levels.setdefault(level, None)
            picture.trouble = error.reason if level != "quick" else picture.trouble
            over()

        def over() -> None:
            self._busy.discard(mark)
            self.changed.emit(photo.id)
            self._go_on()

        self._busy.add(mark)
        self._jobs.start(load[level], done, failed)

    def _drop_full_pictures_but(self, photo: Photo) -> None:
        for picture in self._pictures.values():
            if picture.photo.id != photo.id:
                picture.levels.pop("full", None)


def _quick(photo: Photo) -> Decoded | None:
    found = picture_at_once(photo)
    image = decoded(found[0], photo) if found else QImage()
    return None if image.isNull() else Decoded(image, None)


def _screen(photo: Photo, side: int) -> Decoded | None:
    if side > _PREVIEW or not photo.width:
        return _from_pixels(photo, side)
    image = decoded(small_picture(photo, _PREVIEW), photo)
    return None if image.isNull() else Decoded(image, None, note=missing(photo))


def _from_pixels(photo: Photo, longest: int | None) -> Decoded:
    pixels = upright_pixels(photo, longest)
    rgb = QImage.Format.Format_RGBX8888
    image = QImage(pixels.data, pixels.width, pixels.height, pixels.width * 4, rgb)
    return Decoded(image, QSize(*pixels.full), pixels.whole, None, pixels.data)
