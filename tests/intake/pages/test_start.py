"""The first page: what it is for who is not known, the main page of each role, and the house for its administrator."""

import pytest
from django.test import Client

from coordination.contracts.clock import recorded_now
from coordination.contracts.identifiers import new_id
from coordination.identity import accounts
from coordination.testing.page_rules import assert_good_page
from coordination.testing.people import browser_of

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def signed_in(*roles: tuple[str, str, str]) -> Client:
    account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
    for role, kind, key in roles:
        accounts.add_membership(account=account, role=role, kind=kind, key=key, name=key)
    return browser_of(account)


def administrator() -> Client:
    return signed_in(("administrator", "house", "house"))


def test_who_is_not_known_reads_what_it_is_and_can_sign_in(client):
    answer = client.get("/")
    assert_good_page(answer)
    assert 'href="/inloggen"' in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "kind", "key", "target"),
    [
        ("policy_officer", "municipality", "9901", "/intake/activities"),
        ("budget_holder", "municipality", "9901", "/intake/activities"),
        ("council_member", "municipality", "9901", "/reporting/"),
        ("school_coordinator", "school", "0192f000-0000-7000-8003-000000000001", "/matching/"),
        ("partner", "partner", "0192f000-0000-7000-8004-000000000001", "/matching/"),
    ],
)
def test_a_role_goes_to_its_main_page(role, kind, key, target):
    assert signed_in((role, kind, key)).get("/")["Location"] == target


def test_without_a_role_only_the_profile_is_left():
    assert signed_in().get("/")["Location"] == "/profiel"


def test_the_administrator_of_an_empty_house_begins_with_the_first_steps():
    assert administrator().get("/")["Location"] == "/intake/first-steps"


def test_the_administrator_sees_every_municipality_with_its_figures(phased):
    phased()
    answer = administrator().get("/")
    assert_good_page(answer)
    page = answer.content.decode()
    assert "Alles werkt" in page
    for name in ("Merenstad", "Dijkermond", "Heidehoek", "Sint Columba"):
        assert name in page
    for figure in ("3.482.473,00", "118.750,00", "3.363.723,00"):
        assert figure in page
    assert 'href="/intake/activities?municipality=9901"' in page
    assert 'href="/reporting/council/9904"' in page


def test_more_planned_than_received_is_said_in_words(register):
    register(total_cents=400_000_000)
    assert "meer gepland dan toegekend" in administrator().get("/").content.decode()


def test_a_message_that_is_stuck_is_in_the_heading(basis):
    from reporting.models import DeadLetter

    DeadLetter.objects.create(
        id=new_id(), topic="t", subject="s", sequence=1, type="x", message="{}", cause="fault", parked_at=recorded_now()
    )
    page = administrator().get("/").content.decode()
    assert "Alles werkt, op 1 bericht na" in page
    assert "1 bericht vast" in page


def test_of_services_in_other_processes_it_says_only_where_they_tell_of_themselves(phased, settings):
    phased()
    settings.SERVICES = ["intake"]
    answer = administrator().get("/")
    assert_good_page(answer)
    page = answer.content.decode()
    assert "Intake werkt" in page and "Alles werkt" not in page
    for service in ("matching", "reporting"):
        assert f'href="/{service}/-/messages"' in page
    settings.VIERSPAN_MENU = []
    alone = administrator().get("/").content.decode()
    assert "/matching/-/messages" not in alone


def test_the_start_is_for_looking_only(client):
    assert client.post("/").status_code == 405
