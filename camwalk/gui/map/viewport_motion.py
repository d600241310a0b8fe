"""Where a window looks over time: jumps, glides and coming to rest."""

from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QObject, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QStyle, QWidget

from camwalk.gui.map.viewport import View, place, world
from camwalk.model import LatLon

REST = 100  # milliseconds between a change of zoom and painting for it
GLIDE = 150  # milliseconds


class Motion(QObject):
    """The view of one widget. It rests at zooms where tiles have whole device pixels."""

    changed = Signal(object)  # View

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.view = View(LatLon(25.0, 10.0), 2.0, widget.width(), widget.height())
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._settle)
        self._ends = (self.view, self.view)
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=GLIDE)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._glide_on)

    @property
    def resting(self) -> bool:
        """Whether the zoom stays as it is."""
        return not self._rest.isActive() and not self._gliding

    @property
    def target(self) -> View:
        """What will be in sight at the end of a glide."""
        return self._ends[1] if self._gliding else self.view

    def show(self, view: View) -> None:
        """Look there at once."""
        self._glide.stop()
        self._set(view)

    def jump(self, view: View) -> None:
        """Be there and at rest at once, for a first look."""
        self._glide.stop()
        self._rest.stop()
        self.view = view
        self._settle()

    def glide_to(self, view: View) -> None:
        """Go there, unless the system asks for calm: then be there."""
        if not self._widget.isVisible() or not self._is_welcome():
            self.show(view)
            return
        self._glide.stop()
        self._ends = (self.view, view)
        self._glide.start()

    def resize(self, width: int, height: int) -> None:
        """The window has another size now."""
        self._ends = (self._ends[0].resized(width, height), self._ends[1].resized(width, height))
        self._set(self.view.resized(width, height))

    @property
    def _gliding(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def _is_welcome(self) -> bool:
        """A system that asks for reduced motion has animations of no duration."""
        style = self._widget.style()
        return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._widget) > 0

    def _glide_on(self, share: float) -> None:
        start, end = self._ends
        if share >= 1:
            self._set(end)
            return
        (x, y), (end_x, end_y) = world(start.centre), world(end.centre)
        centre = place(x + (end_x - x) * share, y + (end_y - y) * share)
        self._set(replace(end, centre=centre, zoom=start.zoom + (end.zoom - start.zoom) * share))

    def _set(self, view: View) -> None:
        if view.zoom != self.view.zoom and not self._rest.isActive():
            self._rest.start()
        self.view = view
        self.changed.emit(view)

    def _settle(self) -> None:
        settled = self.view.settled(self._widget.devicePixelRatioF())
        self.view = settled
        self.changed.emit(settled)
