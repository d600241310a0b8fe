import pytest
from pytestqt.qtbot import QtBot

from camwalk.gui.panel_parts import short, text_label


@pytest.mark.parametrize("words", ["x" * 5000, f"{'W' * 300} and more"])
def test_a_word_without_end_stretches_no_panel(words: str, qtbot: QtBot) -> None:
    label = text_label(words)
    qtbot.addWidget(label)
    label.resize(200, 40)
    assert label.width() == 200


def test_a_long_name_is_told_by_its_ends() -> None:
    assert short("Walksim WS Phone 26") == "Walksim WS Phone 26"
    told = short("A" * 3000 + "Z" * 3000)
    assert len(told) == 41
    assert (told[0], told[20], told[-1]) == ("A", "…", "Z")
