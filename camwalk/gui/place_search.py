"""Going to a place by typing: streets are proposed letter by letter, coordinates are understood."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from camwalk.i18n import _
from camwalk.operations.attach_extract import ExtractIndex
from camwalk.operations.find_place import find_places

_PLACE = Qt.ItemDataRole.UserRole


class PlaceSearch(QLineEdit):
    """Emits the place that was chosen or, on Enter, the best there is.

    A look at the index takes some 10 ms for a city of 50,000 streets, so nobody waits for a job.
    """

    place_chosen = Signal(object)  # LatLon

    def __init__(self) -> None:
        super().__init__()
        self._index: ExtractIndex | None = None
        self._found = QStandardItemModel(self)
        self._list = QCompleter(self._found, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(12)
        self.suggestions = QListView()
        self._list.setPopup(self.suggestions)
        self._list.setWidget(self)  # not setCompleter: Qt would then choose by itself what to propose
        self._list.activated.connect(self._take_chosen)
        self.setPlaceholderText(_("Go to a street or coordinates…"))
        self.setAccessibleName(_("Go to a street or coordinates"))
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._propose)
        self.returnPressed.connect(self._take_best)

    def use_index(self, index: ExtractIndex | None) -> None:
        """Find the streets of this extract from now on."""
        self._index = index

    def _propose(self, text: str) -> None:
        self._found.clear()
        found = find_places(text, self._index)
        for one in found:
            item = QStandardItem(one.name)
            item.setData(one.place, _PLACE)
            self._found.appendRow(item)
        if not text.strip():
            self.suggestions.hide()
            return
        if not found:
            nothing = QStandardItem(self._why_nothing(text))
            nothing.setSelectable(False)
            self._found.appendRow(nothing)
        self._list.complete()
        self.suggestions.setCurrentIndex(QModelIndex())  # Enter takes the first, an arrow key begins there

    def _why_nothing(self, text: str) -> str:
        if self._index is None:
            return _("Streets are found once there is a map. Coordinates work without.")
        return _("Nothing is called “{text}” here.").format(text=text.strip())

    def _take_best(self) -> None:
        """Enter in the list chooses there by itself; anywhere else it takes the first."""
        if not (self.suggestions.isVisible() and self.suggestions.currentIndex().isValid()):
            self._propose(self.text())
            self._take(self._found.index(0, 0))

    def _take_chosen(self, _name: str) -> None:
        self._take(self.suggestions.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        if place := index.data(_PLACE):
            self.setText(index.data())
            self.suggestions.hide()
            self.place_chosen.emit(place)
