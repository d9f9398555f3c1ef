"""The basis of a house: its programmes and catalogues, municipalities and allocations. Each may be said again."""

import json
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, Outdated, Problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import refuse_if
from intake.domain.amounts import amount_problems
from intake.domain.texts import cleaned, text_problems
from intake.models import Allocation, Catalogue, CatalogueEntry, Municipality, Programme, ProgrammePeriod

COMPONENTS = ("pupils", "disadvantage", "lump_sum")
KINDS = ("municipality", "public_body")
MOST_COUNTED = 2**31 - 1


def load_programme() -> bool:
    """The programmes and catalogues this house comes with; says only what is new or changed. Gives whether any was."""
    changed = False
    with unit_of_work("intake", role="administrator") as say:
        for given in _data("programmes"):
            if programme := _keep_programme(given):
                say(publications.programme_defined(programme))
                changed = True
        for given in _data("catalogues"):
            if catalogue := _keep_catalogue(given):
                say(publications.catalogue_defined(catalogue))
                changed = True
    return changed


def register_municipality(
    *,
    actor: Actor,
    code: str,
    name: str,
    number_prefix: str,
    kind: str = "municipality",
    zone: str = "Europe/Amsterdam",
    theme: str = "",
    municipality_id: UUID | None = None,
    version: int | None = None,
) -> Municipality:
    """A municipality or public body starts to work with this house, or its data change; code is its CBS code.

    municipality_id is that of a new one: the same twice is one. version is the one that is changed; None changes
    whatever stands. Raises Forbidden for anyone but the administrator of the house, Invalid, Outdated, and Conflict
    when the code belongs to another.
    """
    admit_administrator(actor)
    wanted = {
        "name": cleaned(name),
        "kind": kind,
        "zone": zone,
        "number_prefix": cleaned(number_prefix).upper(),
        "theme": theme,
    }
    refuse_if(_municipality_problems(code, wanted))
    with unit_of_work("intake", role="administrator") as say:
        municipality = Municipality.objects.select_for_update().filter(code=code).first()
        if municipality is None:
            municipality = Municipality.objects.create(id=municipality_id or new_id(), code=code, **wanted)
        else:
            if municipality_id and municipality.id != municipality_id:
                raise Conflict(f"De code {code} is al van {municipality.name}. Kies een andere code.")
            present = {field: getattr(municipality, field) for field in wanted}
            if present == wanted:
                return municipality
            if version is not None and version != municipality.version:
                raise Outdated(yours=wanted, current=present, version=municipality.version)
            for field, value in wanted.items():
                setattr(municipality, field, value)
            municipality.version += 1
            municipality.save()
        say(publications.municipality_registered(municipality))
        say.changed("grid", code, [f"municipality:{code}"])
    return municipality


def grant_allocation(
    *,
    actor: Actor,
    municipality: str,
    component: str,
    amount_cents: int,
    granted_on: date,
    pupils: int | None = None,
    per_pupil_cents: int | None = None,
    programme: str = "np_onderwijs",
    allocation_id: UUID | None = None,
) -> Allocation:
    """A municipality received one component of its money, in cents; a later adjustment is a further one with a sign.

    The same allocation_id a second time is the same allocation. Raises Forbidden and Invalid.
    """
    admit_administrator(actor)
    problems = [
        *amount_problems("amountCents", amount_cents),
        *_count_problems("pupils", "Het aantal leerlingen", pupils),
        *_count_problems("perPupilCents", "Het bedrag per leerling in centen", per_pupil_cents),
    ]
    if amount_cents == 0:
        problems.append(Problem(field="amountCents", code="amount-zero", message="Het bedrag mag geen 0 zijn."))
    if component not in COMPONENTS:
        message = "Kies waar het bedrag uit bestaat: leerlingen, achterstandsdeel of een vast bedrag."
        problems.append(Problem(field="component", code="component-unknown", message=message))
    if not isinstance(granted_on, date) or not 2000 <= granted_on.year < 2100:
        message = "Vul de datum van de toekenning in, na 1 januari 2000."
        problems.append(Problem(field="grantedOn", code="date-invalid", message=message))
    if not Municipality.objects.filter(code=municipality).exists():
        message = "Deze gemeente staat nog niet in Vierspan. Voeg eerst de gemeente toe."
        problems.append(Problem(field="municipality", code="municipality-unknown", message=message))
    if not Programme.objects.filter(code=programme).exists():
        message = "Dit programma kennen we niet. Laat het weg voor NP Onderwijs."
        problems.append(Problem(field="programme", code="programme-unknown", message=message))
    refuse_if(problems)
    with unit_of_work("intake", role="administrator") as say:
        if allocation_id and (existing := Allocation.objects.filter(id=allocation_id).first()):
            return existing
        allocation = Allocation.objects.create(
            id=allocation_id or new_id(),
            municipality=municipality,
            programme=programme,
            component=component,
            amount_cents=amount_cents,
            granted_on=granted_on,
            pupils=pupils,
            per_pupil_cents=per_pupil_cents,
        )
        say(publications.allocation_granted(allocation))
        say.changed("grid", municipality, [f"municipality:{municipality}"])
    return allocation


