from pathlib import Path

from camwalk.i18n import tell
from camwalk.operations.street_graph import read_streets
from camwalk.operations.street_titles import street_titles
from tests.operations.made_streets import street, town


def test_a_street_without_a_name_is_called_by_what_it_is_and_the_street_near(tmp_path: Path) -> None:
    index = town(
        tmp_path, ([(0, 0), (100, 0)], street("Long Lane")), ([(100, 0), (100, 50)], {"highway": "footway"}),
        ([(100, 50), (150, 50)], {"highway": "steps"}), ([(900, 900), (950, 900)], {"highway": "footway"}),
        ([(900, 0), (950, 0)], street()),
    )  # fmt: skip
    titles = {way: tell(title) for way, title in street_titles(read_streets(index)).items()}
    assert titles == {
        1: "Long Lane", 2: "footway near Long Lane", 3: "steps near Long Lane", 4: "footway",
        5: "street without a name",
    }  # fmt: skip
