"""The council page: the figures of a municipality, live, as they were known on a day, or frozen for a meeting."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coordination.contracts.identifiers import new_id
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from reporting.commands.snapshots import take_snapshot
from reporting.pages import wording
from reporting.pages.files import file_of
from reporting.pages.sections import sections
from reporting.queries.lines import FIGURES, figure_of
from reporting.queries.snapshots import snapshot, snapshots_of
from reporting.queries.summary import municipalities_for, municipality_for, summary

PAGE = "reporting/council/page.html"
FRAGMENTS = {"summary": "reporting/council/_content.html", "stand": "reporting/council/_stand.html"}


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """One's own council page; who reads several municipalities chooses."""
    found = municipalities_for(actor=request.actor)
    if len(found) == 1:
        return redirect("reporting-council", code=found[0].code)
    return show(request, "reporting/start.html", {"municipalities": found})


@signed_in
def council(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a municipality. Raises NotFound for strangers."""
    found = municipality_for(actor=request.actor, municipality=code)
    text = request.GET.get("knownOn", "")
    known_on = _day(text)
    taken = snapshots_of(actor=request.actor, municipality=code)
    context = sections(
        summary(actor=request.actor, municipality=code, known_on=known_on),
        since=request.GET.get("since", ""),
        snapshots=taken,
    )
    context |= {
        "code": found.code,
        "snapshot_key": new_id(),
        "known_on": known_on,
        "known_on_text": text,
        "known_on_wrong": bool(text) and known_on is None,
        "live": known_on is None,
    }
    request.theme = found.theme
    wrong = context["known_on_wrong"] and "fragment" not in request.GET
    return show(request, PAGE, context, fragments=FRAGMENTS, status=400 if wrong else 200)


@require_POST
@signed_in
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Take a snapshot; the key in the form makes a second click the same act."""
    municipality_for(actor=request.actor, municipality=code)
    taken = take_snapshot(actor=request.actor, municipality=code, snapshot_id=_key(request.POST.get("key", "")))
    messages.success(request, _("De momentopname is gemaakt. Dit adres verandert niet meer."))
    return redirect("reporting-snapshot", code=code, snapshot_id=taken.id)


@signed_in
def frozen(request: HttpRequest, code: str, snapshot_id: UUID) -> HttpResponse:
    """The page as it was. Raises NotFound for strangers."""
    found = snapshot(actor=request.actor, municipality=code, snapshot_id=snapshot_id)
    context = sections(found.summary, since="")
    request.theme = found.summary.facts.theme
    return show(request, PAGE, context | {"code": code, "frozen": found, "live": False})


@signed_in
def download(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The figures as a file."""
    municipality_for(actor=request.actor, municipality=code)
    known_on = _day(request.GET.get("knownOn", ""))
    return file_of(summary(actor=request.actor, municipality=code, known_on=known_on), kind)


@signed_in
def frozen_download(request: HttpRequest, code: str, snapshot_id: UUID, kind: str) -> HttpResponse:
    """The figures of a snapshot as a file."""
    return file_of(snapshot(actor=request.actor, municipality=code, snapshot_id=snapshot_id).summary, kind)


@signed_in
def lines(request: HttpRequest, code: str) -> HttpResponse:
    """What a figure is made of: the amounts that add up to it. Raises NotFound for strangers."""
    wanted = request.GET.get("figure", "")
    found = figure_of(
        actor=request.actor,
        municipality=code,
        figure=wanted if wanted in FIGURES else "planned",
        school_year=request.GET.get("schoolYear", ""),
    )
    request.theme = found.summary.facts.theme
    context = {
        "figure": found,
        "code": code,
        "name": wording.FIGURES[found.name],
        "parts": [(part, wording.PARTS.get(part.label, part.label)) for part in found.parts],
    }
    return show(request, "reporting/council/lines.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2025-01-14") else None
    except ValueError:
        return None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
