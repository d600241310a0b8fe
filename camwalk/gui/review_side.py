"""The panels of Review and Export, connected to the map and to each other."""

from PySide6.QtCore import QObject

from camwalk.gui.camera_rays import rays_of_sightings
from camwalk.gui.dossier_panel import DossierPanel
from camwalk.gui.export_panel import ExportPanel
from camwalk.gui.map.viewport import View
from camwalk.gui.map_side import MapSide
from camwalk.gui.match_panel import Comparison, MatchPanel
from camwalk.gui.review_panel import ReviewPanel
from camwalk.gui.same_camera import SameCamera, place_of
from camwalk.gui.same_panel import SamePanel
from camwalk.gui.session import Session
from camwalk.gui.streets_panel import StreetsPanel
from camwalk.i18n import _
from camwalk.operations.match_cameras import Match
from camwalk.operations.propose_same import Proposal


class ReviewSide(QObject):
    """Made when Review or Export is first wanted: nothing of it is needed to begin marking."""

    def __init__(self, session: Session, map_side: MapSide, same: SameCamera, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._map = map_side
        self.pairs = SamePanel(session)
        self.matches = MatchPanel(session)
        self.streets = StreetsPanel(session)
        self.dossier = DossierPanel(session)
        self.export = ExportPanel(session)
        self.tables = ReviewPanel(session)
        self.tables.add_page(self.pairs, _("Duplicates?"), "copy")
        self.tables.add_page(self.matches, _("OpenStreetMap"), "world")
        self.tables.add_page(self.streets, _("Streets"), "route")
        self.tables.add_page(self.dossier, _("Dossier"), "note")
        self.pairs.shown.connect(self._show_pair)
        self.pairs.merge_asked.connect(same.merge)
        self.pairs.refused.connect(same.keep_apart)
        self.pairs.counted.connect(self.export.hand_over.show_pairs)
        self.matches.shown.connect(self._show_match)
        self.matches.compared.connect(self._compared)
        map_side.canvas.view_changed.connect(self._tell_sight)
        self.streets.measured.connect(self.dossier.use_review)
        self.streets.cover_changed.connect(map_side.canvas.set_cover)
        self.streets.box_asked.connect(map_side.canvas.fit)
        for panel in (self.matches, self.pairs, self.streets):
            map_side.index_ready.connect(panel.use_index)
            panel.use_index(map_side.index)

    def _show_match(self, match: Match | None) -> None:
        if match is not None and self.matches.isVisible():
            self._session.select_camera(match.camera)
            self._map.show_match(match, self.matches.comparison.known.get(match.osm or ""))

    def _compared(self, found: Comparison) -> None:
        self.export.hand_over.show_comparison(found)
        self._map.show_reference(found.reference)

    def _tell_sight(self, view: View) -> None:
        self.export.hand_over.show_sight(view.bounds)

    def _show_pair(self, pair: Proposal | None) -> None:
        both = (pair.first, pair.second) if pair else ()
        survey = self._session.survey
        for record in both:
            if sighting := survey.sightings.get(record):
                self._session.select_photo(sighting.photo)
            else:
                self._session.select_camera(record)
        self._map.show_pair(both or None)
        self._map.show_sights(rays_of_sightings(survey, both))
        self._map.look_at([at for record in both if (at := place_of(survey, record))])