def admit_administrator(actor: Actor) -> None:
    """Let nobody lay the basis but the administrator of the house. Raises Forbidden."""
    if not actor.is_administrator:
        raise Forbidden("Alleen de functioneel beheerder kan dit doen.")


def _municipality_problems(code: object, wanted: Mapping[str, str]) -> list[Problem]:
    prefix = wanted["number_prefix"]
    problems = [
        *text_problems("name", "De naam", wanted["name"], most=100, required=True),
        *text_problems("numberPrefix", "Het voorvoegsel van de nummers", prefix, most=10, required=True),
    ]
    if prefix and not (prefix.isascii() and prefix.isalnum()):
        message = "Gebruik in het voorvoegsel alleen letters en cijfers, zoals MRS."
        problems.append(Problem(field="numberPrefix", code="prefix-invalid", message=message))
    if not (isinstance(code, str) and len(code) == 4 and code.isascii() and code.isdigit()):
        message = "De gemeentecode heeft vier cijfers."
        problems.append(Problem(field="code", code="code-invalid", message=message))
    if wanted["kind"] not in KINDS:
        message = "Kies gemeente of openbaar lichaam."
        problems.append(Problem(field="kind", code="kind-unknown", message=message))
    if wanted["zone"] not in available_timezones():
        message = "Deze tijdzone bestaat niet. Gebruik bijvoorbeeld Europe/Amsterdam."
        problems.append(Problem(field="zone", code="zone-unknown", message=message))
    if len(wanted["theme"]) > 30 or not wanted["theme"].replace("-", "a").isascii():
        problems.append(Problem(field="theme", code="theme-unknown", message="Kies een van de kleuren uit de lijst."))
    return problems


def _count_problems(field: str, label: str, count: object) -> list[Problem]:
    if count is None or (isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_COUNTED):
        return []
    return [Problem(field=field, code="count-invalid", message=f"{label} is een heel getal van 0 of meer.")]


def _data(folder: str) -> list[dict[str, Any]]:
    found = [one for one in files("intake.domain").joinpath(folder).iterdir() if one.name.endswith(".json")]
    return [json.loads(one.read_text(encoding="utf-8")) for one in sorted(found, key=lambda one: one.name)]


def _keep_programme(given: Mapping[str, Any]) -> Programme | None:
    if Programme.objects.filter(code=given["code"]).exists():
        return None
    programme = Programme.objects.create(
        id=UUID(given["programme_id"]),
        code=given["code"],
        name=given["name"],
        window_starts_on=date.fromisoformat(given["window_starts_on"]),
        window_ends_on=date.fromisoformat(given["window_ends_on"]),
    )
    for period in given["periods"]:
        ProgrammePeriod.objects.create(
            programme=programme,
            school_year=period["school_year"],
            starts_on=date.fromisoformat(period["starts_on"]),
            ends_on=date.fromisoformat(period["ends_on"]),
            national_weight=period["national_weight"],
        )
    return programme


def _keep_catalogue(given: Mapping[str, Any]) -> Catalogue | None:
    catalogue, _ = Catalogue.objects.get_or_create(name=given["name"], defaults={"id": UUID(given["catalogue_id"])})
    wanted = [_entry(catalogue, position, entry) for position, entry in enumerate(given["entries"])]
    present = {entry.slug: entry for entry in catalogue.entries.all()}
    fields = ("label_nl", "label_en", "group", "code", "aliases", "position")
    differing = [
        entry
        for entry in wanted
        if entry.slug not in present
        or any(getattr(entry, field) != getattr(present[entry.slug], field) for field in fields)
    ]
    if not differing:
        return None
    CatalogueEntry.objects.bulk_create(
        differing, update_conflicts=True, unique_fields=["catalogue", "slug"], update_fields=list(fields)
    )
    return Catalogue.objects.prefetch_related("entries").get(id=catalogue.id)


def _entry(catalogue: Catalogue, position: int, given: Mapping[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        catalogue=catalogue,
        slug=given["slug"],
        label_nl=given["label_nl"],
        label_en=given.get("label_en", ""),
        group=given.get("group", ""),
        code=given.get("code", ""),
        aliases=given.get("aliases", []),
        position=position,
    )
