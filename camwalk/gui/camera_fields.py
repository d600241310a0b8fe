"""All tags of one camera as controls."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from camwalk.gui import look
from camwalk.gui.camera_symbol import paint_camera
from camwalk.gui.choice_grid import ChoiceGrid
from camwalk.gui.direction_field import DirectionField
from camwalk.gui.outline_icon import paint_icon
from camwalk.gui.panel_parts import heading
from camwalk.gui.tag_table import TagTable
from camwalk.gui.typed_field import TypedField
from camwalk.i18n import _
from camwalk.model import Tags
from camwalk.operations.mark_camera import direction_key
from camwalk.operations.tagging import (
    ANGLE,
    HEIGHT,
    KINDS,
    MOUNTS,
    OPERATOR,
    PLACES,
    ZONE,
    ZONES,
    camera_kind,
    with_kind,
    with_tag,
)

_MOUNT_ICONS = {
    "wall": "wall",
    "pole": "sign-left",
    "ceiling": "arrow-bar-to-up",
    "street_lamp": "lamp",
    "traffic_signals": "traffic-lights",
    "roof": "building",
}
_BUTTONS = {
    "camera:mount": tuple(choice.value for choice in MOUNTS),
    "surveillance": tuple(choice.value for choice in PLACES),
    "camera:type": tuple(kind for kind in KINDS if kind not in ("ALPR", "unknown")),
    "surveillance:type": ("camera", "ALPR"),
    "man_made": ("surveillance",),
}
"""The values that a button shows, or that every camera has; others go to the table."""


class CameraFields(QWidget):
    """Emits all tags after each change that is complete, and the direction while the dial turns."""

    edited = Signal(object)  # Tags
    turning = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tags: Tags = {}
        kinds = [kind.choice for kind in KINDS.values()]
        self.kind = ChoiceGrid(_("Type"), kinds, paint_camera)
        self.mount = ChoiceGrid(_("Mount"), MOUNTS, _paint_mount)
        self.place = ChoiceGrid(_("Watched place"), PLACES)
        self.direction, self.table = DirectionField(), TagTable()
        self.typed = {
            field.key: TypedField(field, ZONES if field is ZONE else ())
            for field in (HEIGHT, ANGLE, ZONE, OPERATOR)
        }
        self.unfold = QToolButton()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.GRID)
        height, angle = self.typed[HEIGHT.key], self.typed[ANGLE.key]
        zone, operator = self.typed[ZONE.key], self.typed[OPERATOR.key]
        for title, *parts in (
            (_("Type"), self.kind),
            (_("Mount"), self.mount),
            (_("Direction"), self.direction, _side_by_side(height, angle), height.notice, angle.notice),
            (_("Watched place"), self.place, zone, zone.notice, operator, operator.notice),
        ):
            column.addWidget(heading(title))
            for part in parts:
                column.addWidget(part)
            column.addSpacing(look.GRID)
        column.addWidget(self.unfold)
        column.addWidget(self.table)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._choose_kind)
        self.mount.chosen.connect(partial(self._set, "camera:mount"))
        self.place.chosen.connect(partial(self._set, "surveillance"))
        self.direction.committed.connect(self._set_direction)
        self.direction.turning.connect(self.turning)
        for key, typed in self.typed.items():
            typed.committed.connect(partial(self._set, key))
        self.table.edited.connect(self._edit)
        look.fold(self.unfold)
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._fold)
        self.unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold(False)

    def show_tags(self, tags: Tags, afresh: bool) -> None:
        """Show `tags`; unless `afresh`, what is being typed stays."""
        self._tags = tags
        kind = camera_kind(tags)
        self.kind.show_value(kind)
        self.mount.show_value(tags.get("camera:mount", ""))
        self.place.show_value(tags.get("surveillance", ""))
        self.direction.show_value(tags.get(direction_key(tags), ""), kind, afresh)
        for key, typed in self.typed.items():
            typed.show_value(tags.get(key), afresh)
        elsewhere = self._shown_by_controls()
        self.table.show_tags(tags, elsewhere, afresh)
        further = len(tags.keys() - elsewhere)
        self.unfold.setText(_("Further tags ({n})").format(n=further) if further else _("Further tags"))

    def finish(self) -> None:
        """Take what is still being typed or turned."""
        self.direction.finish()
        for typed in self.typed.values():
            typed.finish()

    def set_read_only(self, read_only: bool) -> None:
        """Show only."""
        for grid in (self.kind, self.mount, self.place):
            grid.setEnabled(not read_only)
        for part in (self.direction, self.table, *self.typed.values()):
            part.set_read_only(read_only)

    def _shown_by_controls(self) -> set[str]:
        by_buttons = {key for key, values in _BUTTONS.items() if self._tags.get(key) in values}
        return by_buttons | set(self.typed) | {direction_key(self._tags)}

    def _choose_kind(self, kind: str) -> None:
        if kind:
            self._edit(with_kind(self._tags, kind))

    def _set(self, key: str, value: str | None) -> None:
        self._edit(with_tag(self._tags, key, value or None))

    def _set_direction(self, value: str | None) -> None:
        self._set(direction_key(self._tags), value)

    def _edit(self, tags: Tags) -> None:
        self.show_tags(tags, afresh=False)
        self.edited.emit(tags)

    def _fold(self, unfolded: bool) -> None:
        look.dress(self.unfold, "chevron-down" if unfolded else "chevron-right", "muted")
        self.table.set_folded(not unfolded)


def _side_by_side(*parts: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.GRID)
    for part in parts:
        row.addWidget(part, 1)
    return both


def _paint_mount(painter: QPainter, area: QRectF, mount: str) -> None:
    paint_icon(painter, area.adjusted(2, 2, -2, -2), _MOUNT_ICONS[mount], look.colours().text)
