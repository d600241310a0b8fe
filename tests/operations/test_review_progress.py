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


def test_a_review_after_another_is_the_same_as_one_made_afresh(tmp_path: Path) -> None:
    index = town(tmp_path, ([(0, 0), (2000, 0)], street("Long Lane")))
    bare = of(walked([(0, 0), (1000, 0)]))
    first = review_coverage(bare, index)
    marked = bare.apply(added(camera("one", 0, 0)))
    walked_on = marked.apply(added(walked([(1000, 0), (2000, 0)], begin=1_790_010_000)))
    for now in (marked, walked_on):
        again, afresh = review_coverage(now, index, before=first), review_coverage(now, index)
        assert again.walked == afresh.walked
        assert again.filmed.filmed_m == afresh.filmed.filmed_m
        first = again
    assert first.walked.walked_m > 1900
