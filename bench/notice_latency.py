"""From an entry sent to the API to its notice on a WebSocket: of intake itself, and of reporting after the log."""

import json
import statistics
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bench.house import running_house
from coordination.testing.running_house import RunningHouse

TRIES = 200
PER_SECOND = 20


def _cookies(house: RunningHouse, account: str) -> str:
    """The cookies of a browser that is signed in."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{house.address}/inloggen").read().decode()
    word = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = {"csrfmiddlewaretoken": word, "email": account, "password": house.password}
    browser.open(f"{house.address}/inloggen", urllib.parse.urlencode(fields).encode())
    return "; ".join(f"{one.name}={one.value}" for one in jar)


class Ear(threading.Thread):
    """Writes down when each notice of a service came."""

    def __init__(self, house: RunningHouse, service: str, cookies: str) -> None:
        super().__init__(daemon=True)
        self.times: list[float] = []
        socket = house.address.replace("http", "ws")
        self.connection: ClientConnection = connect(
            f"{socket}/{service}/live", origin=house.address, additional_headers={"Cookie": cookies}
        )
        self.start()

    def run(self) -> None:
        """Listen until the connection closes."""
        try:
            for text in self.connection:
                json.loads(text)
                self.times.append(time.perf_counter())
        except ConnectionClosed:
            return

    def first_after(self, moment: float, within: float = 10) -> float | None:
        """Seconds from a moment to the first notice after it."""
        until = time.perf_counter() + within
        while time.perf_counter() < until:
            later = next((one for one in reversed(self.times) if one >= moment), None)
            if later is not None:
                return min(one for one in self.times if one >= moment) - moment
            time.sleep(0.001)
        return None


def measure(tries: int = TRIES) -> dict[str, list[float]]:
    """Seconds per try: the answer of the API, the notice of intake, the notice of reporting."""
    found: dict[str, list[float]] = {"answer": [], "intake": [], "reporting": []}
    with running_house() as house:
        token = house.token("beleid@merenstad.example")
        rows = house.call(token, "/intake/api/v1/activities?limit=100")["results"]
        activity = next(one["id"] for one in rows if one["municipality"] == "9901" and one["status"] == "running")
        cookies = _cookies(house, "raad@merenstad.example")
        ears = {service: Ear(house, service, cookies) for service in ("intake", "reporting")}
        entry = {"kind": "commitment", "date": "2025-01-13", "amountCents": 100, "fundingSource": "np_onderwijs"}
        for _ in range(tries):
            began = time.perf_counter()
            house.call(token, f"/intake/api/v1/activities/{activity}/entries", entry)
            found["answer"].append(time.perf_counter() - began)
            for service, ear in ears.items():
                waited = ear.first_after(began)
                if waited is None:
                    raise SystemExit(f"no notice of {service} within ten seconds")
                found[service].append(waited)
            time.sleep(max(0.0, 1 / PER_SECOND - (time.perf_counter() - began)))
        for ear in ears.values():
            ear.connection.close()
    return found


def show() -> None:
    """Print the table."""
    found = measure()
    print(f"\n## From a commitment sent to the API to what it leads to, {TRIES} tries, one at a time\n")
    print("| Milliseconds until | Median | 99 % |\n|---|---:|---:|")
    names = {"answer": "the answer", "intake": "the notice of intake", "reporting": "the notice of reporting"}
    for key, times in found.items():
        later = statistics.quantiles(times, n=100)[98]
        print(f"| {names[key]} | {statistics.median(times) * 1000:.0f} | {later * 1000:.0f} |", flush=True)


if __name__ == "__main__":
    show()
