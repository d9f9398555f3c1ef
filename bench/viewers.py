"""A change of intake on the sockets of 200 viewers of reporting, with the broker away for a minute in between."""

import json
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable

from bench.live_house import LiveHouse, Viewers, live_house

VIEWERS = int(os.environ.get("VIEWERS", "200"))
AWAY = float(os.environ.get("AWAY", "60"))
CHANGES = 60
EVERY = 0.25
PATIENCE = 120.0
AIM = 1.0


def show() -> None:
    """Print the table."""
    print(
        f"\n## A change on the sockets of {VIEWERS} viewers, the broker stopped for {AWAY:.0f} s in between\n",
        flush=True,
    )
    with live_house() as house:
        viewers = house.viewers(VIEWERS)
        try:
            house.says("0000")
            wait_for(lambda: all(viewers.heard), "the first change")
            for heard in viewers.heard:
                heard.clear()
            measure(house, viewers)
        finally:
            viewers.close()


def measure(house: LiveHouse, viewers: Viewers) -> None:
    """Changes with the broker up, away, and up again; each is of a municipality of its own."""
    numbers = iter(range(1, 10_000))
    said: dict[str, dict[str, float]] = {"up": {}, "away": {}, "up again": {}}

    def change(when: str) -> None:
        code = f"{next(numbers):04d}"
        said[when][code] = house.says(code)
        time.sleep(EVERY)

    for _ in range(CHANGES):
        change("up")
    wait_for(lambda: all(len(heard) >= CHANGES for heard in viewers.heard), "what was said before")
    house.kafka.stop()
    until = time.monotonic() + AWAY
    while time.monotonic() < until:
        change("away")
    house.kafka.start()
    back = time.time()
    everything = CHANGES + len(said["away"])
    wait_for(lambda: all(len(heard) >= everything for heard in viewers.heard), "what was said meanwhile")
    caught_up = time.time() - back
    for _ in range(CHANGES):
        change("up again")
    everything += CHANGES
    wait_for(lambda: all(len(heard) >= everything for heard in viewers.heard), "what was said afterwards")
    # What comes twice may come late.
    time.sleep(3)
    report(said, viewers, caught_up)


def report(said: dict[str, dict[str, float]], viewers: Viewers, caught_up: float) -> None:
    """Print how long it took, and what was lost or came twice."""
    print("| Broker | changes | seconds to a socket: median | 95 % | aim | lost | doubled |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for when, changes in said.items():
        late: list[float] = []
        lost = doubled = 0
        for heard in viewers.heard:
            moments: dict[str, float] = {}
            times = Counter(code for _, text in heard if (code := json.loads(text)["id"]) in changes)
            for moment, text in heard:
                moments.setdefault(json.loads(text)["id"], moment)
            lost += sum(1 for code in changes if not times[code])
            doubled += sum(count - 1 for count in times.values())
            late += [moments[code] - moment for code, moment in changes.items() if code in moments]
        middle, most = statistics.median(late), statistics.quantiles(late, n=20)[18]
        aim = f"{AIM:.0f}" if when != "away" else ""
        print(f"| {when} | {len(changes)} | {middle:.2f} | **{most:.2f}** | {aim} | {lost} | {doubled} |", flush=True)
    print(f"\nEverything said while it was away was on every socket {caught_up:.1f} s after the broker was back.")


def wait_for(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            print(f"(not everywhere within {PATIENCE:.0f} s: {what})", flush=True)
            return
        time.sleep(0.02)


if __name__ == "__main__":
    show()
