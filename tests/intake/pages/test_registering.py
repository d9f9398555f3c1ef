"""Registering on screen: five fields, on to the phasing, and every sentence about what is wrong."""

import pytest
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.testing.page_rules import assert_good_page
from coordination.testing.people import account_of, browser_of
from intake.models import Activity

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
NEW = "/intake/activities/new"


@pytest.fixture
def me(basis):
    return account_of("policy_officer", name="M. Yilmaz")


@pytest.fixture
def officer(me) -> Client:
    return browser_of(me)


def typed(account, **changed: str) -> dict[str, str]:
    return {
        "key": str(new_id()),
        "municipality": "9901",
        "title": "Voorleesmaatjes aan huis",
        "measure_type": "home_reading_support",
        "owner": str(account.id),
        "starts_on": "1-11-2021",
        "ends_on": "31-07-2025",
        "total": "118.750,00",
    } | changed


def test_five_fields_are_enough(officer, me) -> None:
    colleague, other = account_of("budget_holder", name="B. de Vries"), account_of("policy_officer", "9902", name="Ver")
    account_of("council_member", name="R. Aadslid")
    form = officer.get(NEW)
    assert_good_page(form)
    text = form.content.decode()
    assert "M. Yilmaz (uzelf)" in text and str(colleague.id) in text
    assert str(other.id) not in text and "R. Aadslid" not in text
    answer = officer.post(NEW, typed(me), follow=True)
    activity = Activity.objects.get()
    assert (activity.number, activity.total_cents, activity.owner) == ("MRS-001", 11_875_000, me.id)
    assert answer.redirect_chain[-1][0] == f"/intake/activities/{activity.id}/phasing?new=1"
    assert_good_page(answer)
    assert "MRS-001 Voorleesmaatjes aan huis is geregistreerd." in answer.content.decode()
    assert "preset=even" in answer.content.decode() and "preset=national" in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "Vul een titel in."),
        ({"title": "a" * 121}, "De titel is te lang."),
        ({"title": "a\x00b"}, "Null-tekens zijn niet toegestaan."),
        ({"measure_type": ""}, "Kies een soort maatregel."),
        ({"measure_type": "zomaar"}, "Kies een soort maatregel."),
        ({"owner": str(new_id())}, "Kies een collega uit de lijst."),
        ({"starts_on": ""}, "Vul een datum in."),
        ({"starts_on": "31-2-2022"}, "Deze datum bestaat niet."),
        ({"starts_on": "30-6-2021"}, "30 juni 2021 valt buiten de looptijd van het programma"),
        ({"ends_on": "1-8-2025"}, "1 augustus 2025 valt buiten de looptijd van het programma"),
        ({"starts_on": "2-1-2023", "ends_on": "1-1-2023"}, "De einddatum ligt voor de startdatum."),
        ({"total": ""}, "Vul een bedrag in."),
        ({"total": "-1"}, "Een bedrag kan niet negatief zijn."),
        ({"total": "999999999999999"}, "Dit bedrag is te groot."),
        ({"key": ""}, "Dit formulier is verlopen."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(officer, me, changed, sentence) -> None:
    page = officer.post(NEW, typed(me, **changed))
    assert page.status_code == 400 and not Activity.objects.exists()
    text = page.content.decode()
    assert sentence in text
    assert_good_page(page)
    if "total" not in changed:
        assert 'value="118.750,00"' in text


def test_sent_twice_is_one_activity(officer, me) -> None:
    sent = typed(me)
    assert officer.post(NEW, sent)["Location"] == officer.post(NEW, sent)["Location"]
    assert Activity.objects.count() == 1


def test_over_the_allocation_is_a_warning_after_saving(officer, me) -> None:
    answer = officer.post(NEW, typed(me, total="3.482.473,01"), follow=True)
    assert Activity.objects.count() == 1
    assert "Er is nu €\xa00,01 meer toegewezen dan de gemeente kreeg." in answer.content.decode()


def test_july_2021_is_inside(officer, me) -> None:
    assert officer.post(NEW, typed(me, starts_on="1 juli 2021")).status_code == 302


def test_who_may_not(me, officer) -> None:
    assert officer.get(NEW, {"municipality": "9902"}).status_code == 404
    assert officer.post(NEW, typed(me, municipality="9902")).status_code == 404
    for role in ("budget_holder", "council_member"):
        client = browser_of(account_of(role))
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, typed(me)).status_code == 403
    assert browser_of(account_of("school_coordinator", str(new_id()), "school")).get(NEW).status_code == 404
    assert not Activity.objects.exists()


def test_the_administrator_registers_for_any_municipality(basis) -> None:
    desk = account_of("administrator", "house", "house")
    client = browser_of(desk)
    page = client.get(NEW, {"municipality": "9904"})
    assert_good_page(page)
    assert client.post(NEW, typed(desk, municipality="9904")).status_code == 302
    assert Activity.objects.get().municipality == "9904"
