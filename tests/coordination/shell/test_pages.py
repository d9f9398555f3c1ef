"""The pages of the shell and of identity: well made, in the chosen language and palette, and plain when they refuse."""

import logging

import pytest
from django.test import Client

from coordination.testing.page_rules import assert_good_page

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.shell.addresses"),
]


def theme_of(kind: str, key: str) -> str:
    """As a service tells it."""
    return "blue" if (kind, key) == ("municipality", "9901") else ""


@pytest.mark.parametrize("address", ["/inloggen", "/toegankelijkheid", "/privacy", "/woordenlijst", "/vraag"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_for_everybody_are_well_made(client, address, language):
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    assert_good_page(answer)


@pytest.mark.parametrize("address", ["/profiel", "/profiel/wachtwoord"])
def test_pages_of_oneself_are_well_made(officer, address):
    assert_good_page(officer.get(address))


def test_a_form_with_errors_is_well_made(client):
    answer = client.post("/inloggen", {"email": "x", "password": ""})
    assert answer.status_code == 400
    assert 'href="#id_email"' in answer.content.decode()
    assert_good_page(answer)


@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [
        ("conflict", 409, "Dit is al gedaan."),
        ("missing", 404, "Dit bestaat niet, of u mag het niet zien."),
        ("forbidden", 403, "Alleen een budgethouder mag dit."),
        ("invalid", 400, "<li>Vul een totaal in.</li>"),
    ],
)
def test_a_refusal_is_a_page_that_says_why(client, kind, status, says):
    answer = client.get(f"/refuse/{kind}")
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert_good_page(answer)


@pytest.mark.parametrize(("address", "status"), [("/niets", 404), ("/woordenlijst?a=%00", 400)])
def test_what_is_not_there_or_cannot_be_read(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert_good_page(answer)


def test_an_expired_form_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/inloggen", {"email": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "laad de pagina opnieuw" in answer.content.decode()
    assert_good_page(answer)


def test_a_fault_of_our_own_tells_nothing_of_it():
    answer = Client(raise_request_exception=False).get("/broken")
    assert answer.status_code == 500
    assert "Er ging iets mis bij ons" in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert_good_page(answer)


def test_a_fault_of_our_own_is_written_where_the_operator_looks(settings):
    consoles = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    assert settings.DEBUG is False
    assert consoles
    assert logging.getLogger("django.request").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("django.request").isEnabledFor(logging.WARNING)


def test_dutch_is_spoken_until_somebody_chooses_english(client):
    english = {"HTTP_ACCEPT_LANGUAGE": "en-US,en;q=0.9"}
    assert "<h1" in (page := client.get("/inloggen", **english).content.decode()) and "Inloggen" in page
    answer = client.post("/taal/setlang/", {"language": "en", "next": "/inloggen"})
    assert (answer.status_code, answer["Location"]) == (302, "/inloggen")
    answer = client.get("/inloggen")
    assert answer["Content-Language"] == "en"
    assert "Sign in" in answer.content.decode() and "Inloggen" not in answer.content.decode()
    client.post("/taal/setlang/", {"language": "nl", "next": "/inloggen"})
    assert "Inloggen" in client.get("/inloggen").content.decode()


def test_an_unknown_language_is_dutch(client):
    client.cookies["django_language"] = "../../etc"
    assert '<html lang="nl"' in client.get("/inloggen").content.decode()


def test_the_palette_is_of_ones_municipality_unless_the_page_is_about_another(officer, settings):
    settings.VIERSPAN_THEME_OF = ""
    assert "data-theme" not in officer.get("/profiel").content.decode()
    settings.VIERSPAN_THEME_OF = f"{__name__}.theme_of"
    assert 'data-theme="blue"' in officer.get("/profiel").content.decode()
    assert 'data-theme="heather"' in officer.get("/themed").content.decode()


def test_a_page_and_its_fragment_are_not_kept_by_a_cache(officer):
    page = officer.get("/themed")
    fragment = officer.get("/themed?fragment=styles")
    assert "<html" in page.content.decode() and "<html" not in fragment.content.decode()
    assert {page["Cache-Control"], fragment["Cache-Control"]} == {"no-store"}
    assert "<html" in officer.get("/themed?fragment=../../settings").content.decode()


def test_the_bar_says_who_one_is_and_where_one_is(officer, settings):
    settings.VIERSPAN_MENU = [
        {"label": "Hier", "url": "/profiel", "roles": ("policy_officer",)},
        {"label": "Daar", "url": "/elders", "roles": ("policy_officer",)},
        {"label": "Verborgen", "url": "/beheer", "roles": ("administrator",)},
    ]
    page = officer.get("/profiel").content.decode()
    assert '<a href="/profiel" aria-current="page">Hier</a>' in page
    assert '<a href="/elders">Daar</a>' in page
    assert "Verborgen" not in page
    assert "<b>Noor de Beleidsmaker</b> · beleidsmedewerker Merenstad" in page


def test_a_name_that_is_the_role_is_not_said_twice(officer):
    from coordination.identity.models import Account

    Account.objects.update(name="Beleidsmedewerker")
    assert "<b>Beleidsmedewerker</b> · Merenstad" in officer.get("/profiel").content.decode()
