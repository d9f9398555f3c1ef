"""Whole cents: added without making nothing of the unknown, split without losing one, written the Dutch way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.money import amount_in_column, amount_in_sentence, known_sum, share_in_words, split

CENTS = st.integers(-(10**13), 10**13)
WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(CENTS, WEIGHTS)
def test_parts_add_up_and_none_is_a_cent_off_its_share(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )
    assert split(-total, weights) == [-part for part in parts]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (101, [17, 32, 27, 25], [17, 32, 27, 25]),
        (5, [0, 1], [0, 5]),
        (0, [3, 4], [0, 0]),
    ],
)
def test_leftover_cents_go_to_the_largest_remainders_and_a_tie_to_the_earlier(total, weights, parts) -> None:
    assert split(total, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_cannot_be_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        split(100, weights)


@given(st.lists(st.none() | CENTS))
def test_a_sum_is_of_what_is_known_and_unknown_only_without_any(amounts: list[int | None]) -> None:
    known = [one for one in amounts if one is not None]
    assert known_sum(amounts) == (sum(known) if known else None)


@given(CENTS)
def test_an_amount_can_be_read_back_from_what_is_written(cents: int) -> None:
    text = amount_in_column(cents)
    plain = text.replace("\u2212\u00a0", "-").replace(".", "").replace(",", "")
    assert int(plain) == cents
    euros = text.split(",")[0].replace("\u2212\u00a0", "")
    first, *groups = euros.split(".")
    assert 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    assert amount_in_sentence(cents).replace("€\u00a0", "") == text


@pytest.mark.parametrize(
    ("cents", "column", "sentence"),
    [
        (None, "onbekend", "onbekend"),
        (0, "0,00", "€\u00a00,00"),
        (123456, "1.234,56", "€\u00a01.234,56"),
        (-5, "\u2212\u00a00,05", "\u2212\u00a0€\u00a00,05"),
    ],
)
def test_amounts_as_people_read_them(cents, column, sentence) -> None:
    assert (amount_in_column(cents), amount_in_sentence(cents)) == (column, sentence)


@pytest.mark.parametrize(
    ("part", "base", "words"),
    [
        (814, 1000, "81,4%"),
        (1, 3, "33,3%"),
        (5, 10000, "0,1%"),
        (-1, 8, "\u221212,5%"),
        (None, 5, "onbekend"),
        (5, 0, "onbekend"),
        (5, None, "onbekend"),
    ],
)
def test_a_share_has_one_decimal_or_is_unknown(part, base, words) -> None:
    assert share_in_words(part, base) == words
