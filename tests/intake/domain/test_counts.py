"""Small counts of people are hidden outside the own organisation; unknown is a word and nobody is 0."""

import pytest

from intake.domain.counts import count_in_words


@pytest.mark.parametrize(
    ("count", "own", "outside"),
    [
        (None, "onbekend", "onbekend"),
        (0, "0", "0"),
        (1, "1", "minder dan 5"),
        (4, "4", "minder dan 5"),
        (5, "5", "5"),
    ],
)
def test_a_count_in_words(count, own, outside) -> None:
    assert count_in_words(count, own=True) == own
    assert count_in_words(count, own=False) == outside
