"""Dividing on a page: nothing is added, more than there is cannot, and what was divided can be taken back."""

import pytest
from django.contrib.messages import get_messages

from coordination.testing import actors
from intake.queries.activities import row

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
N = "\u00a0"


def realised(activity) -> dict:
    return {
        year: figures.realised
        for year, figures in row(actor=actors.officer(), activity_id=activity.id).picture.by_year.items()
    }


def test_parts_get_their_year_and_the_total_stays(officer, phased) -> None:
    activity = phased()
    answer = officer.fill(activity, "/divide", part_0="10.000,01", part_2="20.000,00")
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        f"Er is €{N}30.000,01 verdeeld over de schooljaren."
    ]
    assert realised(activity) == {
        "2021-2022": 10_000_01,
        "2022-2023": None,
        "2023-2024": 20_000_00,
        "2024-2025": None,
        None: 41_479_99,
    }
    page = officer.read(activity)
    assert f"M. Yilmaz verdeelde €{N}30.000,01 over de schooljaren." in page
    assert f"2023-2024: + €{N}20.000,00." in page
    assert f"al verdeeld: €{N}10.000,01" in officer.read(activity, "/divide")


def test_what_was_divided_can_be_taken_back(officer, phased) -> None:
    activity = phased()
    officer.fill(activity, "/divide", part_0="100")
    officer.fill(activity, "/divide", part_0="-40,00")
    assert realised(activity)["2021-2022"] == 60_00 and sum(filter(None, realised(activity).values())) == 71_480_00


def test_the_form_adds_up_while_one_types(officer, phased) -> None:
    page = officer.read(phased(), "/divide")
    assert 'data-addup-total="7148000"' in page and page.count("data-addup-part") == 4
    assert f"Nog €{N}71.480,00 te verdelen" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Vul bij ten minste een schooljaar een bedrag in."),
        ({"part_0": "71.480,01"}, f"U verdeelt €{N}71.480,01, er is €{N}71.480,00 te verdelen."),
        ({"part_1": "-1"}, f"In 2022-2023 is maar €{N}0,00 verdeeld om terug te halen."),
        ({"part_1": "tien"}, "We kunnen dit bedrag niet lezen. Schrijf het zoals 1.234,56."),
    ],
)
def test_what_is_wrong_is_said_and_kept(officer, phased, problems, typed, message) -> None:
    answer = officer.fill(phased(), "/divide", **typed)
    problems(answer)
    assert message in answer.content.decode()
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values())


def test_twice_is_once(officer, phased) -> None:
    activity = phased()
    form = officer.form(activity, "/divide") | {"part_0": "100"}
    assert [officer.send(activity, "/divide", form).status_code for _ in range(2)] == [302, 302]
    assert realised(activity)["2021-2022"] == 100_00


def test_without_an_amount_there_is_nothing_to_divide(officer, register) -> None:
    answer = officer.open(register(), "/divide")
    assert (
        answer.status_code == 409 and "Er is geen bedrag tot een peildatum om te verdelen." in answer.content.decode()
    )
