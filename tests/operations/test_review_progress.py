from pathlib import Path

from camwalk.model import added
from camwalk.operations.review_coverage import review_coverage
from tests.operations.made_looks import camera
from tests.operations.made_streets import of, street, town, walked


def test_progress_of_a_review_never_jumps_back(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (2000, 0)], street("Long Lane")))
    made = of(walked([(0, 0), (2000, 0)]), walked([(2000, 0), (0, 0)], begin=1_790_010_000))
    made = made.apply(added(camera("one", 0, 0), camera("two", 5, 5)))
    told: list[float] = []
    review_coverage(made, index, lambda done, total: told.append(done / total if total else 0.0))
    assert told == sorted(told)
    assert told[-1] == 1
