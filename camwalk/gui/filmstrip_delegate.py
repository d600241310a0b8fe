"""Paints one photo of the filmstrip: thumbnail, time, and its state as icons."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camwalk.gui.filmstrip_model import CELL, Cell
from camwalk.gui.look import GRID, Role, colours
from camwalk.gui.outline_icon import paint_icon
from camwalk.gui.thumbnails import ThumbnailSource
from camwalk.model import Photo
from camwalk.operations.photo_pictures import file_name

THUMBNAIL = QSize(132, 88)  # 3:2
_ICON = 2 * GRID
_ICONS = {False: "photo", True: "photo-off"}
_EDGE = 6  # between thumbnail and the edge of the cell


def cell_size(metrics: QFontMetrics) -> QSize:
    """The size of every cell."""
    text = max(_ICON, metrics.height())
    return QSize(THUMBNAIL.width() + 2 * _EDGE, THUMBNAIL.height() + 2 * _EDGE + text + GRID // 2)


class FilmstripDelegate(QStyledItemDelegate):
    """One cell. Every state has its own icon; colour says nothing that shape does not."""

    def __init__(self, thumbnails: ThumbnailSource, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        """The same for every cell."""
        return cell_size(option.fontMetrics)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the cell of one photo."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        painter.save()
        try:
            _paint_ground(painter, option, _is_current(option.widget, index))
            box = QRect(option.rect.topLeft() + QPoint(_EDGE, _EDGE), THUMBNAIL)
            self._paint_picture(painter, box, cell.photo)
            line = option.rect.adjusted(_EDGE, _EDGE + THUMBNAIL.height() + GRID // 2, -_EDGE, -_EDGE // 2)
            self._paint_line(painter, line, index.data(), cell)
        finally:
            painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRect, photo: Photo) -> None:
        pixmap = self._thumbnails.pixmap(photo, painter.device().devicePixelRatio())
        painter.fillRect(box, QColor(colours().hover))
        if pixmap is not None:
            target = QRect(QPoint(), pixmap.deviceIndependentSize().toSize())
            target.moveCenter(box.center())
            painter.drawPixmap(target, pixmap)
        else:
            self._paint_name(painter, box, photo)

    def _paint_name(self, painter: QPainter, box: QRect, photo: Photo) -> None:
        """What there is to show without a picture: not yet, or never."""
        broken = self._thumbnails.is_broken(photo)
        self._paint_icon(painter, box.adjusted(0, 0, 0, -box.height() // 3), _ICONS[broken], "muted")
        line = box.adjusted(GRID // 2, box.height() // 2, -GRID // 2, 0)
        name = painter.fontMetrics().elidedText(file_name(photo), Qt.TextElideMode.ElideMiddle, line.width())
        painter.setPen(QColor(colours().muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_line(self, painter: QPainter, line: QRect, time: str, cell: Cell) -> None:
        painter.setPen(QColor(colours().text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, time)
        place = QRect(line.right() - _ICON + 1, line.center().y() - _ICON // 2 + 1, _ICON, _ICON)

        def put(name: str, role: Role) -> None:
            self._paint_icon(painter, place, name, role)
            place.translate(-_ICON - GRID // 2, 0)

        if cell.photo.seen:
            put("eye-check", "muted")
        if cell.cameras:
            self._paint_count(painter, place, line, cell.cameras, put)
        if cell.photo.position is None:
            put("map-pin-off", "warning")

    def _paint_count(
        self, painter: QPainter, place: QRect, line: QRect, count: int, put: Callable[[str, Role], None]
    ) -> None:
        """The camera icon, with the number behind it where it is more than one."""
        if count > 1:
            width = painter.fontMetrics().horizontalAdvance(str(count))
            left = place.right() - width + 1
            box = QRect(left, line.top(), width, line.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(count))
            place.translate(-width - 2, 0)
        put("device-cctv", "text")

    def _paint_icon(self, painter: QPainter, box: QRect, name: str, role: Role) -> None:
        square = QRect(0, 0, min(3 * GRID, box.width()), min(3 * GRID, box.height()))
        square.moveCenter(box.center())
        paint_icon(painter, QRectF(square), name, getattr(colours(), role))


def _is_current(view: QWidget, index: QModelIndex | QPersistentModelIndex) -> bool:
    return isinstance(view, QAbstractItemView) and view.currentIndex() == index


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, current: bool) -> None:
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(colours().hover))
    if current:
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
