"""Reading the register: schools, partners, and schools that wait to be registered."""

from contextlib import suppress
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from coordination.contracts.refusals import NotFound, problem
from coordination.identity.actor import Actor
from matching.domain.register import clean_text, search_name
from matching.domain.who_may import acts_for_partner, acts_for_school, decides_for, works_for
from matching.models import Municipality, Partner, ProposedSchool, School


class SchoolFilter(django_filters.FilterSet):
    """Filters of a list of schools: municipality, brin and q (part of a name)."""

    municipality = django_filters.CharFilter()
    brin = django_filters.CharFilter(field_name="brin", lookup_expr="iexact")
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains")

    class Meta:
        model = School
        fields = ["municipality", "brin", "q"]


class PartnerFilter(django_filters.FilterSet):
    """Filters of a list of partners: partnerType and q (part of a name)."""

    partnerType = django_filters.CharFilter(field_name="partner_type")
    q = django_filters.CharFilter(method="by_name")

    class Meta:
        model = Partner
        fields = ["partnerType", "q"]

    def by_name(self, found: QuerySet, _name: str, value: str) -> QuerySet:
        """Partners whose name holds these words, accents and case aside."""
        return found.filter(search_name__contains=search_name(value)) if search_name(value) else found


def school_for(actor: Actor, school_id: UUID) -> School:
    """A school the actor speaks for or whose municipality the actor works for. Raises NotFound."""
    found = School.objects.select_related("board").filter(pk=school_id).first()
    if found is None or not (acts_for_school(actor, school_id) or works_for(actor, found.municipality)):
        raise NotFound()
    return found


def school_named(actor: Actor, text: str) -> UUID:
    """The id of a school named by its id, its six characters, or its BRIN while that has one location.

    Raises NotFound when there is none, and Invalid when a BRIN has several locations and the actor may know of them.
    """
    with suppress(ValueError):
        return UUID(text)
    code = clean_text(text).upper()
    found = list(School.objects.filter(Q(brin=code) | Q(location_code=code), valid_to__isnull=True))
    if len(found) == 1:
        return found[0].pk
    if found and (own_municipalities(actor) or any(acts_for_school(actor, one.pk) for one in found)):
        raise problem(
            "school", "location-needed", "Deze instelling heeft meer locaties. Geef de zes tekens van de locatie."
        )
    raise NotFound()


def partner_for(actor: Actor, partner_id: UUID) -> Partner:
    """A partner the actor speaks for, or one that works in a municipality the actor works for. Raises NotFound."""
    found = Partner.objects.filter(pk=partner_id).first()
    inside = found is not None and (
        acts_for_partner(actor, partner_id) or any(works_for(actor, code) for code in found.municipalities)
    )
    if not inside:
        raise NotFound()
    return found


def schools_for(actor: Actor) -> QuerySet[School]:
    """The schools of the actor's municipalities and its own; all for the administrator."""
    found = School.objects.select_related("board")
    if actor.is_administrator:
        return found
    return found.filter(municipality__in=actor.keys("municipality")) | found.filter(pk__in=actor.keys("school"))


def all_schools() -> QuerySet[School]:
    """Every school in the register: an officer may record one of another municipality."""
    return School.objects.filter(valid_to__isnull=True)


def partners_for(actor: Actor) -> QuerySet[Partner]:
    """The partners of the actor's municipalities and its own; all for the administrator."""
    found = Partner.objects.all()
    if actor.is_administrator:
        return found
    codes = actor.keys("municipality")
    ids = [one.pk for one in found if codes & set(one.municipalities)]
    return found.filter(pk__in=[*ids, *actor.keys("partner")])


def proposed_schools_for(actor: Actor) -> QuerySet[ProposedSchool]:
    """Schools that somebody named and nobody registered yet, of the municipalities the actor works for."""
    found = ProposedSchool.objects.filter(school=None, dismissed=False).order_by("proposed_at")
    if actor.is_administrator:
        return found
    return found.filter(municipality__in=actor.keys("municipality", "policy_officer", "budget_holder"))


def proposed_school_for(actor: Actor, proposal_id: UUID) -> ProposedSchool:
    """A proposal of a municipality the actor works for, decided or not. Raises NotFound."""
    found = ProposedSchool.objects.filter(pk=proposal_id).first()
    if found is None or not works_for(actor, found.municipality):
        raise NotFound()
    return found


def registers_for(actor: Actor) -> list[tuple[str, str]]:
    """The municipalities whose register the actor keeps, as code and name, in order of name."""
    codes = [code for code in own_municipalities(actor) if decides_for(actor, code)]
    return sorted(((code, municipality_name(code)) for code in codes), key=lambda one: one[1])


def own_municipalities(actor: Actor) -> list[str]:
    """The codes of the municipalities whose staff the actor is; all known ones for the administrator."""
    if actor.is_administrator:
        known = set(Municipality.objects.values_list("code", flat=True))
        return sorted(known | set(School.objects.values_list("municipality", flat=True)))
    return sorted(actor.keys("municipality", "policy_officer", "budget_holder"))


def municipality_name(code: str) -> str:
    """The name of a municipality; its code while intake has not told the name."""
    return Municipality.objects.filter(code=code).values_list("name", flat=True).first() or code


def municipality_names() -> dict[str, str]:
    """The names of all municipalities by code."""
    return dict(Municipality.objects.values_list("code", "name"))
