"""Where a text is cut into the windows that the reader network sees."""

from __future__ import annotations

import pytest

from sayso.neural.weights_files import shared_subwords
from sayso.reading.windows import iter_windows


def first_words(text: str, most: int) -> list[str]:
    windows = list(iter_windows(text, shared_subwords(), most))
    return [text[window.words[0][0] : window.words[0][1]] for window in windows]


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("The old quay was shut on Monday. The harbour office of Tarvia sent Mr. Odo D. Lenk to it.", ["The", "The"]),
        ("Старый причал закрыли в понедельник. Портовая служба Тарвии прислала на ул. Якорную гр. Ленка.", ["Старый", "Портовая"]),
        ("The quay was shut on Monday, by NBC. The harbour office of Tarvia sent its master to it.", ["The", "The"]),
    ],
)  # fmt: skip
def test_a_window_ends_with_a_sentence_not_behind_a_title_or_an_initial(text: str, opening: list[str]) -> None:
    assert first_words(text, 24) == opening
