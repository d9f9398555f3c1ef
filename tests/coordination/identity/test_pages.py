"""Signing in and out, being locked out, coming back where one was, and the pages behind one-time links."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from coordination.identity import accounts

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.identity.addresses"),
]


def sign_in(client: Client, email: str, password: str, **more: str):
    return client.post("/inloggen", {"email": email, "password": password, **more})


def test_signing_in_whatever_the_capitals_of_the_address(client, account, password):
    answer = sign_in(client, "BELEID@merenstad.example", password)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/besloten").content.decode() == account.name


def test_nobody_is_signed_in_at_first(client):
    assert client.get("/").content == b"None"


def test_the_page_is_dutch_and_has_fields_with_labels(client):
    page = client.get("/inloggen").content.decode()
    assert '<html lang="nl"' in page
    assert 'for="id_email"' in page and 'for="id_password"' in page
    assert 'type="hidden" name="next"' in page


@pytest.mark.parametrize("email", ["beleid@merenstad.example", "niemand@merenstad.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, account, email):
    answer = sign_in(client, email, "niet dit wachtwoord")
    assert answer.status_code == 400
    assert "horen niet bij elkaar" in answer.content.decode()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("geen adres", "x"),
        ("a\x00@b.example", "x\x00y"),
        ("a" * 300 + "@b.example", "x"),
        ("😀@b.example", "x"),
    ],
)
def test_what_is_no_address_is_a_form_with_a_message(client, email, password):
    assert sign_in(client, email, password).status_code == 400


def test_a_closed_account_cannot_sign_in_and_its_session_ends(client, account, password):
    sign_in(client, account.email, password)
    account.is_active = False
    account.save()
    assert client.get("/besloten").status_code == 302
    assert sign_in(Client(), account.email, password).status_code == 400


def test_ten_wrong_passwords_lock_the_address_and_say_so_in_dutch(client, account, password):
    for _ in range(10):
        answer = sign_in(client, "Beleid@Merenstad.example", "niet dit wachtwoord")
    assert answer.status_code == 429
    assert "Wacht een kwartier" in answer.content.decode()
    answer = sign_in(Client(), account.email, password)
    assert answer.status_code == 429
    assert "horen niet bij elkaar" not in answer.content.decode()
    assert client.get("/besloten").status_code == 302


def test_signing_in_forgets_the_wrong_passwords_before_it(client, account, password):
    for _ in range(9):
        sign_in(client, account.email, "niet dit wachtwoord")
    assert sign_in(client, account.email, password).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_a_closed_page_brings_one_to_signing_in_and_back(client, account, password):
    answer = client.get("/besloten?jaar=2021")
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen?next=%2Fbesloten%3Fjaar%3D2021")
    page = client.get(answer["Location"]).content.decode()
    assert 'value="/besloten?jaar=2021"' in page
    assert sign_in(client, account.email, password, next="/besloten?jaar=2021")["Location"] == "/besloten?jaar=2021"
    assert client.get("/inloggen?next=/besloten")["Location"] == "/besloten"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "\x01https://kwaad.example",
    ],
)
def test_signing_in_never_leads_elsewhere(client, account, password, elsewhere):
    answer = sign_in(client, account.email, password, next=elsewhere)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_line_end_in_the_way_back_stays_within_its_header(client, account, password):
    answer = sign_in(client, account.email, password, next="/a\r\nSet-Cookie: x=1")
    assert answer["Location"] == "/a%0D%0ASet-Cookie:%20x=1"


def test_a_fragment_asked_after_the_session_ended_leads_the_whole_page_to_signing_in(client):
    answer = client.get(
        "/besloten?fragment=x",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/besloten?jaar=2021"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/inloggen?next=%2Fbesloten%3Fjaar%3D2021"


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client):
    answer = client.post("/besloten", headers={"Referer": "http://testserver/"})
    assert answer["Location"] == "/inloggen?next=%2F"
    answer = client.post("/besloten", headers={"Referer": "https://kwaad.example/x"})
    assert answer["Location"] == "/inloggen?next=%2F"


def test_signing_out_takes_a_button(client, account, password):
    sign_in(client, account.email, password)
    assert client.get("/uitloggen")["Location"] == "/profiel"
    assert client.get("/besloten").status_code == 200
    assert client.post("/uitloggen")["Location"] == "/inloggen"
    assert client.get("/besloten").status_code == 302


def test_signing_out_elsewhere_by_a_foreign_form_is_refused(account, password):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(account, backend="coordination.identity.backends.Accounts")
    assert strict.post("/uitloggen").status_code == 403
    assert strict.get("/besloten").status_code == 200


def test_the_profile_names_the_roles_in_dutch(client, account, password):
    sign_in(client, account.email, password)
    page = client.get("/profiel").content.decode()
    assert page.index("Beleidsmedewerker") < page.index("Merenstad</span>") < page.index("Raadslid")
    assert "Dijkermond</span>" in page


def test_choosing_another_password_ends_other_sessions(client, account, password):
    elsewhere = Client()
    for one in (client, elsewhere):
        sign_in(one, account.email, password)
    answer = client.post("/profiel/wachtwoord", {"current": "fout", "password": "een heel ander wachtwoord"})
    assert (answer.status_code, "niet uw huidige" in answer.content.decode()) == (400, True)
    answer = client.post("/profiel/wachtwoord", {"current": password, "password": "een heel ander wachtwoord"})
    assert answer["Location"] == "/profiel"
    assert client.get("/besloten").status_code == 200
    assert elsewhere.get("/besloten").status_code == 302


def test_the_first_administrator_chooses_a_password_and_is_in(client):
    link = accounts.admin_link()
    assert "eerste beheerder" in client.get(link).content.decode()
    short = client.post(link, {"name": "Beheer", "email": "beheer@vierspan.example", "password": "kort"})
    assert short.status_code == 400
    assert "Kies een wachtwoord van ten minste 12 tekens." in short.content.decode()
    common = client.post(link, {"name": "Beheer", "email": "b@vierspan.example", "password": "1q2w3e4r5t6y"})
    assert "te makkelijk te raden" in common.content.decode()
    answer = client.post(link, {"name": "Beheer", "email": "beheer@vierspan.example", "password": "paard paard paard"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/besloten").content == b"Beheer"
    assert client.get(link).status_code == 404
    assert sign_in(Client(), "beheer@vierspan.example", "paard paard paard").status_code == 302


def test_an_address_that_is_taken_is_a_message_in_the_form(client, account):
    answer = client.post(
        accounts.admin_link(), {"name": "Beheer", "email": account.email, "password": "paard paard paard"}
    )
    assert answer.status_code == 400
    assert "al een account" in answer.content.decode()


@pytest.mark.parametrize("word", ["bestaat-niet", "%00", "😀", "a" * 2000])
@pytest.mark.parametrize("page", ["eerste-beheerder", "welkom"])
def test_a_link_that_does_not_exist_is_a_plain_page(client, page, word):
    answer = client.get(f"/{page}/{word}")
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.content.decode()


def test_an_invited_account_chooses_its_password_and_is_in(client):
    invited = accounts.create_account(email="nieuw@merenstad.example", name="Nieuw")
    link = accounts.invitation_link(invited)
    assert "nieuw@merenstad.example" in client.get(link).content.decode()
    assert client.post(link, {"password": "kort"}).status_code == 400
    assert client.post(link, {"password": "paard paard paard"})["Location"] == "/"
    assert client.get("/besloten").content == b"Nieuw"
    assert client.get(link).status_code == 404
