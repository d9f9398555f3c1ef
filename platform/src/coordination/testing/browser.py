"""The browser of journeys and benchmarks: the system's own Chromium, and signing in as a person does."""

from playwright.sync_api import Page

from coordination.testing import needs
from coordination.testing.running_house import House


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


def sign_in(page: Page, house: House, account: str) -> None:
    """Sign in to an example house, on its own page or on that of its provider, and wait until that is done."""
    page.goto(f"{house.address}/inloggen")
    page.get_by_label("E-mailadres").fill(account)
    page.get_by_label("Wachtwoord").fill(house.password)
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url(lambda address: address.startswith(house.address) and "/inloggen" not in address)
