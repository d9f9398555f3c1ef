"""A house killed while it takes a sheet over: started again and sent again, it ends as an undisturbed one."""

import faulthandler
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coordination.testing.running_house import start_house
from coordination.testing.tables import ask

ADMINISTRATOR = "beheer@vierspan.example"
ROWS = 600
HEADING = (
    "Activiteitnummer;Gemeentecode;Titel activiteit;Soort maatregel;BRIN-nummers;Startdatum;Einddatum;Totaal budget;"
    "Budget 2021-2022;Budget 2022-2023;Budget 2023-2024;Budget 2024-2025;Status"
)


def sheet() -> bytes:
    """Six hundred good rows, ten that wait and a row of totals."""
    good = [
        f"MRS-{1000 + n};9901;Activiteit {n};Zomerschool;90AA;01-10-2021;31-07-2025;{n},60;{n},00;0,10;0,20;0,30;loopt"
        for n in range(1, ROWS + 1)
    ]
    bad = [f"MRS-{9000 + n};9901;Fout {n};Zomerschool;99ZZ;01-10-2021;31-07-2025;{n},00;;;;;loopt" for n in range(10)]
    return "\r\n".join([HEADING, *good, *bad, "Totaal;;;;;;;1,00;;;;;"]).encode()


class House:
    """A whole house on one folder, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        """Start, and wait until it is ready."""
        self.running = start_house(self.folder, "register")

    def send(self, token: str) -> int:
        """Send the sheet and take its good rows over; gives the status, or 0 when nobody answered."""
        edge = b"--grens"
        head = (
            b'\r\nContent-Disposition: form-data; name="file"; filename="groot.csv"\r\nContent-Type: text/csv\r\n\r\n'
        )
        body = edge + head + sheet() + b"\r\n" + edge + b"--\r\n"
        request = urllib.request.Request(
            f"{self.running.address}/intake/api/v1/uploads?confirm=true",
            data=body,
            headers={
                "Content-Type": "multipart/form-data; boundary=grens",
                "Authorization": f"Bearer {token}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                answer.read()
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            return 0

    def ask(self, database: str, query: str) -> list[tuple]:
        """What a database holds now."""
        return ask(self.folder, database, query)

    def picture(self) -> dict[str, list[tuple]]:
        """Everything that counts, without ids and times."""
        return {
            "activities": self.ask(
                "intake", "SELECT number, title, total_cents, version FROM intake_activity ORDER BY 1"
            ),
            "lines": self.ask(
                "intake",
                "SELECT a.number, l.kind, l.school_year, sum(l.amount_cents), count(*) FROM intake_ledgerline l "
                "JOIN intake_activity a ON a.id = l.activity_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            ),
            "said": self.ask("intake", "SELECT type, count(*) FROM intake_outboxentry GROUP BY 1 ORDER BY 1"),
            "rows": self.ask(
                "intake",
                "SELECT row, outcome, reason FROM intake_uploadrow WHERE upload_id = "
                "(SELECT id FROM intake_upload ORDER BY received_at DESC LIMIT 1) ORDER BY row",
            ),
            "waiting": self.ask("intake", "SELECT count(*) FROM intake_uploadrow WHERE outcome = 'quarantined'"),
        }

    def wait_until_shown(self) -> list[tuple]:
        """What reporting shows once it has heard of all activities."""
        until = time.monotonic() + 120
        query = "SELECT count(*), sum(total_cents) FROM reporting_activity"
        while (found := self.ask("reporting", query))[0][0] < ROWS:
            assert time.monotonic() < until, found
            time.sleep(0.5)
        return found


@pytest.fixture
def house_named(tmp_path) -> Iterator[Callable[[str], House]]:
    """Starts houses that are gone after the test."""
    made: list[House] = []

    def _make(name: str) -> House:
        made.append(House(tmp_path / name))
        return made[-1]

    yield _make
    for one in made:
        one.running.kill()


def test_killed_while_taking_over_and_sent_again_ends_as_undisturbed(house_named) -> None:
    # Two houses and two restarts take longer than one test usually may; each wait has a limit of its own.
    faulthandler.cancel_dump_traceback_later()
    undisturbed = house_named("undisturbed")
    began = time.monotonic()
    assert undisturbed.send(undisturbed.running.token(ADMINISTRATOR)) == 201
    took = time.monotonic() - began
    expected, shown = undisturbed.picture(), undisturbed.wait_until_shown()
    undisturbed.running.stop()
    assert len(expected["activities"]) == ROWS and expected["waiting"] == [(10,)]

    disturbed = house_named("disturbed")
    token = disturbed.running.token(ADMINISTRATOR)
    broken_off = 0
    for part in (0.3, 0.7):
        answers: list[int] = []
        sending = threading.Thread(target=lambda into=answers: into.append(disturbed.send(token)))
        sending.start()
        time.sleep(took * part)
        disturbed.running.kill()
        sending.join(60)
        broken_off += answers == [0]
        assert len(disturbed.ask("intake", "SELECT 1 FROM intake_activity")) in (0, ROWS)
        disturbed.start()
    assert broken_off, "every kill came after the answer"
    assert disturbed.send(token) == 201
    after = disturbed.picture()
    if not after["rows"][0][2]:
        assert after["rows"] == expected["rows"]
    for name in ("activities", "lines", "said", "waiting"):
        assert after[name] == expected[name], name
    assert disturbed.send(token) == 201
    again = disturbed.picture()
    for name in ("activities", "lines", "said", "waiting"):
        assert again[name] == expected[name], name
    assert disturbed.wait_until_shown() == shown
