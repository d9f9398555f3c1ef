"""What becomes of an organisation that a sheet or form named and nobody had registered."""

from coordination.contracts import intake
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.events.unit_of_work import UnitOfWork, unit_of_work
from matching.domain import register as rules
from matching.models import Partner, PartnerIdentifier, PartnerRole, ProposedSchool, School
from matching.publications import partner_registered, say_role


def organisation_proposed(event: intake.OrganisationProposed, envelope: Envelope) -> None:
    """A proposed partner is registered at once; a proposed school waits for a person, who knows its code and types.

    A partner that is in the register already, under this name or another, keeps its id; the proposed id is kept as
    another id of it, and roles under that id go over to it.
    """
    with unit_of_work("matching") as say:
        if event.kind == "partner":
            _partner_proposed(say, event)
        else:
            _school_proposed(say, event)


def _partner_proposed(say: UnitOfWork, event: intake.OrganisationProposed) -> None:
    name = rules.clean_text(event.name)[: rules.LONGEST_NAME]
    search = rules.search_name(name)
    if not search:
        return
    known = PartnerIdentifier.objects.select_related("partner").filter(pk=event.organisation_id).first()
    partner = known.partner if known else Partner.objects.filter(pk=event.organisation_id).first()
    partner = partner or _meant_by(name)
    before = partner_registered(partner) if partner else None
    if partner is None:
        partner = Partner(id=event.organisation_id, name=name, search_name=search)
    elif name not in (partner.name, *partner.aliases):
        partner.aliases = sorted([*partner.aliases, name])
    partner.municipalities = sorted({*partner.municipalities, event.municipality})
    partner.save()
    if partner.id != event.organisation_id:
        PartnerIdentifier.objects.get_or_create(id=event.organisation_id, defaults={"partner": partner})
        _move_roles(say, event, partner)
    after = partner_registered(partner)
    if after != before:
        say(after)
        say.changed("register", event.municipality, audience=[f"municipality:{event.municipality}", "house:house"])


def _meant_by(name: str) -> Partner | None:
    by_name = {}
    for partner in Partner.objects.all():
        for one in (partner.name, *partner.aliases):
            by_name.setdefault(rules.search_name(one), partner)
    found = rules.same_name(name, by_name)
    return by_name[found] if found is not None else None


def _move_roles(say: UnitOfWork, event: intake.OrganisationProposed, partner: Partner) -> None:
    for role in PartnerRole.objects.filter(partner_id=event.organisation_id):
        if PartnerRole.objects.filter(activity_id=role.activity_id, partner_id=partner.id).exists():
            role.still_named = False
            role.save()
            continue
        role.partner_id = partner.id
        role.keep(at=recorded_now())
        say_role(say, role)


def _school_proposed(say: UnitOfWork, event: intake.OrganisationProposed) -> None:
    code = rules.clean_text(event.brin or "").upper()[:6]
    registered = School.objects.filter(location_code=rules.location_code_of(code), valid_to__isnull=True).first()
    ProposedSchool.objects.update_or_create(
        id=event.organisation_id,
        defaults={
            "name": rules.clean_text(event.name)[: rules.LONGEST_NAME],
            "brin": code,
            "municipality": event.municipality,
            "school": registered,
        },
        create_defaults={
            "name": rules.clean_text(event.name)[: rules.LONGEST_NAME],
            "brin": code,
            "municipality": event.municipality,
            "school": registered,
            "proposed_at": recorded_now(),
        },
    )
    say.changed("register", event.municipality, audience=[f"municipality:{event.municipality}", "house:house"])
