"""A speaker (matching says how many places an activity has) and a listener (reporting) with effects in real rows."""

from collections.abc import Callable
from uuid import UUID

from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.matching import PlacesSet
from coordination.events.consumer import Consumer
from coordination.events.log import Log
from coordination.events.relay import Relay
from coordination.events.subscription import Subscriptions, hears
from coordination.events.unit_of_work import unit_of_work
from matching.models.messaging import OutboxEntry
from reporting.models.messaging import AcceptedRequest, DeadLetter


class Speaker:
    """Matching, saying places of activities and sending them."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def says(self, activity: UUID, *places: int) -> list[OutboxEntry]:
        """Say each number of places in a unit of work of its own; gives the rows of the outbox."""
        ids = []
        for number in places:
            with unit_of_work("matching", role="policy_officer") as say:
                ids.append(say(PlacesSet(activity_id=activity, municipality="9901", places=number)))
        return [OutboxEntry.objects.get(id=one) for one in ids]

    def sends(self) -> int:
        """Send all that was said."""
        return sum(iter(Relay("matching", self.log).run_once, 0))


class Listener:
    """Reporting, writing a row for all it hears; faults are functions that raise when they are asked to."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.faults: list[Callable[[PlacesSet], None]] = []
        self.tries = 0
        self.subscriptions = Subscriptions(
            service="reporting",
            table=(hears(PlacesSet, self._write, self._fail),),
            projections=("AcceptedRequest",),
        )

    def consumer(self, **options: int) -> Consumer:
        """A consumer with these subscriptions."""
        return Consumer(self.subscriptions, self.log, **options)

    def hears_all(self, **options: int) -> Consumer:
        """Hear until nothing is left; gives the consumer, closed."""
        consumer = self.consumer(**options)
        while consumer.run_once():
            pass
        consumer.close()
        return consumer

    def heard(self, activity: UUID) -> list[int]:
        """The places heard of an activity, in order of hearing."""
        rows = AcceptedRequest.objects.filter(account=str(activity)).order_by("pk")
        return [row.status for row in rows]

    def parked(self) -> list[tuple[int, str]]:
        """What is parked, as number and cause, in order."""
        return list(DeadLetter.objects.order_by("subject", "sequence").values_list("sequence", "cause"))

    def _write(self, event: PlacesSet, envelope: Envelope) -> None:
        AcceptedRequest.objects.create(
            account=str(event.activity_id), key=str(new_id()), status=event.places, accepted_at=recorded_now()
        )

    def _fail(self, event: PlacesSet, envelope: Envelope) -> None:
        self.tries += 1
        for fault in self.faults:
            fault(event)
