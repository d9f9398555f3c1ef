"""What people type in a form of intake, and what it is taken for."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from intake.pages.fields import DutchDateField, MoneyField, typed_amount


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("€ 1.234", 123400),
        ("1234.56", 123456),
        ("1.234", 123400),
        ("5 000", 500000),
        ("5.000,-", 500000),
        ("0", 0),
        ("", None),
        (" ", None),
        ("onbekend", None),
    ],
)
def test_an_amount_is_read_as_it_is_written_here(typed, cents) -> None:
    assert MoneyField(required=False).clean(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("veel", "unreadable"),
        ("1e9", "unreadable"),
        ("=1+1", "unreadable"),
        ("$ 5", "not_euro"),
        ("-", "unclear"),
        ("n.v.t.", "unclear"),
        ("1,234", "thousands"),
        ("0,1234", "cents"),
        ("-5", "amount-negative"),
        ("99999999999999", "amount-too-large"),
        ("9" * 5000, "unreadable"),
    ],
)
def test_any_other_amount_is_refused_with_what_to_do(typed, code) -> None:
    with pytest.raises(ValidationError) as caught:
        MoneyField().clean(typed)
    assert caught.value.code == code and str(caught.value.message).endswith((".", "?"))


def test_a_correction_may_be_negative_and_an_entry_not_zero() -> None:
    assert MoneyField(least=None).clean("- 5,00") == -500
    with pytest.raises(ValidationError):
        MoneyField(least=1).clean("0")


@pytest.mark.parametrize("cents", [None, 0, 5, -5, 123456, -123456789])
def test_what_stands_in_the_field_is_read_back_as_the_same(cents) -> None:
    assert MoneyField(required=False, least=None).clean(typed_amount(cents)) == cents


@pytest.mark.parametrize("typed", ["31-12-2024", "31/12/24", "2024-12-31", "31 december 2024", "31.12.2024"])
def test_a_date_is_read_in_any_dutch_notation(typed) -> None:
    assert DutchDateField().clean(typed) == date(2024, 12, 31)


@pytest.mark.parametrize("typed", ["", "31-2-2024", "45000", "morgen", "\x00", "1" * 500])
def test_what_is_no_date_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        DutchDateField().clean(typed)
