"""What the administrator sees of messages and does about them; nobody else comes in."""

import time

import pytest
from django.core import management
from tests.coordination.events.speaking import Listener

from coordination.contracts.identifiers import new_id
from coordination.events.dead_letters import dead_letters, passed_over
from coordination.events.log import Message
from coordination.events.rebuilds import rebuilds
from coordination.testing.page_rules import assert_good_page
from reporting.models.messaging import DeadLetter, HandledEvent

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
HERE = "/reporting/-/messages"


def read(client, address: str, **asked: str) -> str:
    """A good page, as text."""
    answer = client.get(address, asked)
    assert answer.status_code == 200
    assert_good_page(answer)
    return answer.content.decode()


def test_each_service_tells_how_its_messages_stand(administrator, speaker):
    speaker.says(new_id(), 3)
    for service in ("intake", "matching", "reporting"):
        page = read(administrator, f"/{service}/-/messages")
        assert "Er zit niets vast." in page
        assert ("oudste van" in page) is (service == "matching")


SOME_MESSAGE = "01999999-0000-7000-8000-000000000001"


@pytest.mark.parametrize("path", ["", "/passed-over", "/rebuild", f"/{SOME_MESSAGE}"])
def test_nobody_else_comes_in(client, officer, path):
    assert officer.get(HERE + path).status_code == 403
    assert client.get(HERE + path)["Location"].startswith("/inloggen?")


@pytest.mark.parametrize("path", ["/retry", "/rebuild", f"/{SOME_MESSAGE}/retry", f"/{SOME_MESSAGE}/pass-over"])
def test_nobody_else_does_anything(officer, stuck, path):
    assert officer.post(HERE + path, {"reason": "daarom"}).status_code == 403
    assert (DeadLetter.objects.count(), rebuilds("reporting").count()) == (2, 0)


def test_what_is_stuck_is_listed_with_why_and_can_be_narrowed(administrator, stuck):
    page = read(administrator, HERE)
    assert "Er zitten 2 berichten vast." in page
    assert "Niet te lezen" in page and "Wacht op een eerder bericht" in page
    assert "PlacesSet" in read(administrator, HERE, q="places")
    assert "PlacesSet" not in read(administrator, HERE, cause="unreadable")
    assert "Geen bericht dat vastzit past hierbij." in read(administrator, HERE, q="iets anders")
    assert "Bericht" in read(administrator, HERE, cause="verzonnen", page="x")


def test_a_long_list_comes_in_parts(administrator, log, speaker, stuck):
    row = stuck[0]
    given = {"topic": row.topic, "sequence": 0, "message": "?", "cause": "unreadable", "parked_at": row.parked_at}
    DeadLetter.objects.bulk_create(
        [DeadLetter(id=new_id(), subject=f"onderwerp {number}", **given) for number in range(30)]
    )
    assert "Deel 1 van 2" in read(administrator, HERE)
    assert f"{HERE}/" in read(administrator, HERE, page="2", cause="unreadable")


def test_a_message_shows_what_it_says_and_what_waits_behind_it(administrator, stuck):
    rubbish, behind = stuck
    page = read(administrator, f"{HERE}/{rubbish.pk}")
    assert "Dit is geen bericht zoals afgesproken." in page
    assert "&lt;b&gt;9&lt;/b&gt;" in page
    assert f"{HERE}/{behind.pk}" in page and "Nummer 1: PlacesSet" in page
    page = read(administrator, f"{HERE}/{behind.pk}")
    assert "<dt>places</dt><dd>7</dd>" in page
    assert f"{HERE}/{rubbish.pk}" in page and "Dit kan pas als het eerste bericht" in page


def test_a_retry_says_how_it_went_and_changes_nothing_that_still_fails(administrator, stuck):
    answer = administrator.post(f"{HERE}/{stuck[0].pk}/retry", follow=True)
    assert "1 onderwerp zit nog vast." in answer.content.decode()
    assert DeadLetter.objects.get(pk=stuck[0].pk).attempts == 2
    assert "1 onderwerp zit nog vast." in administrator.post(f"{HERE}/retry", follow=True).content.decode()


def test_letting_go_wants_a_reason_and_what_waited_goes_on(administrator, bea, stuck):
    rubbish, behind = stuck
    answer = administrator.post(f"{HERE}/{rubbish.pk}/pass-over", {"reason": " "})
    assert answer.status_code == 400
    assert_good_page(answer)
    assert "Zeg waarom dit bericht mag vervallen." in answer.content.decode()
    assert administrator.post(f"{HERE}/{behind.pk}/pass-over", {"reason": "daarom"}).status_code == 409
    assert dead_letters("reporting").count() == 2

    answer = administrator.post(f"{HERE}/{rubbish.pk}/pass-over", {"reason": "Proef van de <leverancier>"}, follow=True)
    assert_good_page(answer)
    assert "1 bericht is verwerkt." in answer.content.decode()
    assert dead_letters("reporting").count() == 0
    assert HandledEvent.objects.filter(pk=behind.pk).exists()
    (kept,) = passed_over("reporting")
    assert (kept.account, kept.message_id) == (bea.pk, rubbish.pk)
    page = read(administrator, f"{HERE}/passed-over")
    assert "Bea Heer" in page and "Proef van de &lt;leverancier&gt;" in page
    assert administrator.get(f"{HERE}/{rubbish.pk}").status_code == 404


def test_what_the_command_line_let_go_of_is_told_as_such(administrator, stuck):
    management.call_command("dead_letters", "reporting", pass_over=True, id=stuck[0].pk, reason="rommel")
    assert "de opdrachtregel" in read(administrator, f"{HERE}/passed-over")


def test_a_rebuild_is_asked_for_on_the_page_and_its_end_is_told(administrator, stuck):
    assert "Dit is nog niet eerder gedaan." in read(administrator, f"{HERE}/rebuild")
    assert administrator.post(f"{HERE}/rebuild").status_code == 302
    until = time.monotonic() + 30
    while rebuilds("reporting").filter(outcome="running").exists() and time.monotonic() < until:
        time.sleep(0.1)
    page = read(administrator, f"{HERE}/rebuild")
    assert "klaar" in page and "Bea Heer" in page
    assert "hx-trigger" not in page


def test_a_log_that_does_not_answer_leaves_the_lag_unknown(administrator, settings):
    settings.VIERSPAN_LOG = "coordination.events.embedded.log.NoSuchLog"
    page = read(administrator, HERE)
    assert "het logboek antwoordt niet" in page and "helemaal bij" not in page


def test_the_menu_of_the_administrator_leads_here(administrator, officer):
    assert f'href="{HERE}"' in read(administrator, HERE)
    assert "/-/messages" not in officer.get("/reporting/", follow=True).content.decode()


def test_a_message_of_another_system_that_is_no_text_is_shown_as_far_as_it_goes(administrator, log):
    log.append([Message(topic="matching.offers", key="\x00sleutel", value=b"\xff\x00" + b"x" * 70_000)])
    Listener(log).hears_all()
    page = read(administrator, f"{HERE}/{DeadLetter.objects.get().pk}")
    assert len(page) < 30_000


def test_the_page_speaks_english_too(administrator, stuck):
    administrator.cookies["django_language"] = "en"
    page = read(administrator, f"{HERE}/{stuck[0].pk}")
    assert "Why is it stuck?" in page and "Waarom" not in page
