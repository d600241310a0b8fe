"""A compass rose to turn: drag its hand, use the arrow keys or the wheel."""

from collections.abc import Sequence
from math import atan2, cos, degrees, hypot, radians, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QDial

from camwalk.geometry.directions import ALL_ROUND, Sector, middle, width
from camwalk.gui import look
from camwalk.gui.camera_symbol import camera_colour
from camwalk.i18n import _, pgettext

STEP = 5  # degrees; 1 with Shift
SETTLE = 350  # ms without another step, after which keys and wheel count as done
SIZE = 104  # pixels
FIELD_OF_VIEW = 60.0  # degrees, drawn for a lens that nobody measured


class DirectionDial(QDial):
    """Shows where a camera looks; `turning` while it is turned, `turned` when it stays there."""

    turning = Signal(float)
    turned = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._sectors: tuple[Sector, ...] = ()
        self._kind = "unknown"
        self._unfinished = False
        self._settling = QTimer(self, singleShot=True, interval=SETTLE)
        self._settling.timeout.connect(self.finish)
        self.setRange(0, 359)
        self.setWrapping(True)
        self.setSingleStep(STEP)
        self.setPageStep(45)
        self.setFixedSize(SIZE, SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Direction"))
        self.setToolTip(_("Drag the hand, or use the arrow keys or the wheel: 5° a step, 1° with Shift."))

    def show_sectors(self, sectors: Sequence[Sector], kind: str) -> None:
        """Show these lenses, the first one with the hand, in the colour of this kind of camera."""
        self._sectors, self._kind = tuple(sectors), kind
        if self._sectors:
            self.blockSignals(True)
            self.setValue(round(middle(self._sectors[0])) % 360)
            self.blockSignals(False)
        self.update()

    def finish(self) -> None:
        """Where it points now is where it stays."""
        self._settling.stop()
        if self._unfinished:
            self._unfinished = False
            self.turned.emit(float(self.value()))

    def _turn(self, towards: float) -> None:
        self._unfinished = True
        self.setValue(round(towards) % 360)
        first = self._sectors[0] if self._sectors else (0.0, 0.0)
        half = 0.0 if first == ALL_ROUND else width(first) / 2
        turned = ((self.value() - half) % 360, (self.value() + half) % 360)
        self._sectors = (turned, *self._sectors[1:])
        self.update()
        self.turning.emit(float(self.value()))

    def _turn_by(self, steps: int, fine: bool) -> None:
        step = 1 if fine else STEP
        now = self.value() if self._sectors else -steps * step
        whole = now // step if steps > 0 else -(-now // step)  # from 7, one step up is 10, one down 5
        self._turn((whole + steps) * step)
        self._settling.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and up turn clockwise, left and down back."""
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 9,
            Qt.Key.Key_PageDown: -9,
        }.get(Qt.Key(event.key()))
        if steps is None:
            event.ignore()
        else:
            self._turn_by(steps, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only when in use, so that the form can be scrolled over it."""
        turns = event.angleDelta().y() or event.angleDelta().x()
        if not self.hasFocus() or not turns:
            event.ignore()
            return
        self._turn_by(1 if turns > 0 else -1, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The hand jumps to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._settling.stop()
            self._turn_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand follows the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._turn_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.finish()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it counts as done."""
        self.finish()
        super().focusOutEvent(event)

    def _turn_to(self, event: QMouseEvent) -> None:
        offset = event.position() - QPointF(SIZE / 2, SIZE / 2)
        if hypot(offset.x(), offset.y()) >= 4:
            self._turn(degrees(atan2(offset.x(), -offset.y())))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIZE, SIZE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rose, cones, hand."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(SIZE / 2, SIZE / 2)
            self._paint_rose(painter)
            for sector in self._sectors:
                self._paint_cone(painter, sector)
            self._paint_winds(painter)
            self._paint_hands(painter)
        finally:
            painter.end()

    def _paint_rose(self, painter: QPainter) -> None:
        colours = look.colours()
        ring = colours.accent if self.hasFocus() else colours.line
        painter.setPen(QPen(QColor(ring), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.paper if self.isEnabled() else colours.panel))
        painter.drawEllipse(QPointF(0, 0), _RADIUS, _RADIUS)
        painter.setPen(QPen(QColor(colours.faint), 1))
        for bearing in range(0, 360, 15):
            inner = _RADIUS - (7 if bearing % 45 == 0 else 4)
            painter.drawLine(_point(bearing, inner), _point(bearing, _RADIUS - 2))

    def _paint_winds(self, painter: QPainter) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        painter.setPen(QColor(look.colours().muted))
        letters = (pgettext("wind", "N"), pgettext("wind", "E"), pgettext("wind", "S"), pgettext("wind", "W"))
        for i, letter in enumerate(letters):
            at = _point(i * 90, _RADIUS - 16)
            area = QRectF(at.x() - 12, at.y() - 12, 24, 24)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_cone(self, painter: QPainter, sector: Sector) -> None:
        colour = QColor(camera_colour(self._kind))
        colour.setAlphaF(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour))
        sweep = width(sector) or FIELD_OF_VIEW
        start = middle(sector) - sweep / 2
        circle = QRectF(-_RADIUS, -_RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        if sweep >= 360:
            painter.drawEllipse(circle)
        else:
            painter.drawPie(circle, round((90 - start) * 16), round(-sweep * 16))

    def _paint_hands(self, painter: QPainter) -> None:
        colour = QColor(camera_colour(self._kind))
        painter.setBrush(colour)
        for i, sector in enumerate(self._sectors):
            if sector == ALL_ROUND:
                continue
            tip = _point(middle(sector), _RADIUS - 4)
            painter.setPen(QPen(colour, 2.5))
            painter.drawLine(QPointF(0, 0), tip)
            if i == 0:
                painter.setPen(QPen(QColor(look.colours().paper), 2))
                painter.drawEllipse(tip, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, 0), 3.5, 3.5)


_RADIUS = SIZE / 2 - 7


def _point(bearing: float, distance: float) -> QPointF:
    return QPointF(distance * sin(radians(bearing)), -distance * cos(radians(bearing)))
