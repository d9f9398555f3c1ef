"""Transferring on a page: the budget holder sees what it does to both totals, and the sum stays to the cent."""

import pytest
from django.contrib.messages import get_messages

from coordination.testing import actors
from coordination.testing.page_rules import assert_good_fragment, assert_good_page
from intake.models import Activity
from intake.queries.activities import row
from intake.queries.allocations import summary

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
N = "\u00a0"


@pytest.fixture
def pair(phased):
    """Two activities of one municipality."""
    return phased(), phased(title="Jongerenwerk in de school")


def filled(there, **typed) -> dict:
    return {
        "from_year": "2024-2025",
        "to_activity": str(there.id),
        "to_year": "2023-2024",
        "amount": "1.000,01",
        "reason": "low_demand",
    } | typed


def test_money_moves_and_the_sum_stays(keeper, pair) -> None:
    here, there = pair
    answer = keeper.fill(here, "/transfer", **filled(there, decision="B&W 2025/3"))
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        f"Er is €{N}1.000,01 overgeheveld naar MRS-002 Jongerenwerk in de school."
    ]
    given, taken = (row(actor=actors.officer(), activity_id=one.id) for one in pair)
    assert given.figures("2024-2025").planned == 18_999_99 and given.activity.total_cents == 117_749_99
    assert taken.figures("2023-2024").planned == 36_000_01 and taken.activity.total_cents == 119_750_01
    assert summary(actor=actors.officer(), municipality="9901").planned == 237_500_00
    for activity in pair:
        sentence = f"B. Houder hevelde €{N}1.000,01 over van MRS-001 Voorleesmaatjes aan huis naar MRS-002 Jongerenwerk"
        assert sentence in keeper.read(activity)


def test_it_shows_first_what_it_does_to_both_totals(keeper, pair) -> None:
    here, there = pair
    query = "&".join(f"{name}={value}" for name, value in filled(there, reason="").items())
    fragment = keeper.open(here, f"/transfer?fragment=effect&{query}")
    assert_good_fragment(fragment)
    looked = keeper.send(here, "/transfer", filled(there, reason="", look="1"))
    assert_good_page(looked)
    for page in (fragment.content.decode(), looked.content.decode()):
        assert "117.749,99" in page and "119.750,01" in page and "237.500,00" in page
        assert "18.999,99" in page and "36.000,01" in page
    assert "data-error-summary" not in looked.content.decode() and 'value="1.000,01"' in looked.content.decode()
    assert Activity.objects.get(id=here.id).total_cents == 118_750_00
    assert "Kies een activiteit" in keeper.open(here, "/transfer?fragment=effect&amount=x").content.decode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"amount": "20.000,01"}, f"Er is in 2024-2025 €{N}20.000,00 gepland. Meer kunt u niet overhevelen."),
        ({"amount": "0"}, "Het bedrag mag geen 0 zijn. Vul een bedrag boven 0 in."),
        ({"reason": ""}, "Kies een reden uit de lijst."),
        ({"to_activity": ""}, "Kies naar welke activiteit het geld gaat."),
        ({"to_year": "undivided"}, "Deze fasering ligt vast. Kies in welk schooljaar het bedrag komt."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(keeper, pair, problems, typed, message) -> None:
    here, there = pair
    assert message in problems(keeper.fill(here, "/transfer", **filled(there, **typed)))
    assert Activity.objects.get(id=here.id).total_cents == 118_750_00


def test_only_activities_of_the_same_municipality_can_be_chosen(keeper, pair, phased) -> None:
    here, _ = pair
    elsewhere = phased(municipality="9902", title="Geheim van Dijkermond")
    assert "Geheim van Dijkermond" not in keeper.read(here, "/transfer")
    assert keeper.fill(here, "/transfer", **filled(elsewhere)).status_code == 400
    assert keeper.open(elsewhere, "/transfer").status_code == 404


def test_a_policy_officer_may_not(officer, pair) -> None:
    here, there = pair
    assert officer.open(here, "/transfer").status_code == 403
    assert officer.send(here, "/transfer", filled(there, look="1")).status_code == 403
    answer = officer.send(here, "/transfer", filled(there))
    assert (
        answer.status_code == 403
        and "Alleen de budgethouder van deze gemeente mag dit doen." in answer.content.decode()
    )


def test_twice_is_once(keeper, pair) -> None:
    here, there = pair
    form = keeper.form(here, "/transfer") | filled(there)
    assert [keeper.send(here, "/transfer", form).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.get(id=here.id).total_cents == 117_749_99
