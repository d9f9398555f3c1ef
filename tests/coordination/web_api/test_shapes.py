"""What goes in: camelCase, strict amounts, school years, text of any script; all faults at once, by place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError
from tests.coordination.web_api.addresses import PlanShape

from coordination.web.api.names import camel, snake
from coordination.web.api.serializers import AMOUNT_LIMIT, DayField, IdField, TextField, YesNoField

BASE = {"title": "Zomerschool", "totalCents": 100}


def errors_of(body: dict) -> dict[str, list]:
    shape = PlanShape(data=body)
    assert not shape.is_valid()
    return shape.errors


def codes(body: dict, field: str) -> list[str]:
    return [one.code for one in errors_of(body)[field]]


def test_camel_case_becomes_snake_case_and_back():
    shape = PlanShape(
        data=BASE | {"startsOn": "2021-07-01", "phasing": [{"schoolYear": "2021-2022", "plannedCents": None}]}
    )
    assert shape.is_valid(), shape.errors
    assert shape.validated_data["total_cents"] == 100
    assert shape.validated_data["phasing"] == [{"school_year": "2021-2022", "planned_cents": None}]
    assert PlanShape({"id": None, "title": "x", "total_cents": 3}).data["totalCents"] == 3


@given(st.from_regex(r"[a-z]+(_[a-z]+){0,3}", fullmatch=True))
def test_names_go_out_and_come_back(name):
    assert snake(camel(name)) == name


@given(st.integers(-AMOUNT_LIMIT, AMOUNT_LIMIT))
def test_every_amount_within_reason_is_kept_as_it_is(cents):
    shape = PlanShape(data=BASE | {"totalCents": cents})
    assert shape.is_valid() and shape.validated_data["total_cents"] == cents


@pytest.mark.parametrize("given_value", [1.0, 12.5, "100", "", True, False, [], {}, [1]])
def test_an_amount_is_a_whole_number_and_nothing_like_it(given_value):
    assert codes(BASE | {"totalCents": given_value}, "totalCents") == ["invalid"]


@pytest.mark.parametrize("cents", [AMOUNT_LIMIT + 1, -AMOUNT_LIMIT - 1, 10**30])
def test_an_absurd_amount_is_refused(cents):
    assert codes(BASE | {"totalCents": cents}, "totalCents")[0] in ("too-large", "too-small")


@pytest.mark.parametrize("pupils", [-1, 2**31, 2.5, "12", True])
def test_a_count_is_a_whole_number_from_nought(pupils):
    assert errors_of(BASE | {"pupils": pupils})["pupils"]


def test_unknown_is_null_where_that_may_be():
    shape = PlanShape(data=BASE | {"pupils": None})
    assert shape.is_valid() and shape.validated_data["pupils"] is None
    assert codes(BASE | {"totalCents": None}, "totalCents") == ["null"]


@pytest.mark.parametrize("year", ["2021", "2021-2023", "2021/2022", "2021-22", "", "２０２１-２０２２x", 2021])
def test_a_school_year_has_one_form(year):
    assert errors_of(BASE | {"phasing": [{"schoolYear": year, "plannedCents": 1}]})["phasing"][0]["schoolYear"]


@pytest.mark.parametrize("title", ["زيارة المدرسة", "\u202eomgekeerd", "😀 feest", "Kollège\nmet regels", "<b>vet</b>"])
def test_text_of_any_script_is_kept(title):
    shape = PlanShape(data=BASE | {"title": title})
    assert shape.is_valid() and shape.validated_data["title"] == title


@pytest.mark.parametrize("title", ["a\x00b", "a\x07b", "", 3, ["x"], None])
def test_what_is_no_text_is_refused(title):
    assert errors_of(BASE | {"title": title})["title"]


def test_what_is_not_known_is_named_and_nothing_passes_silently():
    errors = errors_of(BASE | {"total_cents": 3, "id": "x", "bedrag": 3})
    assert {name: [one.code for one in found] for name, found in errors.items()} == {
        "total_cents": ["unknown-field"],
        "id": ["unknown-field"],
        "bedrag": ["unknown-field"],
    }


def test_what_the_whole_refuses_has_its_outside_name():
    assert list(errors_of(BASE | {"startsOn": "2022-01-01", "endsOn": "2021-01-01"})) == ["endsOn"]


@pytest.mark.parametrize("day", ["2021-02-30", "1 juli 2021", "2021-07-01T00:00:00Z", 20210701, "", "99999-01-01"])
def test_a_date_is_a_date(day):
    assert errors_of(BASE | {"startsOn": day})["startsOn"]


@pytest.mark.parametrize(
    ("field", "strange", "sentence"),
    [
        (IdField(), 5, "Geef een id, zoals 0192f000-0000-7000-8000-000000000001."),
        (IdField(), "90AA", "Geef een id, zoals 0192f000-0000-7000-8000-000000000001."),
        (DayField(), "14-01-2025", "Schrijf de datum als 2025-01-14."),
        (DayField(), 20250114, "Schrijf de datum als 2025-01-14."),
        (YesNoField(), "yes", "Geef true of false."),
        (YesNoField(), 1, "Geef true of false."),
        (TextField(), 5, "Geef hier tekst, tussen aanhalingstekens."),
        (TextField(), ["tekst"], "Geef hier tekst, tussen aanhalingstekens."),
    ],
)
def test_a_value_of_another_kind_is_refused_in_dutch(field, strange, sentence):
    with pytest.raises(ValidationError) as fault:
        field.run_validation(strange)
    assert fault.value.detail == [sentence]


def test_a_value_of_the_right_kind_is_taken():
    key = "0192f000-0000-7000-8000-000000000001"
    assert str(IdField().run_validation(key)) == key
    assert DayField().run_validation("2025-01-14").isoformat() == "2025-01-14"
    assert YesNoField().run_validation(False) is False
