"""Runs every benchmark, or those named on the command line, and prints the machine's size and their tables."""

import os
import platform
import sqlite3
import sys

from bench import growth, log_throughput, notice_latency, outbox, projection, relay, screen_latency, sockets, viewers

ALL = {
    "log_throughput": log_throughput,
    "outbox": outbox,
    "relay": relay,
    "projection": projection,
    "growth": growth,
    "notice_latency": notice_latency,
    "viewers": viewers,
    "sockets": sockets,
    "screen_latency": screen_latency,
}


def main(names: list[str]) -> None:
    """Run those of the benchmarks that are named; all without a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"{os.cpu_count()} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f} at the start; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n",
        flush=True,
    )
    for name in names or ALL:
        ALL[name].show()


if __name__ == "__main__":
    main(sys.argv[1:])
