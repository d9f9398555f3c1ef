"""The embedded log with a wide gap between taking messages and answering, where a kill does most harm."""

import os
import time
from collections.abc import Sequence

from coordination.events.embedded.log import EmbeddedLog
from coordination.events.log import Message


class SlowLog(EmbeddedLog):
    """Answers late."""

    def append(self, messages: Sequence[Message]) -> None:
        """Take the messages, and say so only after a while."""
        super().append(messages)
        time.sleep(float(os.environ.get("LOG_PAUSE", "0")))
