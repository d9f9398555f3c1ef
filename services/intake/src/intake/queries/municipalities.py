"""All municipalities of the house for its administrator: their figures, and how far each is with its first steps."""

from collections import Counter
from dataclasses import dataclass

from coordination.contracts.refusals import Forbidden, NotFound
from coordination.identity.accounts import colleagues
from coordination.identity.actor import Actor
from intake.models import Activity, Allocation, Municipality, School
from intake.queries.allocations import Summary, summary_of
from intake.queries.basis import DEFAULT_PROGRAMME


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One municipality with its figures and what of it is there: accounts of its own, schools, activities."""

    municipality: Municipality
    summary: Summary
    officers: int
    accounts: int
    schools: int
    activities: int

    @property
    def allocated_is_known(self) -> bool:
        """Whether the house knows what the municipality received."""
        return self.summary.allocated is not None

    @property
    def is_ready(self) -> bool:
        """Whether all first steps were taken."""
        return bool(self.allocated_is_known and self.officers and self.schools and self.activities)


def standings(*, actor: Actor) -> list[Standing]:
    """Every municipality, by code. Raises Forbidden for anyone but the administrator of the house."""
    _require(actor)
    schools = Counter(School.objects.values_list("municipality", flat=True))
    activities = Counter(Activity.objects.filter(withdrawn=False).values_list("municipality", flat=True))
    return [_standing(one, schools[one.code], activities[one.code]) for one in Municipality.objects.order_by("code")]


def standing(*, actor: Actor, code: str) -> Standing:
    """One municipality. Raises Forbidden for anyone but the administrator of the house, and NotFound."""
    _require(actor)
    found = Municipality.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    schools = School.objects.filter(municipality=code).count()
    return _standing(found, schools, Activity.objects.filter(municipality=code, withdrawn=False).count())


def granted(*, actor: Actor, code: str) -> list[Allocation]:
    """What a municipality received, by date, of every programme. Raises Forbidden."""
    _require(actor)
    return list(Allocation.objects.filter(municipality=code).order_by("granted_on", "component", "id"))


def _standing(municipality: Municipality, schools: int, activities: int) -> Standing:
    return Standing(
        municipality=municipality,
        summary=summary_of(municipality.code, DEFAULT_PROGRAMME),
        officers=len(colleagues("municipality", municipality.code, "policy_officer")),
        accounts=len(colleagues("municipality", municipality.code)),
        schools=schools,
        activities=activities,
    )


def _require(actor: Actor) -> None:
    if not actor.is_administrator:
        raise Forbidden("Deze pagina is voor de functioneel beheerder van dit huis.")
