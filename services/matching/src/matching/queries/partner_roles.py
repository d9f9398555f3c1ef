"""Reading the roles of partners."""

from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from matching.models import Activity, Partner, PartnerRole
from matching.queries.register import partner_for


class PartnerRoleFilter(django_filters.FilterSet):
    """Filters of a list of roles: municipality (of the activity), activity, partner and state."""

    municipality = django_filters.CharFilter()
    activity = django_filters.UUIDFilter(field_name="activity_id")
    partner = django_filters.UUIDFilter(field_name="partner_id")
    state = django_filters.CharFilter()

    class Meta:
        model = PartnerRole
        fields = ["municipality", "activity", "partner", "state"]


def complete() -> QuerySet[PartnerRole]:
    """Roles whose activity and partner have both been met, as long as the activity names the partner."""
    return PartnerRole.objects.select_related("activity", "partner").filter(
        activity__in=Activity.objects.exclude(status="").filter(withdrawn=False),
        partner__in=Partner.objects.all(),
        still_named=True,
    )


def roles_for(actor: Actor) -> QuerySet[PartnerRole]:
    """The roles of the actor's own partner, and those in activities of its municipalities."""
    if actor.is_administrator:
        return complete()
    return complete().filter(Q(partner_id__in=actor.keys("partner")) | Q(municipality__in=actor.keys("municipality")))


def role_for(actor: Actor, role_id: UUID) -> PartnerRole:
    """One role the actor may see. Raises NotFound."""
    found = roles_for(actor).filter(pk=role_id).first()
    if found is None:
        raise NotFound()
    return found


def roles_of(actor: Actor, partner_id: UUID) -> list[PartnerRole]:
    """The roles of one partner the actor may see, those without an answer first. Raises NotFound."""
    partner_for(actor, partner_id)
    order = {"named": 0, "confirmed": 1, "declined": 2}
    found = roles_for(actor).filter(partner_id=partner_id).order_by("municipality", "activity__number")
    return sorted(found, key=lambda one: order[one.state])
