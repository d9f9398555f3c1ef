"""The grid: all activities of a municipality with their figures, where a policy officer works."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from coordination.contracts.refusals import Invalid, NotFound
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.templatetags.vierspan import short_date
from intake.domain import who_may
from intake.pages.grid_forms import FILTERS, GridFilterForm
from intake.pages.grid_rows import SHOWN, headings, lines, totals
from intake.queries import catalogues
from intake.queries.activities import grid
from intake.queries.basis import municipalities
from intake.queries.grid_head import Head, head

FRAGMENTS = {
    "grid": "intake/grid/_grid.html",
    "strip": "intake/grid/_strip.html",
    "asof": "intake/grid/_asof.html",
}
KEPT = (*FILTERS, "municipality", "sort", "show")


@require_GET
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """All activities that fit the filter of the address, their sums, and what of the allocation is left."""
    code = municipality_meant(request.actor, request.GET.get("municipality"))
    fragment = request.GET.get("fragment", "")
    if fragment in ("strip", "asof"):
        return show(request, FRAGMENTS[fragment], head_context(request, head(actor=request.actor, code=code)))
    problems: dict[str, str] = {}
    wanted = wanted_of(request.GET)
    try:
        context = grid_context(request, code, wanted)
    except Invalid as refusal:
        problems = {one.field: one.message for one in refusal.problems}
        context = grid_context(request, code, {name: value for name, value in wanted.items() if name not in problems})
    context |= {"places": municipalities(actor=request.actor), "problems": problems}
    return show(request, "intake/grid/page.html", context, fragments=FRAGMENTS, status=400 if problems else 200)


def municipality_meant(actor: Actor, asked: str | None) -> str:
    """The municipality whose grid is meant: the one asked for, else the first of one's own. Raises NotFound."""
    if asked:
        if not who_may.sees(actor, asked):
            raise NotFound
        return asked
    own = municipalities(actor=actor)
    if not own:
        raise NotFound
    return own[0].code


def wanted_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What of a query string the grid understands; empty wishes are none."""
    return {name: asked[name] for name in KEPT if asked.get(name)}


def wanted_before(request: HttpRequest) -> dict[str, str]:
    """What the grid showed from which a fragment was asked, by its address."""
    seen = urlsplit(request.htmx.current_url or "")
    return wanted_of(dict(parse_qsl(seen.query))) if seen.path == "/intake/activities" else {}


def grid_context(request: HttpRequest, code: str, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Everything the grid shows of one municipality. Raises Invalid for a filter that cannot be read."""
    actor = request.actor
    asked = {name: value for name, value in wanted.items() if name != "show"} | {"municipality": code}
    shown = wanted.get("show", "planned")
    shown = shown if shown in SHOWN else "planned"
    found = grid(actor=actor, wanted=asked)
    words = catalogues.labels("status", "measure_type", "reason")
    above = head_context(request, head(actor=actor, code=code))
    until = above["head"].reference_date
    columns = headings(found, shown, short_date(until) if until else "")
    form = GridFilterForm(wanted, words=words, school_years=found.school_years)
    return above | {
        "grid": found,
        "headings": columns,
        "totals": totals(found, shown, asked),
        "lines": lines(found, show=shown, words=words, may_edit=above["may_edit"]),
        "column_count": len(columns) + (3 if shown == "all" else 2),
        "form": form,
        "shown": shown,
        "switch": [(name, _address(wanted | {"show": name})) for name in SHOWN],
        "downloads": urlencode(asked),
        "unfiltered": _address({name: wanted[name] for name in ("municipality", "show") if name in wanted}),
        "kept": {name: wanted[name] for name in ("municipality", "sort") if name in wanted},
    }


def head_context(request: HttpRequest, found: Head) -> dict[str, Any]:
    """What stands above the grid, and what this person may do with it."""
    code = found.municipality.code
    request.theme = found.municipality.theme
    return {
        "head": found,
        "code": code,
        "may_register": who_may.describes(request.actor, code),
        "may_edit": who_may.keeps_money(request.actor, code),
        "of_several": request.actor.is_administrator,
    }


def _address(wanted: Mapping[str, str]) -> str:
    return f"/intake/activities?{urlencode(wanted)}" if wanted else "/intake/activities"
