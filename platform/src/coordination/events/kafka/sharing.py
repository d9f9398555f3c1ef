"""How the members of a group share the partitions: each topic by itself, so that a busy topic is never one member's.

Kafka's own cooperative sharing counts partitions of all topics together. Of twelve topics it gives a second member the
last six whole, and whoever keeps the topic with the news goes on doing all the work.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.protocol.consumer.metadata import ConsumerProtocolAssignment
from kafka.structs import TopicPartition


class EachTopicShared(CooperativeStickyAssignor):
    """Cooperative, as what it is made from: members keep what they have, and what moves is let go of first.

    Of each topic every member that reads it has as many partitions as any other, or one more; who had a partition
    keeps it where that allows.
    """

    name = "cooperative-each-topic"

    def assign(self, cluster: Any, members: Sequence[Any]) -> dict[str, ConsumerProtocolAssignment]:
        """The partitions of each member for now; one that another member still has waits for the next round."""
        known = {member.member_id: self.parse_member_metadata(member.metadata) for member in members}
        owners = _owners({name: one.partitions for name, one in known.items()})
        given: dict[str, dict[str, list[int]]] = {name: {} for name in known}
        totals: Counter[str] = Counter()
        for topic in sorted({topic for one in known.values() for topic in one.subscription}):
            readers = sorted(name for name, one in known.items() if topic in one.subscription)
            partitions = sorted(cluster.partitions_for_topic(topic) or ())
            owned = {number: owners.get((topic, number), set()) for number in partitions}
            shares = _shares(partitions, readers, owned, totals)
            for name, share in shares.items():
                totals[name] += len(share)
                if free := [number for number in share if owned[number] <= {name}]:
                    given[name][topic] = free
        return {
            name: ConsumerProtocolAssignment(self.version, sorted(topics.items()), b"")
            for name, topics in given.items()
        }


def _owners(claims: Mapping[str, Sequence[TopicPartition]]) -> dict[tuple[str, int], set[str]]:
    """Who says to have each partition: nearly always one; where two do, both are to let go of it."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for name, places in claims.items():
        for place in places:
            found[place.topic, place.partition].add(name)
    return dict(found)


def _shares(
    partitions: Sequence[int], readers: Sequence[str], owned: Mapping[int, set[str]], totals: Counter[str]
) -> dict[str, list[int]]:
    """The partitions of one topic as they should be in the end."""
    held = {name: [number for number in partitions if owned[number] == {name}] for name in readers}
    # One more goes to who has fewest of other topics, and among those to who has most of this one already.
    order = sorted(readers, key=lambda name: (totals[name], -len(held[name]), name))
    each, more = divmod(len(partitions), len(readers))
    room = {name: each + (place < more) for place, name in enumerate(order)}
    shares = {name: held[name][: room[name]] for name in readers}
    taken = {number for share in shares.values() for number in share}
    left = [number for number in partitions if number not in taken]
    for name in order:
        missing = room[name] - len(shares[name])
        shares[name] = sorted([*shares[name], *left[:missing]])
        left = left[missing:]
    return shares
