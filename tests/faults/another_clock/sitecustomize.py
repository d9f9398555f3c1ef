"""For processes under libfaketime: version 0.9.10 refuses the sleep of Python's time module, so wait another way."""

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], max(0, seconds))


time.sleep = _sleep
