"""Each page a role meets first, at two widths: no accessibility fault, nothing wider than the window, no dead link."""

import pytest
from tests.journeys.looking import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
ACTIVITY = "activity"
MESSAGES = [f"/{service}/-/messages" for service in ("intake", "matching", "reporting")]
PAGES = [
    ("beleid@merenstad.example", ["/intake/activities", "/intake/activities/new", ACTIVITY, "/intake/uploads"]),
    ("beleid@merenstad.example", [f"{ACTIVITY}/phasing", f"{ACTIVITY}/report", f"{ACTIVITY}/change"]),
    ("beleid@merenstad.example", ["/matching/requests", "/matching/organisations", "/profiel"]),
    (
        "budget@merenstad.example",
        [f"{ACTIVITY}/transfer", f"{ACTIVITY}/entries/new?kind=spending", f"{ACTIVITY}/divide"],
    ),
    ("school-90aa@merenstad.example", ["/matching/", "/matching/needs"]),
    ("partner-welzijn-polderlicht@merenstad.example", ["/matching/"]),
    ("raad@merenstad.example", ["/reporting/", "/woordenlijst", "/toegankelijkheid", "/privacy", "/vraag"]),
    ("beheer@vierspan.example", ["/", "/intake/first-steps", "/accounts", "/matching/organisations", "/reporting/"]),
    ("beheer@vierspan.example", [*MESSAGES, "/reporting/-/messages/passed-over", "/reporting/-/messages/rebuild"]),
]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("account", "paths"), PAGES, ids=[f"{a.split('@')[0]}-{n}" for n, (a, _) in enumerate(PAGES)])
def test_a_page_is_sound(sign_in, full_house, account, paths, width):
    page = sign_in(full_house, account, viewport={"width": width, "height": 900})
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    home = ""
    if any(path.startswith(ACTIVITY) for path in paths):
        page.goto(full_house.address + "/intake/activities?q=MRS-006")
        home = page.locator("tbody[id^='rij-'] th a").first.get_attribute("href")
    for path in paths:
        answer = page.goto(
            full_house.address + path.replace(ACTIVITY, home, 1)
            if path.startswith(ACTIVITY)
            else full_house.address + path
        )
        page.wait_for_load_state()
        assert answer.status == 200, path
        assert axe_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        links = page.locator("main a[href]").evaluate_all("all => all.map(one => one.href)")
        for link in sorted({one.split("#")[0] for one in links if one.startswith(full_house.address)})[:40]:
            assert page.request.get(link).status == 200, f"{path} links to {link}"
    assert said == []


def test_signing_in_is_sound(browser, full_house):
    page = browser.new_page(locale="nl-NL")
    page.goto(full_house.address + "/")
    page.get_by_role("heading", level=1).wait_for()
    assert axe_faults(page) == []
    page.close()


def test_the_main_job_needs_no_javascript(sign_in, full_house):
    page = sign_in(full_house, "beleid@dijkermond.example", java_script_enabled=False)
    row = page.locator("tbody[id^='rij-']").filter(has_text="DKM-003").first
    row.locator("a.intake-edit").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Fasering van Trajectklas Op Koers"
    page.get_by_role("link", name="landelijk patroon").click()
    page.get_by_label("Reden", exact=False).first.select_option(index=1)
    page.get_by_role("button", name="Fasering vastleggen").click()
    page.goto(full_house.address + "/intake/activities")
    row = page.locator("tbody[id^='rij-']").filter(has_text="DKM-003").first
    assert row.locator("td.vs-number").nth(1).inner_text().startswith("67.047,62")
