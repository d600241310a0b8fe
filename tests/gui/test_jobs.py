import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from camwalk.gui.jobs import JobBar, Jobs, UnexpectedError
from camwalk.model import CamwalkError, Report, message


class Diary:
    """What the callbacks of a job were told."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, object]] = []
        self.threads: set[int] = set()

    def _note(self, what: str, value: object) -> None:
        self.entries.append((what, value))
        self.threads.add(threading.get_ident())

    def done(self, value: object) -> None:
        self._note("done", value)

    def failed(self, error: CamwalkError) -> None:
        self._note("failed", error)

    def cancelled(self) -> None:
        self._note("cancelled", None)

    @property
    def words(self) -> list[str]:
        return [what for what, _ in self.entries]


class Gate:
    """Work that goes on only when a test says so, and tells when it has started and ended."""

    def __init__(self, reports: bool = True) -> None:
        self.started, self.open, self.ended = threading.Event(), threading.Event(), threading.Event()
        self._reports = reports

    def __call__(self, report: Report) -> str:
        self.started.set()
        try:
            assert self.open.wait(20)
            if self._reports:
                report(1, 2)
            return "result"
        finally:
            self.ended.set()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.shutdown()


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def start(jobs: Jobs, diary: Diary) -> Callable[..., object]:
    return lambda work, label="": jobs.start(work, diary.done, diary.failed, label, diary.cancelled)


def test_the_result_comes_to_the_gui_thread(qtbot: QtBot, jobs: Jobs, diary: Diary, start) -> None:
    worker: list[int] = []

    def work(report: Report) -> int:
        worker.append(threading.get_ident())
        return 42

    with qtbot.waitSignal(jobs.idle):
        start(work)
    assert diary.entries == [("done", 42)]
    assert diary.threads == {threading.get_ident()}
    assert worker[0] != threading.get_ident()
    assert jobs.running == ()


def test_an_expected_failure_arrives_as_it_was_raised(qtbot: QtBot, jobs: Jobs, diary: Diary, start) -> None:
    error = CamwalkError(message("{file} is empty.", file="a.jpg"))

    def work(report: Report) -> None:
        raise error

    with qtbot.waitSignal(jobs.idle):
        start(work)
    assert diary.entries == [("failed", error)]


def test_an_unexpected_failure_becomes_a_sentence_with_details_for_a_report(
    qtbot: QtBot, jobs: Jobs, diary: Diary, start
) -> None:
    with qtbot.waitSignal(jobs.idle):
        start(lambda _: 1 // 0)
    [(what, error)] = diary.entries
    assert what == "failed"
    assert isinstance(error, UnexpectedError)
    assert "ZeroDivisionError" in str(error.reason)
    assert "Traceback" in error.details


def test_a_cancelled_job_calls_nothing_but_cancelled(qtbot: QtBot, jobs: Jobs, diary: Diary, start) -> None:
    gate = Gate()
    job = start(gate)
    assert gate.started.wait(20)
    job.cancel()
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
    QApplication.processEvents()
    assert diary.words == ["cancelled"]


def test_cancelling_work_that_never_reports_drops_its_result(
    qtbot: QtBot, jobs: Jobs, diary: Diary, start
) -> None:
    gate = Gate(reports=False)
    job = start(gate)
    assert gate.started.wait(20)
    gate.open.set()
    assert gate.ended.wait(20)
    with qtbot.waitSignal(jobs.idle):
        job.cancel()  # the result is on its way
    assert diary.words == ["cancelled"]


def test_a_job_can_be_cancelled_before_its_turn(qtbot: QtBot, diary: Diary) -> None:
    jobs = Jobs(threads=1)
    gate, ran = Gate(), threading.Event()
    jobs.start(gate, diary.done, diary.failed)
    second = jobs.start(lambda _: ran.set(), diary.done, diary.failed, "", diary.cancelled)
    second.cancel()
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
    assert diary.words == ["done", "cancelled"]
    assert not ran.is_set()
    jobs.shutdown()


def test_many_reports_reach_the_window_only_now_and_then(
    qtbot: QtBot, jobs: Jobs, diary: Diary, start
) -> None:
    seen: list[tuple[int, int]] = []
    jobs.changed.connect(lambda: seen.extend((job.done, job.total) for job in jobs.running))

    def work(report: Report) -> float:
        for i in range(20_000):
            report(i, 20_000)
        return 0.0

    with qtbot.waitSignal(jobs.idle):
        start(work)
    assert len(seen) < 200
    assert seen == sorted(seen)


def test_after_shutdown_no_callback_comes_and_no_worker_is_left(
    qtbot: QtBot, jobs: Jobs, diary: Diary, start
) -> None:
    gates = [Gate(), Gate(), Gate()]
    for gate in gates:
        gate.open.set()
        start(gate)
    jobs.shutdown()
    QApplication.processEvents()
    assert diary.words == []
    assert all(gate.ended.is_set() == gate.started.is_set() for gate in gates)


def test_a_window_deleted_during_work_does_not_crash(qtbot: QtBot, diary: Diary) -> None:
    jobs, gate = Jobs(), Gate()
    jobs.start(gate, diary.done, diary.failed)
    assert gate.started.wait(20)
    gate.open.set()
    jobs.deleteLater()
    qtbot.waitSignal(jobs.destroyed).wait()
    QApplication.processEvents()
    assert gate.ended.is_set()
    assert diary.words == []


class Bar:
    """A job bar as a person sees it."""

    def __init__(self, jobs: Jobs, qtbot: QtBot) -> None:
        self.widget = JobBar(jobs)
        qtbot.addWidget(self.widget)

    @property
    def text(self) -> str:
        label = self.widget.findChild(QLabel)
        return label.text() if label and not self.widget.isHidden() else ""

    @property
    def progress(self) -> tuple[int, int]:
        bar = self.widget.findChild(QProgressBar)
        assert bar
        return bar.value(), bar.maximum()

    def cancel(self) -> None:
        button = self.widget.findChild(QToolButton)
        assert button
        button.click()


def test_the_bar_shows_what_goes_on_and_how_far_it_is(qtbot: QtBot, jobs: Jobs, start) -> None:
    bar = Bar(jobs, qtbot)
    assert bar.widget.isHidden()
    second, told = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        assert second.wait(20)
        report(214, 900)
        assert told.wait(20)

    start(work, "importing")
    assert bar.text == "importing"
    assert bar.progress[1] == 0
    second.set()
    qtbot.waitUntil(lambda: bar.text == "importing 24\xa0%")
    assert bar.progress == (214, 900)
    with qtbot.waitSignal(jobs.idle):
        told.set()
    assert bar.widget.isHidden()


def test_the_bar_cancels_and_says_so(qtbot: QtBot, jobs: Jobs, diary: Diary, start) -> None:
    bar, gate = Bar(jobs, qtbot), Gate()
    start(gate, "importing")
    assert gate.started.wait(20)
    bar.cancel()
    assert "stopping" in bar.text
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
    assert diary.words == ["cancelled"]
    assert bar.widget.isHidden()


def test_work_behind_the_scenes_does_not_show(qtbot: QtBot, jobs: Jobs, start) -> None:
    bar, gate = Bar(jobs, qtbot), Gate()
    start(gate)
    assert bar.widget.isHidden()
    with qtbot.waitSignal(jobs.idle):
        gate.open.set()
