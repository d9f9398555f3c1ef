"""What a municipality received, and what of it is planned, committed and realised."""

from dataclasses import dataclass

from django.db.models import Sum

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.domain.figures import REALISED_KINDS
from intake.models import Allocation, LedgerLine
from intake.queries.basis import DEFAULT_PROGRAMME


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Cents of one municipality; None is unknown. Without activities nothing is planned or spent, which is 0.

    unassigned below zero is a warning, never a refusal.
    """

    municipality: str
    allocated: int | None
    planned: int
    committed: int | None
    realised: int | None

    @property
    def unassigned(self) -> int | None:
        """Allocated minus planned."""
        return None if self.allocated is None else self.allocated - self.planned

    @property
    def remaining(self) -> int | None:
        """Allocated minus realised."""
        return None if self.allocated is None or self.realised is None else self.allocated - self.realised

    @property
    def over(self) -> int:
        """By how much more is planned than was allocated; 0 when it is not."""
        return max(0, -(self.unassigned or 0))


def allocations(*, actor: Actor, municipality: str, programme: str = DEFAULT_PROGRAMME) -> list[Allocation]:
    """The components of what a municipality received. Raises NotFound when it is not this actor's to see."""
    if not who_may.sees(actor, municipality):
        raise NotFound
    return list(Allocation.objects.filter(municipality=municipality, programme=programme))


def visible_allocations(*, actor: Actor) -> list[Allocation]:
    """The components of all municipalities this actor may see."""
    rows = Allocation.objects.order_by("municipality", "granted_on", "component")
    return list(rows if actor.is_administrator else rows.filter(municipality__in=who_may.visible(actor)))


def summary(*, actor: Actor, municipality: str, programme: str = DEFAULT_PROGRAMME) -> Summary:
    """The figures of a whole municipality. Raises NotFound when it is not this actor's to see."""
    if not who_may.sees(actor, municipality):
        raise NotFound
    return summary_of(municipality, programme)


def summary_of(municipality: str, programme: str) -> Summary:
    """The figures of a whole municipality, without asking who asks."""
    granted = Allocation.objects.filter(municipality=municipality, programme=programme)
    rows = LedgerLine.objects.filter(
        activity__municipality=municipality, activity__programme=programme, activity__withdrawn=False
    )
    sums = dict(rows.order_by().values_list("kind").annotate(sum=Sum("amount_cents")))
    realised = [cents for kind, cents in sums.items() if kind in REALISED_KINDS]
    nothing = None if sums else 0
    return Summary(
        municipality=municipality,
        allocated=granted.aggregate(sum=Sum("amount_cents"))["sum"],
        planned=sums.get("plan", 0),
        committed=sums.get("commitment", nothing),
        realised=sum(realised) if realised else nothing,
    )
