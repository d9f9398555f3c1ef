"""From "spending saved" in one place to "figure changed" on another screen, in a real browser, fifty times."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

TRIES = 50
MERENSTAD = "9901"


def _house(folder: str) -> tuple[subprocess.Popen, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = os.environ | {"VIERSPAN_DATA": folder, "PORT": str(port), "EXAMPLE": "full"}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "vierspan"), "serve"], env=surroundings, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            if urllib.request.urlopen(f"{address}/-/health/ready", timeout=2).status == 200:
                return process, address
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the house did not become ready")


def _token(folder: str) -> str:
    command = [
        str(Path(sys.executable).parent / "vierspan"),
        "token",
        "create",
        "--account",
        "beleid@merenstad.example",
    ]
    answer = subprocess.run(
        command, env=os.environ | {"VIERSPAN_DATA": folder}, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip().splitlines()[-1]


def _call(address: str, token: str, path: str, body: dict | None = None) -> dict:
    request = urllib.request.Request(
        address + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        method="GET" if body is None else "POST",
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def measure(tries: int = TRIES) -> tuple[list[float], list[float]]:
    """Seconds from saved to shown, and seconds the saving itself took, per try."""
    shown, saved = [], []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        process, address = _house(folder)
        try:
            token = _token(folder)
            activity = _call(address, token, "/intake/api/v1/activities")["results"][0]["id"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(f"{address}/inloggen")
            page.get_by_label("E-mailadres").fill("raad@merenstad.example")
            page.get_by_label("Wachtwoord").fill((Path(folder) / "secrets" / "example-password").read_text().strip())
            page.get_by_role("button", name="Inloggen").click()
            page.goto(f"{address}/reporting/council/{MERENSTAD}")
            figure = page.locator('[data-figure="realised"]').first
            for _ in range(tries):
                before = figure.inner_text()
                begun = time.perf_counter()
                entry = {"kind": "spending", "date": "2025-01-13", "amountCents": 100, "fundingSource": "np_onderwijs"}
                _call(address, token, f"/intake/api/v1/activities/{activity}/entries", entry)
                done = time.perf_counter()
                while figure.inner_text() == before:
                    if time.perf_counter() - done > 10:
                        raise SystemExit("the figure did not change within ten seconds")
                    page.wait_for_timeout(5)
                shown.append(time.perf_counter() - done)
                saved.append(done - begun)
            browser.close()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    return shown, saved


def show() -> None:
    """Print the table."""
    shown, saved = measure()
    print(f"\nFrom spending saved to figure changed on the other screen, {len(shown)} tries")
    print("| | median | worst |\n|---|---|---|")
    print(f"| saved to shown (s) | {statistics.median(shown):.3f} | {max(shown):.3f} |")
    print(f"| the saving itself (s) | {statistics.median(saved):.3f} | {max(saved):.3f} |")
    print(f"| ratio shown / saving | {statistics.median(shown) / statistics.median(saved):.2f} | |")


if __name__ == "__main__":
    show()
