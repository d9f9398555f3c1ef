"""Joining: a school asks in three clicks, an officer answers, who waits moves up, a partner confirms; all live."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
FIRST, SECOND = "school-90ad@merenstad.example", "school-90aa@merenstad.example"
TITLE = "Vaste jeugdprofessional op school"


def _card(page, title: str = TITLE):
    return page.locator(".vs-card").filter(has=page.get_by_role("heading", name=title, exact=True)).first


def _ask(page, pupils: int) -> None:
    card = _card(page)
    card.get_by_role("link", name="Meedoen").or_(card.get_by_role("link", name="Op de wachtlijst")).first.click()
    card = _card(page)
    card.get_by_label("Aantal leerlingen").fill(str(pupils))
    card.get_by_role("button", name="Aanvraag indienen").click()


def test_a_school_asks_an_officer_answers_and_the_waiting_list_moves_up(sign_in, full_house):
    officer = sign_in(full_house, "beleid@merenstad.example")
    officer.goto(full_house.address + "/matching/requests")
    officer.get_by_role("link", name=TITLE, exact=True).click()
    officer.get_by_label("Plekken voor leerlingen").fill("10")
    officer.get_by_role("button", name="Plekken bewaren").click()
    officer.get_by_text("Plekken", exact=False).first.wait_for()

    first = sign_in(full_house, FIRST)
    assert first.get_by_role("heading", level=1).inner_text() == "Waar kan uw school aan meedoen?"
    assert "Waarom past dit bij uw school?" in _card(first).inner_text()
    _ask(first, 8)
    _card(first).get_by_text("Uw aanvraag is verstuurd.").wait_for()

    officer.goto(full_house.address + "/matching/requests")
    officer.locator(".matching-request").filter(has_text=TITLE).get_by_role("button", name="Accepteren").click()
    projects = first.locator(".matching-project").filter(has_text=TITLE)
    projects.get_by_text("Doet mee").wait_for(timeout=5_000)

    second = sign_in(full_house, SECOND)
    _ask(second, 6)
    waits = second.locator(".matching-project").filter(has_text=TITLE)
    waits.get_by_text("Wachtlijst, plek 1").wait_for()

    projects.locator("summary").first.click()
    projects.get_by_role("button").first.click()
    waits.get_by_text("Doet mee").wait_for(timeout=5_000)


def test_a_partner_confirms_what_the_municipality_named_it_for(sign_in, full_house):
    partner = sign_in(full_house, "partner-welzijn-polderlicht@merenstad.example")
    card = partner.locator(".vs-card").filter(has_text="Brugfunctionaris tussen ouders en school")
    assert "Nog niet bevestigd" in card.inner_text()
    card.get_by_role("button").first.click()
    partner.locator(".vs-card").filter(has_text="Brugfunctionaris").get_by_text("Bevestigd").first.wait_for()
    officer = sign_in(full_house, "beleid@merenstad.example")
    officer.get_by_role("link", name="Brugfunctionaris tussen ouders en school").click()
    assert "Bevestigd" in officer.locator("main").inner_text()
