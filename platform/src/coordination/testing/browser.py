"""The browser of journeys and benchmarks: the system's own Chromium, and signing in as a person does."""

from playwright.sync_api import Page

from coordination.testing import needs
from coordination.testing.running_house import RunningHouse


def launch_options() -> dict:
    """How Playwright starts Chromium: headless, and without calls to anybody."""
    return {
        "executable_path": needs.chromium(),
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-sync",
        ],
    }


def sign_in(page: Page, house: RunningHouse, account: str) -> None:
    """Sign in on the page of an example house and wait until that is done."""
    page.goto(f"{house.address}/inloggen")
    page.get_by_label("E-mailadres").fill(account)
    page.get_by_label("Wachtwoord").fill(house.password)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda address: "/inloggen" not in address)
