"""The start of a process in which no service has a start page of its own."""

import pytest
from django.urls import path
from tests.coordination.shell import addresses

from coordination.identity import accounts
from coordination.web.shell.views import home

pytestmark = [pytest.mark.django_db(transaction=True, databases="__all__"), pytest.mark.urls(__name__)]
urlpatterns = [*addresses.urlpatterns, path("", home)]


def test_somebody_goes_to_the_first_page_of_the_menu(officer):
    assert officer.get("/")["Location"] == "/intake/activities"


def test_somebody_without_a_role_goes_to_the_profile(client):
    made = accounts.create_account(email="nieuw@merenstad.example", name="Nieuw")
    client.force_login(made, backend="coordination.identity.backends.Accounts")
    assert client.get("/")["Location"] == "/profiel"


def test_who_is_not_known_signs_in_first(client):
    assert client.get("/")["Location"].startswith("/inloggen")
