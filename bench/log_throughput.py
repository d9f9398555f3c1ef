"""Messages per second through the embedded log: one by one against in portions; sent, read, and heard by a service."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def show() -> None:
    """Print the table; it is measured in a process of its own on an empty data folder, which is gone afterwards."""
    print("## The embedded log\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="vierspan-bench-") as folder:
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("log_rates.py"))],
            env={"DJANGO_SETTINGS_MODULE": "vierspan.settings"} | os.environ | {"VIERSPAN_DATA": folder},
            check=True,
        )


if __name__ == "__main__":
    show()
