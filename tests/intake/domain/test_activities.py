import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.activities import next_number
from intake.domain.amounts import MOST_CENTS, amount_problems
from intake.domain.texts import cleaned, text_problems


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ([], "MRS-001"),
        (["MRS-013", "MRS-002"], "MRS-014"),
        (["mrs-7", "DKM-040", "MRS-oud"], "MRS-008"),
        (["MRS-999"], "MRS-1000"),
    ],
)
def test_the_next_number_follows_the_highest(numbers, wanted) -> None:
    assert next_number("MRS", numbers) == wanted


@pytest.mark.parametrize(
    ("cents", "code"),
    [
        (None, "required"),
        (1.5, "amount-invalid"),
        ("5", "amount-invalid"),
        (True, "amount-invalid"),
        (MOST_CENTS + 1, "amount-too-large"),
        (-MOST_CENTS - 1, "amount-too-large"),
        (-1, "amount-negative"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_said(cents, code) -> None:
    assert [one.code for one in amount_problems("totalCents", cents, least=0)] == [code]


@given(st.integers(0, MOST_CENTS))
def test_every_amount_within_the_limit_is_taken(cents) -> None:
    assert amount_problems("totalCents", cents, least=0) == []


@pytest.mark.parametrize("text", ["مدرسة", "Huiswerk 🎒", "\u202eomgekeerd", "Ouder\u2019s", "één-op-één"])
def test_any_script_and_emoji_are_text(text) -> None:
    assert text_problems("title", "De titel", text, most=120, required=True) == []


@pytest.mark.parametrize("text", ["a\0b", "bel\x07", "half\ud800"])
def test_what_no_screen_can_carry_is_refused(text) -> None:
    assert [one.code for one in text_problems("title", "De titel", text, most=120)] == ["text-control-character"]


@given(st.text())
def test_cleaning_is_final(text) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
