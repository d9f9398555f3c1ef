"""Opening a client of Kafka: one that cannot be opened leaves nothing running, and says why it could not."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from kafka.errors import AuthorizationError, KafkaError, SaslAuthenticationFailedError, UnsupportedSaslMechanismError
from kafka.net.compat import KafkaNetClient

from coordination.events.kafka.brokers import Brokers
from coordination.events.log import LogUnavailable

STOPPING_MS = 1_000
REFUSED = (AuthorizationError, SaslAuthenticationFailedError, UnsupportedSaslMechanismError)

Client = TypeVar("Client")


def opened(kind: Callable[..., Client], at: Brokers, **more: Any) -> Client:
    """A producer, consumer or administrator at these brokers. Raises LogUnavailable with the reason, in Dutch.

    By itself a client that fails keeps its thread running, and says only that nobody answered in time: also when
    somebody did, and refused the password.
    """
    reasons: list[BaseException] = []
    made: list[KafkaNetClient] = []

    def net_client(**given: Any) -> KafkaNetClient:
        client = KafkaNetClient(**given)
        made.append(client)
        _note_failures(client._manager, reasons)
        return client

    try:
        return kind(**at.client(), kafka_client=net_client, **more)
    except (KafkaError, OSError) as failure:
        for client in made:
            client._net.stop(STOPPING_MS)
            client.close()
        raise LogUnavailable(f"Kafka op {at.bootstrap_servers} {_in_words([failure, *reasons])}") from failure


def _note_failures(manager: Any, reasons: list[BaseException]) -> None:
    """Write down why attempts to connect fail: the client waits longer after each, and tells nobody the reason."""
    waits_longer = manager.update_backoff

    def update_backoff(node_id: Any) -> Any:
        reason = sys.exc_info()[1]
        if reason is not None:
            reasons.append(reason)
        return waits_longer(node_id)

    manager.update_backoff = update_backoff


def _in_words(reasons: Sequence[BaseException]) -> str:
    refused = [reason for reason in reasons if isinstance(reason, REFUSED)]
    if refused:
        return f"laat ons niet binnen: {refused[-1]}"
    if any("socket disconnected" in str(reason) for reason in reasons):
        # A broker that refuses may hang up before its answer has been read.
        return "verbreekt de verbinding: passen protocol, naam en wachtwoord bij deze poort?"
    return f"antwoordt niet: {reasons[-1]}"
