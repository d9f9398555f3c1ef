"""Schools and partners enter the register: one by one, or as a pasted list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, Problem, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.domain import register as rules
from matching.domain.who_may import decides_for
from matching.models import Board, Partner, PartnerIdentifier, ProposedSchool, School
from matching.publications import partner_registered, school_registered


@dataclass(frozen=True, kw_only=True)
class LineRefused:
    """A line of a pasted list that was not taken, and why in Dutch."""

    line: int
    message: str


@dataclass(frozen=True, kw_only=True)
class PastedResult:
    """What became of a pasted list."""

    registered: tuple[School, ...]
    refused: tuple[LineRefused, ...]


def register_school(
    *,
    actor: Actor,
    code: str,
    name: str,
    school_types: Iterable[str],
    municipality: str,
    board: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    school_id: UUID | None = None,
) -> School:
    """Enter a school location, or bring its data up to date when its code is in the register already.

    code is a BRIN of four characters, which names location 00, or six with the location. The same data again changes
    nothing. Raises Forbidden for who is no officer of that municipality, Invalid with all problems, Conflict when the
    code belongs to a school of another municipality.
    """
    if not decides_for(actor, municipality):
        raise Forbidden("U kunt alleen scholen van uw eigen gemeente vastleggen.")
    location = rules.location_code_of(code)
    title, types = rules.clean_text(name), list(dict.fromkeys(one.strip().casefold() for one in school_types))
    _judge_school(location, title, types, municipality)
    if valid_from and valid_to and valid_to < valid_from:
        raise problem("validTo", "ends-before-start", "De einddatum ligt voor de begindatum. Verbeter een van beide.")
    with unit_of_work("matching", role=actor.role_for("municipality", municipality)) as say:
        found = School.objects.filter(location_code=location, valid_to__isnull=True).first()
        if found is None and school_id is not None:
            found = School.objects.filter(pk=school_id).first()
        if found is not None and found.municipality != municipality and not decides_for(actor, found.municipality):
            raise Conflict("Deze code is al in gebruik bij een school van een andere gemeente.")
        data = {
            "brin": location[:4],
            "location_code": location,
            "name": title,
            "school_types": types,
            "municipality": municipality,
            "board": _board(board),
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        if found is not None and all(getattr(found, key) == value for key, value in data.items()):
            return found
        found = found or School(id=school_id or new_id())
        for key, value in data.items():
            setattr(found, key, value)
        found.save()
        proposals = ProposedSchool.objects.filter(school=None, brin__in=[location, location[:4]])
        proposals.update(school=found)
        say(school_registered(found))
        say.changed("register", municipality, audience=[f"municipality:{municipality}", "house:house"])
    return found


def register_pasted_schools(*, actor: Actor, text: str, municipality: str = "") -> PastedResult:
    """Enter a pasted list of schools, a line each: code, name, types and perhaps a municipality code.

    A line that is wrong is told with its number and never blocks the rest. municipality is used for lines without
    one. Raises Invalid when there is no line at all or there are too many.
    """
    lines = rules.read_pasted_schools(text)
    if not lines:
        raise problem("list", "list-empty", "Plak minstens één regel: code, naam en schooltypen.")
    if len(lines) > rules.MOST_SCHOOLS_AT_ONCE:
        raise problem("list", "list-too-long", "Plak hoogstens 1.000 regels per keer.")
    registered, refused = [], []
    for line in lines:
        try:
            registered.append(
                register_school(
                    actor=actor,
                    code=line.code,
                    name=line.name,
                    school_types=line.school_types,
                    municipality=line.municipality or municipality,
                )
            )
        except (Invalid, Forbidden, Conflict) as refusal:
            refused.append(LineRefused(line=line.line, message=refusal.message))
    return PastedResult(registered=tuple(registered), refused=tuple(refused))


def register_partner(
    *,
    actor: Actor,
    name: str,
    municipality: str,
    partner_type: str = "",
    aliases: Iterable[str] = (),
    partner_id: UUID | None = None,
) -> Partner:
    """Enter a partner, or add a municipality, type or alias to one whose name is in the register already.

    The same data again changes nothing. Raises Forbidden for who is no officer of that municipality, or Invalid.
    """
    if not decides_for(actor, municipality):
        raise Forbidden("U kunt alleen partners voor uw eigen gemeente vastleggen.")
    title = rules.clean_text(name)
    if not rules.search_name(title) or len(title) > rules.LONGEST_NAME:
        raise problem("name", "name-invalid", "Vul een naam in van hoogstens 200 tekens.")
    if partner_type and partner_type not in rules.PARTNER_TYPES:
        raise problem("partnerType", "unknown-partner-type", "Kies een soort partner uit de lijst.")
    with unit_of_work("matching", role=actor.role_for("municipality", municipality)) as say:
        found = Partner.objects.filter(search_name=rules.search_name(title)).first()
        if found is None and partner_id is not None:
            found = Partner.objects.filter(pk=partner_id).first()
        before = None if found is None else partner_registered(found)
        if found is None:
            found = Partner(id=partner_id or new_id(), name=title, search_name=rules.search_name(title))
        found.partner_type = partner_type or found.partner_type
        found.municipalities = sorted({*found.municipalities, municipality})
        found.aliases = sorted({*found.aliases, *(rules.clean_text(one) for one in aliases)} - {found.name, ""})
        found.save()
        if partner_id is not None and partner_id != found.id:
            PartnerIdentifier.objects.get_or_create(id=partner_id, defaults={"partner": found})
        after = partner_registered(found)
        if before != after:
            say(after)
            audience = [*(f"municipality:{code}" for code in found.municipalities), f"partner:{found.id}"]
            say.changed("register", municipality, audience=audience)
    return found


def _board(name: str) -> Board | None:
    title = rules.clean_text(name)[: rules.LONGEST_NAME]
    return Board.objects.get_or_create(name=title)[0] if title else None


def _judge_school(location: str, name: str, types: list[str], municipality: str) -> None:
    problems = []
    if not rules.LOCATION_CODE.match(location):
        message = "Een BRIN heeft twee cijfers en twee letters, een locatie nog twee cijfers. Controleer de code."
        problems.append(Problem(field="code", code="code-invalid", message=message))
    if not name or len(name) > rules.LONGEST_NAME:
        message = "Vul een naam in van hoogstens 200 tekens."
        problems.append(Problem(field="name", code="name-invalid", message=message))
    strange = rules.unknown_types(types)
    if not types or strange:
        which = f" Onbekend is: {', '.join(strange)}." if strange else ""
        message = f"Geef schooltypen uit de lijst.{which}"
        problems.append(Problem(field="schoolTypes", code="school-type-unknown", message=message))
    if not rules.MUNICIPALITY_CODE.match(municipality):
        message = "Een gemeentecode heeft vier cijfers. Controleer de code."
        problems.append(Problem(field="municipality", code="municipality-invalid", message=message))
    if problems:
        raise Invalid(problems)
