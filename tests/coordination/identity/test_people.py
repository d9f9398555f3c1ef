"""The administrator invites people, gives and takes roles, closes accounts; nobody else does."""

import re

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.identity import accounts
from coordination.identity.models import Account
from coordination.identity.organisations import Organisation

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.identity.addresses"),
]
MERENSTAD = Organisation(kind="municipality", key="9901", name="Merenstad")
SCHOOL = Organisation(kind="school", key="0192f000-0000-7000-8003-000000000001", name="De Kade", place="Merenstad")
BACKEND = "coordination.identity.backends.Accounts"


def known() -> list[Organisation]:
    """What a service would tell."""
    return [MERENSTAD, SCHOOL]


@pytest.fixture
def administrator(settings) -> Account:
    settings.VIERSPAN_ORGANISATIONS = f"{__name__}.known"
    made = accounts.create_account(email="beheer@vierspan.example", name="Beheer", password="paard paard paard")
    accounts.add_membership(account=made, role="administrator", kind="house", key="house", name="Vierspan")
    return made


@pytest.fixture
def desk(client, administrator) -> Client:
    client.force_login(administrator, backend=BACKEND)
    return client


def invitation(**changed: str) -> dict[str, str]:
    given = {
        "account_id": str(new_id()),
        "name": "Sam Nieuw",
        "email": "sam@merenstad.example",
        "role": "policy_officer",
        "organisation": "municipality:9901",
    }
    return given | changed


def link_in(answer) -> str:
    found = re.search(r"http://testserver(/welkom/[\w-]+)", answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_an_invited_person_chooses_a_password_and_has_the_role(desk):
    answer = desk.post("/accounts/new", invitation())
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")
    path = link_in(answer)
    guest = Client()
    assert guest.post(path, {"password": "paard paard paard"}).status_code == 302
    assert guest.get(path).status_code == 404
    profile = guest.get("/profiel").content.decode()
    assert "beleidsmedewerker" in profile.lower() and "Merenstad" in profile
    page = desk.get("/accounts").content.decode()
    assert (
        page.index("Beheer van het huis") < page.index('id="soort-2">Gemeenten') < page.index("sam@merenstad.example")
    )


def test_sending_the_invitation_twice_is_one_account_and_the_last_link_works(desk):
    given = invitation()
    first, second = (link_in(desk.post("/accounts/new", given)) for _ in range(2))
    assert Account.objects.filter(email="sam@merenstad.example").count() == 1
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Vul een naam in."),
        ({"name": "a" * 121}, "Kort de naam in tot 120 tekens."),
        ({"email": "geen adres"}, "Vul een e-mailadres in zoals"),
        ({"email": "beheer@vierspan.example"}, "Er is al een account met het adres"),
        ({"role": "koning"}, "Kies een rol uit de lijst."),
        ({"role": ""}, "Kies een rol."),
        ({"organisation": "municipality:9999"}, "Deze organisatie kennen we niet."),
        ({"organisation": f"school:{SCHOOL.key}"}, "Deze rol hoort bij een gemeente."),
        ({"role": "school_coordinator"}, "Deze rol hoort bij een school."),
        ({"role": "administrator"}, "Een functioneel beheerder hoort bij het huis."),
        ({"account_id": "x"}, "Dit formulier is verlopen."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(desk, changed, sentence):
    given = invitation(**changed)
    answer = desk.post("/accounts/new", given)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    if "email" not in changed:
        assert 'value="sam@merenstad.example"' in page
    assert not Account.objects.filter(email="sam@merenstad.example").exists()


def test_the_id_of_somebody_elses_account_takes_nothing_over(desk, account, password):
    answer = desk.post("/accounts/new", invitation(account_id=str(account.id), email=account.email))
    assert answer.status_code == 400
    account.refresh_from_db()
    assert account.check_password(password)
    assert account.name == "Noor de Beleidsmaker"


def test_roles_are_given_and_taken(desk, account):
    address = f"/accounts/{account.id}"
    given = {"role": "school_coordinator", "organisation": SCHOOL.value}
    for _ in range(2):
        assert desk.post(f"{address}/roles", given)["Location"] == address
    assert account.memberships.filter(kind="school", key=SCHOOL.key, name="De Kade").count() == 1
    assert "De Kade" in desk.get(address).content.decode()
    number = account.memberships.get(role="school_coordinator").pk
    for _ in range(2):
        assert desk.post(f"{address}/roles", {"take": str(number)}).status_code == 302
    assert not account.memberships.filter(role="school_coordinator").exists()
    wrong = desk.post(f"{address}/roles", {"role": "partner", "organisation": MERENSTAD.value})
    assert wrong.status_code == 400
    assert "Deze rol hoort bij een partner." in wrong.content.decode()


def test_a_closed_account_is_out_at_once_and_comes_back_with_its_roles(desk, account, password):
    guest = Client()
    guest.force_login(account, backend=BACKEND)
    waiting = accounts.invitation_link(account)
    assert desk.post(f"/accounts/{account.id}/closing").status_code == 302
    assert guest.get("/besloten").status_code == 302
    assert Client().get(waiting).status_code == 404
    assert desk.post(f"/accounts/{account.id}/link").status_code == 409
    assert desk.post(f"/accounts/{account.id}/closing", {"open": "1"}).status_code == 302
    answer = Client().post("/inloggen", {"email": account.email, "password": password})
    assert answer.status_code == 302
    assert account.memberships.count() == 2


def test_a_fresh_link_lets_somebody_choose_another_password(desk, account, password):
    path = link_in(desk.post(f"/accounts/{account.id}/link"))
    assert Client().post("/inloggen", {"email": account.email, "password": password}).status_code == 302
    assert Client().post(path, {"password": "een heel ander wachtwoord"}).status_code == 302
    assert Client().post("/inloggen", {"email": account.email, "password": password}).status_code == 400


def test_the_house_keeps_an_administrator(desk, administrator):
    own = administrator.memberships.get()
    assert desk.post(f"/accounts/{administrator.id}/roles", {"take": str(own.pk)}).status_code == 409
    assert desk.post(f"/accounts/{administrator.id}/closing").status_code == 409
    administrator.refresh_from_db()
    assert administrator.is_active and administrator.memberships.count() == 1


def test_searching_finds_by_name_address_and_organisation(desk, account):
    for wanted in ("noor", "BELEID@", "dijkermond"):
        page = desk.get("/accounts", {"q": wanted}).content.decode()
        assert "Noor de Beleidsmaker" in page
        assert "beheer@vierspan.example" not in page
    assert "Er is geen account met" in desk.get("/accounts", {"q": "<b>niemand"}).content.decode()


def test_only_the_administrator_comes_here(client, account, administrator):
    target = f"/accounts/{administrator.id}"
    assert client.get("/accounts")["Location"].startswith("/inloggen")
    client.force_login(account, backend=BACKEND)
    for path in ("/accounts", "/accounts/new", target, f"/accounts/{new_id()}"):
        assert client.get(path).status_code == 403, path
    for path in ("/accounts/new", f"{target}/roles", f"{target}/link", f"{target}/closing"):
        assert client.post(path, invitation()).status_code == 403, path
    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_account_that_does_not_exist_is_not_found(desk):
    assert desk.get(f"/accounts/{new_id()}").status_code == 404
    assert desk.post(f"/accounts/{new_id()}/closing").status_code == 404
