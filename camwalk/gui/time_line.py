"""The time line of a walk: when the track ran, where it has gaps, and when photos were taken."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from camwalk.gui import look
from camwalk.gui.look import GRID, colours
from camwalk.gui.photo_words import clock_text, walk_zone
from camwalk.gui.time_spans import Row, Span, WalkTimes, nearest, same_times, ticks, track_bars, walk_times
from camwalk.i18n import _, ngettext
from camwalk.model import Survey

_ROW = 2 * GRID  # pixels: axis, track and every device have one
_MOST_ROWS = 4  # devices; more share the last row
_NAMES = 19 * GRID  # pixels for the names at the left
_LABEL = 8 * GRID  # pixels that a time on the axis needs
_NOTHING = WalkTimes(None, (), (), 0)


class TimeLine(QWidget):
    """One walk from left to right; a click goes to the nearest photo."""

    photo_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._survey = Survey()
        self._walk: str | None = None
        self._asked_walk: str | None = None
        self._zone: tzinfo = UTC
        self._times = _NOTHING
        self._bars: dict[str, list[Span]] = {}  # by track, which never change
        self._selected: str | None = None
        self._hovered: float | None = None  # seconds since 1970
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Time line of the walk"))
        look.small(self)

    def set_survey(self, survey: Survey, walk: str | None = None) -> None:
        """Show `walk`; without one, that of the selected photo or the first."""
        same = walk == self._asked_walk and same_times(self._survey, survey)
        self._survey, self._asked_walk = survey, walk
        if not same:
            self._show_walk()

    def select(self, photo_id: str | None) -> None:
        """Mark a photo without telling anybody."""
        if photo_id == self._selected and self._walk == self._wanted_walk():
            return
        self._selected = photo_id
        if self._walk != self._wanted_walk():
            self._show_walk()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as it has rows."""
        return QSize(60 * GRID, _ROW * (2 + max(1, min(len(self._times.rows), _MOST_ROWS))))

    def minimumSizeHint(self) -> QSize:
        """Never less high."""
        return QSize(30 * GRID, self.sizeHint().height())

    def moment(self, x: float) -> float | None:
        """The time at a place of the widget, in seconds since 1970."""
        span, room = self._times.span, self._room()
        if span is None or not room.width():
            return None
        share = min(max((x - room.left()) / room.width(), 0.0), 1.0)
        return span[0] + share * (span[1] - span[0])

    def _wanted_walk(self) -> str | None:
        photo = self._survey.photos.get(self._selected or "")
        return self._asked_walk or (photo.walk if photo else next(iter(self._survey.walks), None))

    def _show_walk(self) -> None:
        self._walk = walk = self._wanted_walk()
        tracks = [t for t in self._survey.tracks.values() if t.walk == walk]
        self._bars = {t.id: self._bars.get(t.id) or track_bars(t) for t in tracks}
        self._zone = walk_zone(self._survey, walk) if walk else UTC
        rows = len(self._times.rows)
        self._times = walk_times(self._survey, walk, (bar for bars in self._bars.values() for bar in bars))
        self.setAccessibleDescription(self._words())
        if rows != len(self._times.rows):
            self.updateGeometry()
        self.update()

    def _words(self) -> str:
        span, count = self._times.span, sum(len(row.ids) for row in self._times.rows)
        if span is None:
            return _("No times to show yet.")
        gaps = max(0, len(self._times.bars) - 1)
        parts = [
            f"{self._clock(span[0])}–{self._clock(span[1])}",
            ngettext("{n} photo", "{n} photos", count).format(n=count),
            ngettext("{n} gap in the track", "{n} gaps in the track", gaps).format(n=gaps) if gaps else "",
            self._left_out(),
        ]
        return ", ".join(filter(None, parts))

    def _left_out(self) -> str:
        n = self._times.left_out
        return ngettext("{n} photo not shown", "{n} photos not shown", n).format(n=n) if n else ""

    def _clock(self, at: float, *, seconds: bool = False) -> str:
        return clock_text(datetime.fromtimestamp(at, UTC), self._zone, seconds=seconds)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_NAMES, 0, -GRID, 0)

    def _x(self, at: float) -> float:
        span, room = self._times.span or (0.0, 1.0), self._room()
        return room.left() + (at - span[0]) / (span[1] - span[0]) * room.width()

    def _pixels(self, times: NDArray[np.float64]) -> list[float]:
        """Where to draw many moments, each pixel once."""
        start, end = self._x(0.0), self._x(1e9)
        return sorted({*np.round(start + times * ((end - start) / 1e9)).tolist()})

    def _rows_at(self, y: float) -> Sequence[Row]:
        """The device rows at a height: one, or all where there is none."""
        rows, number = self._times.rows, int(y // _ROW) - 2
        if not 0 <= number < min(len(rows), _MOST_ROWS):
            return rows
        return rows[number:] if number == _MOST_ROWS - 1 else rows[number : number + 1]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the nearest photo, of the device whose row it is."""
        at = self.moment(event.position().x())
        photo = None if at is None else nearest(self._rows_at(event.position().y()), at)
        if photo and event.button() == Qt.MouseButton.LeftButton:
            self.photo_clicked.emit(photo)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the time under the pointer."""
        x = event.position().x()
        self._hovered = self.moment(x) if x >= self._room().left() else None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no time any more."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through the photos of all devices by time."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = steps.get(Qt.Key(event.key()))
        ids = [
            id_
            for _, id_ in sorted(
                (t, i) for r in self._times.rows for t, i in zip(r.times, r.ids, strict=True)
            )
        ]
        if by is None or not ids:
            event.ignore()
            return
        at = ids.index(self._selected) + by if self._selected in ids else 0
        self.photo_clicked.emit(ids[min(max(at, 0), len(ids) - 1)])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axis, track and photos."""
        painter = QPainter(self)
        try:
            if self._times.span is None:
                painter.setPen(QColor(colours().muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, _("No times to show yet."))
            else:
                self._paint_axis(painter, self._times.span)
                self._paint_names(painter)
                self._paint_track(painter)
                self._paint_photos(painter)
                self._paint_hover(painter)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        finally:
            painter.end()

    def _paint_axis(self, painter: QPainter, span: Span) -> None:
        offset = datetime.fromtimestamp(span[0], self._zone).utcoffset() or timedelta()
        most = max(1, int(self._room().width() / _LABEL))
        for at in ticks(span, offset.total_seconds(), most):
            x = round(self._x(at)) + 0.5
            painter.setPen(QColor(colours().line))
            painter.drawLine(QLineF(x, _ROW, x, self.height()))
            painter.setPen(QColor(colours().muted))
            self._text(painter, QRectF(x - _LABEL / 2, 0, _LABEL, _ROW), self._clock(at), middle=True)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setPen(QColor(colours().muted))
        names = [row.name for row in self._times.rows]
        if len(names) > _MOST_ROWS:
            rest = len(names) - _MOST_ROWS + 1
            names = [*names[: _MOST_ROWS - 1], ngettext("{n} device", "{n} devices", rest).format(n=rest)]
        for number, name in enumerate((self._left_out(), _("Track") if self._times.bars else "", *names)):
            box = QRectF(GRID / 2, number * _ROW, _NAMES - 1.5 * GRID, _ROW)
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(box.width()))
            self._text(painter, box, shown)

    def _text(self, painter: QPainter, box: QRectF, text: str, *, middle: bool = False) -> None:
        across = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)

    def _paint_track(self, painter: QPainter) -> None:
        """Bars where the track ran, a dotted line across its gaps."""
        bars, middle = self._times.bars, 1.5 * _ROW
        if not bars:
            return
        painter.setPen(QPen(QColor(colours().faint), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(self._x(bars[0][0]), middle, self._x(bars[-1][1]), middle))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().faint))
        for start, end in bars:
            left, right = self._x(start), self._x(end)
            painter.drawRoundedRect(QRectF(left, middle - 3, max(2.0, right - left), 6), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_photos(self, painter: QPainter) -> None:
        """A tick for every photo, a shorter one where it has no place."""
        chosen: float | None = None
        for number, row in enumerate(self._times.rows):
            bottom = (3 + min(number, _MOST_ROWS - 1)) * _ROW - 2
            painter.setPen(QPen(QColor(colours().text), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            for placed, height in ((True, _ROW - 4), (False, _ROW // 2 - 2)):
                pixels = self._pixels(row.times[row.placed == placed])
                painter.drawLines([QLineF(x, bottom - height, x, bottom) for x in pixels])
            if self._selected in row.ids:
                chosen = float(row.times[row.ids.index(self._selected)])
        if chosen is not None:
            self._paint_chosen(painter, round(self._x(chosen)))

    def _paint_chosen(self, painter: QPainter, x: int) -> None:
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawLine(QLineF(x, _ROW, x, self.height()))
        painter.setBrush(QColor(colours().accent))
        tip = [QPointF(x - 3, _ROW - 3), QPointF(x + 3, _ROW - 3), QPointF(x, _ROW + 1)]
        painter.drawPolygon(QPolygonF(tip))

    def _paint_hover(self, painter: QPainter) -> None:
        if self._hovered is None:
            return
        x = round(self._x(self._hovered)) + 0.5
        text = self._clock(self._hovered, seconds=True)
        box = QRectF(0, 0, self.fontMetrics().horizontalAdvance(text) + GRID, _ROW)
        box.moveLeft(min(max(x - box.width() / 2, 0), self.width() - box.width()))
        painter.setPen(QColor(colours().muted))
        painter.drawLine(QLineF(x, _ROW, x, self.height()))
        painter.fillRect(box, QColor(colours().text))
        painter.setPen(QColor(colours().paper))
        self._text(painter, box, text, middle=True)
