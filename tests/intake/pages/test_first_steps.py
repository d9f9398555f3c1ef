"""From an empty house to a municipality that works: every step says whether it was taken."""

import re

import pytest
from django.test import Client

from coordination.identity import accounts
from coordination.testing.page_rules import assert_good_page

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
STEPS = "/intake/first-steps"


@pytest.fixture
def empty_house():
    from intake.commands.basis import load_programme

    load_programme()


@pytest.fixture
def desk(empty_house) -> Client:
    """The first administrator, by the link that the first start prints."""
    client = Client()
    given = {"name": "Beheer", "email": "beheer@gemeente.example", "password": "paard paard paard"}
    assert client.post(accounts.admin_link(), given).status_code == 302
    return client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} in the page"
    return found[1]


def add_municipality(desk: Client, **changed: str):
    page = desk.get("/intake/municipalities/new").content.decode()
    given = {
        "municipality_id": hidden(page, "municipality_id"),
        "code": "0363",
        "name": "Waterstad",
        "kind": "municipality",
        "zone": "Europe/Amsterdam",
        "number_prefix": "wtr",
        "theme": "blue",
    }
    return desk.post("/intake/municipalities/new", given | changed)


def taken(page: str) -> int:
    return page.count("Gedaan")


def test_the_whole_way_from_empty_to_an_officer_who_uploads(desk, house):
    page = desk.get(STEPS)
    assert_good_page(page)
    assert taken(page.content.decode()) == 0
    assert add_municipality(desk)["Location"] == f"{STEPS}?municipality=0363"
    page = desk.get(STEPS).content.decode()
    assert taken(page) == 1 and "WTR-001" in page

    form = desk.get("/intake/municipalities/0363/allocations/new")
    assert_good_page(form)
    given = {
        "allocation_id": hidden(form.content.decode(), "allocation_id"),
        "component": "pupils",
        "amount": "€ 1.234.567,89",
        "granted_on": "1-7-2021",
        "pupils": "10453",
    }
    for _ in range(2):
        answer = desk.post("/intake/municipalities/0363/allocations/new", given)
        assert answer["Location"] == f"{STEPS}?municipality=0363"
    page = desk.get(STEPS).content.decode()
    assert taken(page) == 2 and "€\u00a01.234.567,89" in page

    page = desk.get("/accounts/new?role=policy_officer&organisation=municipality:0363").content.decode()
    assert '<option value="policy_officer" selected>' in page
    assert '<option value="municipality:0363" selected>Waterstad</option>' in page
    invited = desk.post(
        "/accounts/new",
        {
            "account_id": hidden(page, "account_id"),
            "name": "Noor",
            "email": "noor@waterstad.example",
            "role": "policy_officer",
            "organisation": "municipality:0363",
        },
    )
    path = re.search(r"/welkom/[\w-]+", invited.content.decode())[0]
    assert taken(desk.get(STEPS).content.decode()) == 3

    from coordination.testing import actors
    from matching.commands.register import register_school

    register_school(
        actor=actors.administrator(), code="12AB", name="De Kade", municipality="0363", school_types=["basisschool"]
    )
    house.deliver()
    page = desk.get(STEPS).content.decode()
    assert taken(page) == 4 and "1 school staat in het register." in page

    officer = Client()
    assert officer.post(path, {"password": "paard paard paard"})["Location"] == "/"
    assert officer.get("/")["Location"] == "/intake/activities"
    assert officer.get(path).status_code == 404
    assert officer.get("/intake/uploads").status_code == 200
    assert officer.get(STEPS).status_code == 403

    house.deliver()
    assert desk.get("/reporting/council/0363").status_code == 200


def test_a_municipality_nobody_knows_is_not_found(desk):
    add_municipality(desk)
    assert desk.get(f"{STEPS}?municipality=9999").status_code == 404


def test_the_first_that_is_not_ready_is_shown_and_others_can_be_chosen(desk):
    add_municipality(desk)
    add_municipality(desk, code="0344", name="Domstad", number_prefix="DOM")
    page = desk.get(f"{STEPS}?municipality=0363")
    assert_good_page(page)
    assert "Eerste stappen van Waterstad" in page.content.decode()
    assert 'href="?municipality=0344"' in page.content.decode()


def test_who_is_not_signed_in_signs_in_first(client):
    assert client.get(STEPS)["Location"].startswith("/inloggen")
