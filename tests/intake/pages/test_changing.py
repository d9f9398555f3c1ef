"""Changing and withdrawing on a page: only what changed is told, and two people at once see both versions."""

import html

import pytest
from django.contrib.messages import get_messages

from coordination.contracts.identifiers import new_id
from coordination.testing import actors
from intake.commands.changes import change_activity
from intake.commands.entries import record_entry
from intake.models import Act, Activity, OutboxEntry, Partner, School

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]
N = "\u00a0"


@pytest.fixture
def schools(basis):
    """Two schools of Merenstad."""
    return [
        School.objects.create(id=new_id(), brin=brin, location_code=f"{brin}00", name=name, municipality="9901")
        for brin, name in (("90AA", "De Lisdoddekring"), ("90AC", "Het Gemaalhuis"))
    ]


def said(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def test_everything_that_describes_it_can_change(officer, phased, schools) -> None:
    activity = phased(schools=[schools[0].id])
    partner = Partner.objects.create(id=new_id(), name="Bibliotheek Merenrand", municipalities=["9901"])
    answer = officer.fill(
        activity,
        "/change",
        title="Voorlezen thuis",
        measure_type="summer_school",
        owner=str(officer.account.id),
        starts_on="1-12-2021",
        ends_on="1 juli 2025",
        total="120.000,01",
        goal="Meer leesplezier 😀",
        continuation="yes_certain",
        sectors=["po", "vve"],
        school_types=["basisschool"],
        schools=[str(one.id) for one in schools],
        partners=[str(partner.id)],
        new_partners="Stichting Boekenboot\r\n\r\nBuurthuis",
    )
    assert said(answer) == ["De wijziging is opgeslagen."], answer.content.decode()
    activity.refresh_from_db()
    assert (activity.title, activity.measure_type) == ("Voorlezen thuis", "summer_school")
    assert (activity.owner, activity.total_cents, activity.goal) == (
        officer.account.id,
        120_000_01,
        "Meer leesplezier 😀",
    )
    assert sorted(activity.sectors) == ["po", "vve"] and activity.continuation == "yes_certain"
    assert sorted(activity.schools) == sorted(str(one.id) for one in schools)
    assert [one["name"] for one in activity.partners] == ["Bibliotheek Merenrand", "Stichting Boekenboot", "Buurthuis"]
    assert activity.phasing_state == "draft"
    page = officer.read(activity)
    assert "1.250,01" in page and "Gaat door" in page and "M. Yilmaz" in page


def test_a_form_sent_as_it_was_changes_nothing(officer, phased, schools) -> None:
    activity = phased(
        schools=[schools[0].id], partners=["Bibliotheek Merenrand"], goal="Regel een\r\nRegel twee", sectors=["po"]
    )
    before = OutboxEntry.objects.count(), Act.objects.count()
    assert said(officer.fill(activity, "/change")) == ["Er is niets veranderd."]
    assert (OutboxEntry.objects.count(), Act.objects.count()) == before


def test_two_people_at_once_see_both_versions_and_nothing_is_lost(officer, phased, problems) -> None:
    activity = phased()
    form = officer.form(activity, "/change") | {"title": "Titel van mij", "goal": "Doel van mij"}
    change_activity(
        actor=actors.officer(), activity_id=activity.id, title="Titel van een ander", total_cents=100_000_00
    )
    answer = officer.send(activity, "/change", form)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 412 and "Iemand anders was u voor" in page
    assert "<td>Titel van mij</td><td>Titel van een ander</td>" in page
    assert "<td>Doel van mij</td><td>niet ingevuld</td>" in page
    assert "<td>118.750,00</td><td>100.000,00</td>" in page
    assert 'value="Titel van mij"' in page and "Doel van mij</textarea>" in page
    activity.refresh_from_db()
    assert activity.title == "Titel van een ander"
    again = officer.again(activity, "/change", answer)
    assert said(again) == ["De wijziging is opgeslagen."]
    activity.refresh_from_db()
    assert (activity.title, activity.goal, activity.total_cents) == ("Titel van mij", "Doel van mij", 100_000_00)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": ""}, "Vul een titel in."),
        ({"title": "x" * 121}, "De titel is te lang. Gebruik hoogstens 120 tekens."),
        ({"ends_on": "1-10-2021"}, "De einddatum ligt voor de startdatum. Zijn de datums verwisseld?"),
        ({"ends_on": "1-8-2025"}, "1 augustus 2025 valt buiten de looptijd van het programma"),
        ({"total": "-1"}, "Een bedrag kan niet negatief zijn. Vul een bedrag van 0 of meer in."),
        ({"total": ""}, "Vul een bedrag in."),
        ({"schools": ["niks"]}, "Kies uit de lijst."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(officer, phased, problems, typed, message) -> None:
    activity = phased()
    assert any(one.startswith(message) for one in problems(officer.fill(activity, "/change", **typed)))
    assert Activity.objects.get(id=activity.id).version == activity.version


def test_a_number_that_exists_is_refused(officer, phased, problems) -> None:
    one, two = phased(), phased(title="Zomerschool")
    answer = officer.fill(two, "/change", number=one.number)
    problems(answer, 409)
    assert "Het nummer MRS-001 bestaat al in deze gemeente." in answer.content.decode()


def test_changing_twice_with_one_form_is_once(officer, phased) -> None:
    activity = phased()
    form = officer.form(activity, "/change") | {"title": "Voorlezen thuis"}
    assert [officer.send(activity, "/change", form).status_code for _ in range(2)] == [302, 302]
    assert Act.objects.filter(kind="change").count() == 1


def test_withdrawing_takes_a_reason_and_keeps_the_history(officer, phased, problems) -> None:
    activity = phased()
    assert "Kies een reden uit de lijst." in problems(officer.fill(activity, "/withdraw", reason=""))
    form = officer.form(activity, "/withdraw") | {"reason": "registered_twice"}
    assert [said(officer.send(activity, "/withdraw", form))[-1] for _ in range(2)] == [
        "De activiteit is ingetrokken."
    ] * 2
    page = officer.read(activity)
    assert "Ingetrokken" in page and "M. Yilmaz trok deze activiteit in. Reden: dubbel geregistreerd." in page
    assert Act.objects.filter(kind="withdraw").count() == 1


def test_what_really_spent_money_is_not_withdrawn(officer, phased, problems) -> None:
    activity = phased()
    record_entry(
        actor=actors.officer(),
        activity_id=activity.id,
        kind="spending",
        dated_on=activity.ends_on,
        amount_cents=100,
        funding_source="np_onderwijs",
    )
    answer = officer.fill(activity, "/withdraw", reason="registered_twice")
    problems(answer, 409)
    assert "Zet de status op Gestopt, of boek eerst een correctie." in answer.content.decode()


def test_withdrawing_an_old_version_is_refused_once(officer, phased, problems) -> None:
    activity = phased()
    form = officer.form(activity, "/withdraw") | {"reason": "registered_twice"}
    change_activity(actor=actors.officer(), activity_id=activity.id, title="Nieuwe titel")
    answer = officer.send(activity, "/withdraw", form)
    problems(answer, 412)
    assert "Nieuwe titel" in answer.content.decode()
    assert Activity.objects.get(id=activity.id).withdrawn is False


@pytest.mark.parametrize("path", ["/change", "/withdraw"])
def test_only_a_policy_officer_of_the_municipality_may(keeper, visitor, phased, path) -> None:
    activity = phased()
    assert keeper.open(activity, path).status_code == keeper.send(activity, path, {}).status_code == 403
    assert visitor("council_member").send(activity, path, {}).status_code == 403
    assert visitor("policy_officer", "9902").send(activity, path, {}).status_code == 404
