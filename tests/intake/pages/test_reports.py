"""Reporting on a page: status with its reason, counts, one indicator, and words beside the field when it cannot."""

import pytest
from django.contrib.messages import get_messages

from coordination.contracts.intake import Indicator
from intake.models import Report

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("coordination.service.urls")]


@pytest.fixture
def running(phased):
    """An activity that runs, with one indicator."""
    return phased(
        status="running", indicator=Indicator(name="Aantal gezinnen", target="150", value="97", evidence="number")
    )


def test_a_report_changes_what_it_says_and_leaves_the_rest(officer, running) -> None:
    answer = officer.fill(
        running,
        "/report",
        status="delayed",
        status_reason="low_demand",
        participants="120",
        waiting="0",
        value="7,4",
        evidence="survey",
    )
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "De voortgang van 14 januari 2025 is opgeslagen."
    ]
    running.refresh_from_db()
    assert (running.status, running.status_reason) == ("delayed", "low_demand")
    assert running.indicators[0]["value"] == "7.4" and running.indicators[0]["target"] == "150"
    report = Report.objects.get()
    assert (report.participants, report.waiting, report.places) == (120, 0, None)
    page = officer.read(running)
    assert "Vertraagd" in page and "minder vraag dan verwacht" in page and "7,4" in page
    assert "Deelnemers: 120 (stand van 14 januari 2025)." in page and "Soort bewijs: vragenlijst." in page
    assert "M. Yilmaz meldde de voortgang. Status: vertraagd. Reden: minder vraag dan verwacht." in page


def test_delayed_without_a_reason_is_taken_with_a_warning(officer, running) -> None:
    answer = officer.fill(running, "/report", status="delayed")
    assert [str(one) for one in get_messages(answer.wsgi_request)][1].startswith("Er is geen reden gekozen")
    assert "reden onbekend" in officer.read(running)


def test_a_reason_that_no_longer_fits_is_not_kept(officer, running) -> None:
    officer.fill(running, "/report", status="delayed", status_reason="illness")
    officer.fill(running, "/report", status="running")
    running.refresh_from_db()
    assert (running.status, running.status_reason) == ("running", "")


def test_a_new_indicator_needs_its_name(officer, running, problems) -> None:
    answer = officer.fill(running, "/report", indicator="__another__", value="5")
    assert "Vul de naam van de nieuwe indicator in." in problems(answer)
    officer.fill(running, "/report", indicator="__another__", new_indicator="Aantal boeken", value="5")
    running.refresh_from_db()
    assert [one["name"] for one in running.indicators] == ["Aantal gezinnen", "Aantal boeken"]


def test_an_activity_without_an_indicator_gets_its_first(officer, phased, problems) -> None:
    activity = phased()
    assert "Vul in welke indicator dit is." in problems(officer.fill(activity, "/report", value="5"))
    officer.fill(activity, "/report", new_indicator="Aantal boeken", value="5", target="10", evidence="number")
    page = officer.read(activity)
    assert "50,0% van het doel" in page and "doel 10" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"date": ""}, "Vul een datum in."),
        ({"date": "15-1-2025"}, "15 januari 2025 ligt na vandaag. Kies de dag waarop dit gold."),
        ({"status": "delayed", "date": "1-12-2024"}, "Er is al een bericht van 31 december 2024."),
        ({"participants": "-1"}, "Een aantal kan niet negatief zijn."),
        ({"participants": "veel"}, "Vul een heel getal in."),
        ({"waiting": "99999999999"}, "Dit aantal is te groot om waar te zijn."),
        ({"value": "veel"}, "De stand moet een getal zijn, bijvoorbeeld 64 of 7,4."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(officer, running, problems, typed, message) -> None:
    answer = officer.fill(running, "/report", **typed)
    assert any(one.startswith(message) for one in problems(answer))
    assert Report.objects.count() == 0
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values() if value)


def test_a_status_that_may_not_follow_cannot_be_chosen(officer, running) -> None:
    assert 'value="draft"' not in officer.read(running, "/report")
    assert officer.fill(running, "/report", status="draft").status_code == 400


def test_twice_is_once(officer, running) -> None:
    form = officer.form(running, "/report") | {"participants": "3"}
    assert [officer.send(running, "/report", form).status_code for _ in range(2)] == [302, 302]
    assert Report.objects.count() == 1


def test_only_a_policy_officer_reports(keeper, visitor, running) -> None:
    assert keeper.open(running, "/report").status_code == 403
    assert visitor("council_member").open(running, "/report").status_code == 403
    assert visitor("policy_officer", "9902").open(running, "/report").status_code == 404
