"""Two thousand open sockets on one web process of reporting: how soon all have a notice, and what a socket weighs."""

import os
import statistics
import time

from bench.live_house import live_house
from bench.viewers import wait_for

SOCKETS = int(os.environ.get("SOCKETS", "2000"))
CHANGES = 20
AIM = 1.0


def show() -> None:
    """Print the table."""
    print(f"\n## {SOCKETS:,} open sockets on one web process\n", flush=True)
    with live_house() as house:
        first = house.viewers(1)
        house.says("0000")
        wait_for(lambda: bool(first.heard[0]), "the first change")
        before = house.web_mebibytes()
        began = time.perf_counter()
        viewers = house.viewers(SOCKETS)
        opening, each = time.perf_counter() - began, (house.web_mebibytes() - before) / SOCKETS * 1024
        spread, whole = [], []
        for number in range(1, CHANGES + 1):
            said = house.says(f"{number:04d}")
            wait_for(lambda so_many=number: all(len(heard) >= so_many for heard in viewers.heard), "a change")
            came = [heard[number - 1][0] for heard in viewers.heard if len(heard) >= number]
            if len(came) < SOCKETS:
                raise SystemExit(f"{SOCKETS - len(came)} sockets heard nothing")
            spread.append(max(came) - min(came))
            whole.append(max(came) - said)
            time.sleep(0.5)
        print("| What | median | worst | aim |\n|---|---:|---:|---:|")
        print(f"| seconds from kept in intake to the last socket | {_two(whole)} | {AIM:.0f} |")
        print(f"| seconds from the first socket to the last | {_two(spread)} | |")
        print(f"\nA socket takes {each:.0f} KiB of the web process; opening them all took {opening:.0f} s.", flush=True)
        viewers.close()
        first.close()


def _two(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} | **{max(times):.2f}**"


if __name__ == "__main__":
    show()
