"""`camwalk sightings`: what another program saw in the photos."""

from argparse import Namespace

from camwalk.cli.commands import survey_at
from camwalk.cli.terminal import complain, progress, say
from camwalk.i18n import _, ngettext, tell
from camwalk.operations.import_sightings import import_sightings


def sightings(given: Namespace) -> int:
    """camwalk sightings"""
    with survey_at(given.survey) as project, progress(_("Importing")):
        result = import_sightings(project.survey, str(given.file))
        project.do(result.edit)
        for problem in result.problems:
            complain(tell(problem))
        n = len(result.edit.changes)
        say(ngettext("{n} sighting imported.", "{n} sightings imported.", n).format(n=n))
        if result.known:
            known = result.known
            say(ngettext("{n} was here already.", "{n} were here already.", known).format(n=known))
    return 0 if n or result.known else 1
