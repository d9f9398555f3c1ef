"""Municipalities and their allocations on screen: bad input, double clicks, two at once, and who may not."""

import re

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.testing.page_rules import assert_good_page
from coordination.testing.people import account_of, browser_of

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
NEW = "/intake/municipalities/new"
MERENSTAD = "/intake/municipalities/9901"


def client_of(*who: str) -> Client:
    return browser_of(account_of(*who))


@pytest.fixture
def desk(basis) -> Client:
    return client_of("administrator", "house", "house")


def municipality(**changed: str) -> dict[str, str]:
    return {
        "municipality_id": str(new_id()),
        "code": "0363",
        "name": "Waterstad",
        "kind": "municipality",
        "zone": "Europe/Amsterdam",
        "number_prefix": "WTR",
        "theme": "petrol",
    } | changed


def allocation(**changed: str) -> dict[str, str]:
    given = {
        "allocation_id": str(new_id()),
        "component": "disadvantage",
        "amount": "1.000,50",
        "granted_on": "1-7-2021",
    }
    return given | changed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": ""}, "Vul de gemeentecode in."),
        ({"code": "36"}, "De gemeentecode heeft vier cijfers."),
        ({"code": "३६३१"}, "De gemeentecode heeft vier cijfers."),
        ({"code": "9901"}, "De code 9901 is al van Merenstad. Kies een andere code."),
        ({"name": " "}, "Vul de naam in."),
        ({"name": "a" * 101}, "De naam is te lang"),
        ({"number_prefix": "M/S"}, "alleen letters en cijfers"),
        ({"number_prefix": "ABCDEFGHIJK"}, "te lang"),
        ({"zone": "Mars/Olympus"}, "Kies er een uit de lijst."),
        ({"theme": "roze"}, "Kies er een uit de lijst."),
        ({"kind": "koninkrijk"}, "Kies er een uit de lijst."),
        ({"municipality_id": "x"}, "Dit formulier is verlopen."),
    ],
)
def test_a_municipality_that_cannot_be_gets_a_sentence(desk, changed, sentence):
    from intake.models import Municipality

    answer = desk.post(NEW, municipality(**changed))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "name" in changed or 'value="Waterstad"' in page
    assert Municipality.objects.count() == 4
    assert Municipality.objects.get(code="9901").name == "Merenstad"


def test_a_double_click_is_one_municipality(desk):
    from intake.models import Municipality

    given = municipality()
    assert [desk.post(NEW, given).status_code for _ in range(2)] == [302, 302]
    assert Municipality.objects.filter(code="0363").count() == 1


def test_data_change_and_the_others_hear_it(desk, house):
    from reporting.models import Municipality as Reported

    page = desk.get(MERENSTAD)
    assert_good_page(page)
    assert "€\u00a03.482.473,00" in page.content.decode()
    given = municipality(name="Meerstad", version="1")
    assert desk.post(MERENSTAD, given)["Location"] == MERENSTAD
    house.deliver()
    assert Reported.objects.get(code="9901").name == "Meerstad"


def test_two_who_change_it_at_once_see_both_versions_and_lose_nothing(desk):
    from intake.models import Municipality

    desk.post(MERENSTAD, municipality(name="Meerstad", version="1"))
    answer = desk.post(MERENSTAD, municipality(name="Merenburg", version="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Meerstad" in page and 'value="Merenburg"' in page
    assert Municipality.objects.get(code="9901").name == "Meerstad"
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert desk.post(MERENSTAD, municipality(name="Merenburg", version=version)).status_code == 302
    assert Municipality.objects.get(code="9901").name == "Merenburg"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"component": "goud"}, "Kies een onderdeel uit de lijst."),
        ({"amount": ""}, "Vul een bedrag in."),
        ({"amount": "veel"}, "We kunnen dit bedrag niet lezen."),
        ({"amount": "0"}, "Het bedrag mag geen 0 zijn."),
        ({"amount": "999999999999999"}, "te groot"),
        ({"granted_on": "31-2-2021"}, "Deze datum bestaat niet."),
        ({"granted_on": "1-7-1821"}, "1 januari 2000"),
        ({"granted_on": ""}, "Vul een datum in."),
        ({"pupils": "-3"}, "Vul 0 of meer in."),
        ({"pupils": "99999999999"}, "Dit aantal is te groot."),
        ({"pupils": "tien"}, "Vul een heel getal in"),
    ],
)
def test_an_allocation_that_cannot_be_gets_a_sentence(desk, changed, sentence):
    from intake.models import Allocation

    before = Allocation.objects.count()
    answer = desk.post(f"{MERENSTAD}/allocations/new", allocation(**changed))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Allocation.objects.count() == before


def test_an_adjustment_goes_down_as_well(desk):
    from coordination.testing import actors
    from intake.queries.allocations import summary

    desk.post(f"{MERENSTAD}/allocations/new", allocation(amount="-1.000,00"))
    assert summary(actor=actors.officer(), municipality="9901").allocated == 348_247_300 - 100_000
    assert "−\u00a01.000,00" in desk.get(MERENSTAD).content.decode()


def test_nobody_but_the_administrator(basis):
    officer = client_of("policy_officer")
    for path in (NEW, MERENSTAD, f"{MERENSTAD}/allocations/new", "/intake/municipalities/0000"):
        assert officer.get(path).status_code == 403, path
        assert officer.post(path, municipality() | allocation()).status_code == 403, path
        assert Client().get(path)["Location"].startswith("/inloggen")


def test_a_municipality_that_is_not_there(desk):
    for path in ("/intake/municipalities/0000", "/intake/municipalities/0000/allocations/new"):
        assert desk.get(path).status_code == 404
