"""Small pictures of photos, made off the GUI thread: what is looked at first comes first."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from camwalk.gui.jobs import Job, Jobs
from camwalk.model import CamwalkError, Photo
from camwalk.operations.photo_pictures import picture_at_once, small_picture

_WORKERS = 2
_MOST_WAITING = 64  # photos; who scrolled past more has lost interest in the first
_MOST_KEPT = 48_000_000  # bytes of pixmaps
_FILLING = (1.25, 1.85)  # width / height of pictures that are cropped to fill their box

Key = tuple[str, str]  # a photo's id and path: a photo that was moved is looked up again
Made = tuple[QImage, bool] | None  # the picture, and whether it is a true one


@dataclass(slots=True)
class _Kept:
    pixmap: QPixmap | None = None
    final: bool = False  # nothing better will come; with no pixmap: the file shows nothing


class ThumbnailSource(QObject):
    """Pixmaps of at most `box` device-independent pixels: at once if in memory, else soon after.

    The embedded EXIF thumbnail comes first and is replaced by a true one.
    """

    ready = Signal(str)  # photo id: a first or a better pixmap is there, or there will be none

    def __init__(self, box: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box = box
        self._ratio = 1.0
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._asked: dict[Key, Photo] = {}  # since the event loop last ran
        self._waiting: dict[Key, Photo] = {}  # most wanted first
        self._busy: dict[Key, Job] = {}
        self._jobs = Jobs(self, threads=_WORKERS)
        self._scheduler = QTimer(self, singleShot=True, interval=0)
        self._scheduler.timeout.connect(self._schedule)

    def pixmap(self, photo: Photo, ratio: float = 1.0) -> QPixmap | None:
        """The best there is for a screen with `ratio` device pixels a pixel; a better one gets queued."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._kept.clear()
        key = (photo.id, photo.path)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        if (kept is None or not kept.final) and key not in self._busy:
            self._asked[key] = photo
            self._scheduler.start()
        return kept.pixmap if kept else None

    def is_broken(self, photo: Photo) -> bool:
        """Whether nothing can be shown of it."""
        kept = self._kept.get((photo.id, photo.path))
        return kept is not None and kept.final and kept.pixmap is None

    def at_rest(self) -> bool:
        """Whether nothing is being made or waited for."""
        return not (self._asked or self._waiting or self._busy)

    def retry(self) -> None:
        """Look again at files that showed nothing; they may be back."""
        for key in [key for key, kept in self._kept.items() if kept.final and kept.pixmap is None]:
            del self._kept[key]

    def shutdown(self) -> None:
        """Stop the workers."""
        self._waiting.clear()
        self._jobs.shutdown()

    def _schedule(self) -> None:
        """Put what was asked for since the last paint before what was asked for earlier."""
        waiting = {**self._asked, **{k: p for k, p in self._waiting.items() if k not in self._asked}}
        self._waiting = dict(list(waiting.items())[:_MOST_WAITING])
        self._asked.clear()
        while len(self._busy) < _WORKERS and self._waiting:
            self._start(_next(self._waiting, self._kept))

    def _start(self, key: Key) -> None:
        photo = self._waiting.pop(key)
        make = _make_true if key in self._kept else _make_at_once
        box, ratio = self._box * self._ratio, self._ratio

        def done(made: Made) -> None:
            self._keep(photo, made, ratio, last=make is _make_true)

        def failed(_: CamwalkError) -> None:
            self._keep(photo, None, ratio, last=True)

        self._busy[key] = self._jobs.start(lambda _: make(photo, box), done, failed)

    def _keep(self, photo: Photo, made: Made, ratio: float, *, last: bool) -> None:
        key = (photo.id, photo.path)
        self._busy.pop(key, None)
        if ratio == self._ratio:
            kept = self._kept.setdefault(key, _Kept())
            if made is not None:
                kept.pixmap = QPixmap.fromImage(made[0])
                kept.pixmap.setDevicePixelRatio(ratio)
            kept.final = last or (made is not None and made[1])
            self._shrink()
            self.ready.emit(photo.id)
            if made is None and not last:  # nothing embedded: whoever asked still waits
                self._waiting = {key: photo, **self._waiting}
        self._schedule()

    def _shrink(self) -> None:
        size = self._box * self._ratio
        while len(self._kept) * size.width() * size.height() * 4 > _MOST_KEPT:
            self._kept.popitem(last=False)


def _next(waiting: Mapping[Key, Photo], kept: Mapping[Key, _Kept]) -> Key:
    """The first that shows nothing yet, else the first: anything at all comes before anything better."""
    return next((key for key in waiting if key not in kept), next(iter(waiting)))


def _make_at_once(photo: Photo, box: QSize) -> Made:
    found = picture_at_once(photo)
    if found is None:
        return None
    image = decoded(found[0], photo)
    return None if image.isNull() else (_boxed(image, box), found[1])


def _make_true(photo: Photo, box: QSize) -> Made:
    image = decoded(small_picture(photo, 256), photo)
    return None if image.isNull() else (_boxed(image, box), True)


def decoded(data: bytes, photo: Photo) -> QImage:
    """The small picture `data` of a photo, without the black bars that devices put around some."""
    buffer = QBuffer()
    buffer.setData(data)
    image = QImageReader(buffer).read()  # unlike QImage.fromData it lets other threads go on
    if image.isNull() or not photo.width or not photo.height:
        return image
    return _cropped(image, photo.width / photo.height).convertToFormat(QImage.Format.Format_RGB32)


def _boxed(image: QImage, box: QSize) -> QImage:
    """Landscape pictures fill the box, all others fit into it."""
    if _FILLING[0] <= image.width() / image.height() <= _FILLING[1]:
        image = _cropped(image, box.width() / box.height())
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(box, keep, smooth)


def _cropped(image: QImage, aspect: float) -> QImage:
    """The middle of `image` with the given width / height."""
    width = min(image.width(), round(image.height() * aspect))
    height = min(image.height(), round(image.width() / aspect))
    if abs(width - image.width()) <= 2 and abs(height - image.height()) <= 2:
        return image
    return image.copy(QRect((image.width() - width) // 2, (image.height() - height) // 2, width, height))
