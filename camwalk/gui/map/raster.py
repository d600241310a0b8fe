"""A base map of raster tiles from a server: the network is asked only by a `RasterTiles`.

So whoever makes one has the user's consent. Politeness follows OSM's tile policy: a User-Agent that
names us, a cache on disk that honours what the server says, two requests at a time, a growing pause
after trouble, no zoom beyond 19, no fetching ahead of what is in sight. While the server is out of
reach the tiles of the disk cache serve, however old.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkDiskCache, QNetworkReply, QNetworkRequest

from camwalk import __version__, paths
from camwalk.gui.map.tiles import Tile, TileCache, TileKey
from camwalk.i18n import tell
from camwalk.model import Message, message

PARALLEL = 2
DEEPEST = 19
ZOOM_OFFSET = 1  # raster tiles are 256 px
MEMORY = 48 << 20
DISK = 256 << 20
TIMEOUT = 15_000  # milliseconds
FIRST_PAUSE, LONGEST_PAUSE = 2_000, 120_000


class RasterTiles(QObject):
    """Tiles of a `{z}/{x}/{y}` template, for as long as it lives. `attribution` is always shown."""

    arrived = Signal(object)  # TileKey, or None: ask again for what is missing
    failed = Signal(str)  # a short sentence; empty once it works again

    def __init__(self, template: str, attribution: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.attribution = attribution
        self._template = template
        self.cache = TileCache(MEMORY)
        self._network = QNetworkAccessManager(self)
        self._network.setCache(_disk_cache(self._network))
        self._network.setTransferTimeout(TIMEOUT)
        self._wanted: list[TileKey] = []
        self._running: dict[TileKey, QNetworkReply] = {}
        self._missing: set[TileKey] = set()
        self._later: set[TileKey] = set()  # not to be had before the next attempt
        self._pause = 0
        self._closed = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._try_again)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked for."""
        return not self._running and not self._wanted

    def want(self, visible: Sequence[TileKey]) -> None:
        """Get these, most wanted first; drops all earlier wishes."""
        known = self._running.keys() | self._missing | self._later
        self._wanted = [key for key in visible if key not in known and self.cache.find(key) is None]
        self._fetch()

    def close(self) -> None:
        """Stop asking."""
        self._closed = True
        self._rest.stop()
        for reply in list(self._running.values()):
            reply.abort()

    def _fetch(self) -> None:
        while self._wanted and len(self._running) < PARALLEL and not self._closed:
            key = self._wanted.pop(0)
            reply = self._network.get(self._request(key))
            self._running[key] = reply
            reply.finished.connect(partial(self._finished, key))

    def _request(self, key: TileKey) -> QNetworkRequest:
        filled = self._template.replace("{z}", str(key.zoom)).replace("{x}", str(key.x))
        request = QNetworkRequest(QUrl(filled.replace("{y}", str(key.y)).replace("{s}", "a")))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, f"Camwalk/{__version__}")
        load = QNetworkRequest.CacheLoadControl
        chosen = load.AlwaysCache if self._rest.isActive() else load.PreferNetwork
        request.setAttribute(QNetworkRequest.Attribute.CacheLoadControlAttribute, chosen)
        return request

    def _finished(self, key: TileKey) -> None:
        reply = self._running.pop(key)
        reply.deleteLater()
        if self._closed:
            return
        status = _status(reply)
        if reply.error() == QNetworkReply.NetworkError.NoError:
            self._keep(key, reply.readAll())
        elif status in (204, 404, 410):
            self._missing.add(key)
        elif self._rest.isActive():
            self._later.add(key)
        else:
            self._wanted.insert(0, key)
            self._back_off(_trouble(status))
        self._fetch()

    def _try_again(self) -> None:
        self._later.clear()
        self.arrived.emit(None)

    def _keep(self, key: TileKey, data: QByteArray) -> None:
        image = QImage.fromData(data)
        if image.isNull():
            self._missing.add(key)
            self.failed.emit(tell(message("The map server sent something that is not a picture.")))
            return
        if self._pause and not self._rest.isActive():
            self._pause = 0
            self.failed.emit("")
        self.cache.put(key, Tile(image.convertToFormat(QImage.Format.Format_RGB32), image.width()))
        self.arrived.emit(key)

    def _back_off(self, reason: Message) -> None:
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        self._rest.start(self._pause)
        self.failed.emit(tell(reason))


def _disk_cache(parent: QObject) -> QNetworkDiskCache:
    cache = QNetworkDiskCache(parent)
    cache.setCacheDirectory(str(paths.cache_folder("tiles")))
    cache.setMaximumCacheSize(DISK)
    return cache


def _status(reply: QNetworkReply) -> int | None:
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return status if isinstance(status, int) else None


def _trouble(status: int | None) -> Message:
    if status is None:
        return message("The map server cannot be reached. Trying again soon.")
    return message("The map server refused (error {status}). Trying again soon.", status=status)
