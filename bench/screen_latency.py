"""From "spending saved" in one browser to "figure changed" in another, fifty times, with two real browser windows."""

import statistics
import time
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, sync_playwright

from bench.house import running_house
from coordination.testing.browser import launch_options, sign_in
from coordination.testing.running_house import RunningHouse

TRIES = 50
MERENSTAD = "9901"
FIGURE = '[data-figure="realised"]'
WATCH = """selector => {
  const shown = () => (document.querySelector(selector) || {}).textContent;
  let last = shown();
  window.changedAt = [];
  new MutationObserver(() => {
    if (shown() !== undefined && shown() !== last) { last = shown(); window.changedAt.push(Date.now()); }
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


def _window(browser: Browser, house: RunningHouse, account: str) -> Page:
    page = browser.new_context(locale="nl-NL").new_page()
    sign_in(page, house, account)
    return page


def _save(page: Page, address: str, day: date) -> tuple[float, float]:
    """Book a euro as an officer does it; gives when the button was pressed and when the answer came, in seconds."""
    page.goto(address)
    page.locator('[name="date"]').fill(day.isoformat())
    page.locator('[name="amount"]').fill("1,00")
    source = page.locator('select[name="funding_source"]')
    if source.count():
        source.select_option("np_onderwijs")
    button = page.locator("form.vs-form button.utrecht-button--primary-action")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        pressed = time.time()
        button.click()
    status = answered.value.status
    saved = time.time()
    if status not in (204, 302, 303):
        raise SystemExit(f"the spending was not saved: {status} {page.locator('main').inner_text()[:400]}")
    return pressed, saved


def measure(tries: int = TRIES) -> tuple[list[float], list[float]]:
    """Seconds from button pressed to figure changed, and from answer received to figure changed, per try."""
    from_press, from_saved = [], []
    with running_house() as house, sync_playwright() as playwright:
        token = house.token("beleid@merenstad.example")
        rows = house.call(token, "/intake/api/v1/activities?limit=100")["results"]
        open_ones = [one for one in rows if one["municipality"] == MERENSTAD and one["status"] == "running"]
        activity = open_ones[0]["id"]
        browser = playwright.chromium.launch(**launch_options())
        council = _window(browser, house, "raad@merenstad.example")
        council.goto(f"{house.address}/reporting/council/{MERENSTAD}")
        council.wait_for_load_state("networkidle")
        council.evaluate(WATCH, FIGURE)
        officer = _window(browser, house, "beleid@merenstad.example")
        for number in range(tries):
            day = date(2025, 1, 13) - timedelta(days=number % 5)
            address = f"{house.address}/intake/activities/{activity}/entries/new?kind=spending"
            pressed, saved = _save(officer, address, day)
            until = time.monotonic() + 30
            while len(council.evaluate("window.changedAt")) <= number:
                if time.monotonic() > until:
                    raise SystemExit(f"the figure did not change within thirty seconds at try {number + 1}")
                council.wait_for_timeout(20)
            changed = council.evaluate("window.changedAt")[number] / 1000
            from_press.append(changed - pressed)
            from_saved.append(max(changed - saved, 0.0))
        browser.close()
    return from_press, from_saved


def show() -> None:
    """Print the table."""
    from_press, from_saved = measure()
    print(f"\n## From spending saved to figure changed on another screen, {len(from_press)} tries\n")
    print("| Seconds | Median | Worst |\n|---|---:|---:|")
    print(f"| from the answer 'saved' to the figure changed | {_two(from_saved)} |")
    print(f"| from the button pressed to the figure changed | {_two(from_press)} |", flush=True)


def _two(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} | {max(times):.2f}"


if __name__ == "__main__":
    show()
