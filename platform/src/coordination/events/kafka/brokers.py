"""Where the brokers are and how they are spoken to; the settings say so in VIERSPAN_KAFKA."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

ATTEMPT_MS = 4_000
RECONNECT_MS = 1_000


@dataclass(frozen=True, kw_only=True)
class Brokers:
    """The brokers of one house.

    prefix stands in front of the names of topics and groups, so that several houses can share brokers. partitions and
    replication are what a topic must have. A reader silent for session_seconds, or that takes longer than
    portion_seconds over one portion, loses its partitions to others of its group.
    """

    bootstrap_servers: str
    prefix: str = ""
    partitions: int = 6
    replication: int = 3
    security_protocol: str = "PLAINTEXT"
    sasl_mechanism: str = ""
    sasl_username: str = ""
    sasl_password: str = field(default="", repr=False)
    ssl_cafile: str = ""
    ssl_certfile: str = ""
    ssl_keyfile: str = ""
    session_seconds: float = 10.0
    portion_seconds: float = 60.0

    @property
    def in_step(self) -> int:
        """How many copies must have a message before it counts as kept: all but one, and at least one."""
        return max(1, self.replication - 1)

    def client(self) -> dict[str, Any]:
        """What every client is opened with; what was not given is left to the client."""
        given = {
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.sasl_username,
            "sasl_plain_password": self.sasl_password,
            "ssl_cafile": self.ssl_cafile,
            "ssl_certfile": self.ssl_certfile,
            "ssl_keyfile": self.ssl_keyfile,
        }
        return {
            "bootstrap_servers": [one.strip() for one in self.bootstrap_servers.split(",") if one.strip()],
            "client_id": "vierspan",
            "security_protocol": self.security_protocol,
            "bootstrap_timeout_ms": ATTEMPT_MS,
            "request_timeout_ms": ATTEMPT_MS,
            "reconnect_backoff_max_ms": RECONNECT_MS,
            **{name: value for name, value in given.items() if value},
        }


def brokers() -> Brokers:
    """Those of this process."""
    return Brokers(**settings.VIERSPAN_KAFKA)
