"""Naming schools and partners in an activity: known ones by id, unknown partners as a proposal to matching."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import NamedPartner
from coordination.contracts.refusals import Problem
from coordination.events.unit_of_work import UnitOfWork
from intake import publications
from intake.domain.texts import cleaned, text_problems
from intake.models import Partner, School

PartnerGiven = NamedPartner | Mapping | str
NAME_LENGTH = 200


def partner_names(given: Iterable[PartnerGiven]) -> list[tuple[UUID | None, str]]:
    """Partners as (id, name) pairs from any way of naming them; a name alone has no id yet. Doubles are dropped."""
    found: dict[str, tuple[UUID | None, str]] = {}
    for one in given:
        if isinstance(one, NamedPartner):
            pair = (one.partner_id, cleaned(one.name))
        elif isinstance(one, Mapping):
            key = one.get("partner_id")
            pair = (UUID(str(key)) if key else None, cleaned(one.get("name", "")))
        else:
            pair = (None, cleaned(one))
        found.setdefault(pair[1].casefold(), pair)
    return list(found.values())


def partner_problems(named: Iterable[tuple[UUID | None, str]]) -> list[Problem]:
    """What is wrong with the names of partners."""
    return [
        problem
        for _, name in named
        for problem in text_problems("partners", "De naam van een partner", name, most=NAME_LENGTH, required=True)
    ]


def school_problems(schools: Iterable[UUID]) -> list[Problem]:
    """What is wrong with the schools named: each must be in intake's copy of the register."""
    wanted = set(schools)
    known = set(School.objects.filter(id__in=wanted).values_list("id", flat=True))
    if wanted <= known:
        return []
    message = "We kennen een van deze scholen niet. Kies de school uit de lijst."
    return [Problem(field="schools", code="school-unknown", message=message)]


def settle_partners(
    say: UnitOfWork, named: Iterable[tuple[UUID | None, str]], municipality: str
) -> list[dict[str, str]]:
    """The partners as an activity keeps them; whoever nobody registered yet is proposed to matching, once."""
    kept = []
    for given, name in named:
        partner = _known(given, name)
        if partner is None:
            partner = Partner.objects.create(
                id=given or new_id(), name=name, municipalities=[municipality], registered=False
            )
            say(
                publications.organisation_proposed(
                    organisation_id=partner.id, kind="partner", name=name, municipality=municipality
                )
            )
        kept.append({"partner_id": str(partner.same_as or partner.id), "name": name})
    return kept


def _known(given: UUID | None, name: str) -> Partner | None:
    if given is not None and (partner := Partner.objects.filter(id=given).first()):
        return partner
    folded = name.casefold()
    same = Partner.objects.filter(name__iexact=name).order_by("-registered", "id").first()
    if same is not None:
        return same
    for partner in Partner.objects.filter(registered=True):
        if folded == partner.name.casefold() or any(folded == alias.casefold() for alias in partner.aliases):
            return partner
    return None
