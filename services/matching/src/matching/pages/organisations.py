"""The register of schools and partners: what is in it, what somebody proposed, and adding to it."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound
from coordination.identity.permissions import signed_in
from coordination.web.filters import filtered
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.proposals import dismiss_proposed_school, register_proposed_school
from matching.commands.register import PastedResult, register_partner, register_pasted_schools
from matching.domain.register import PARTNER_TYPES
from matching.domain.school_types import types_in_sentence
from matching.models import Partner, ProposedSchool, School
from matching.pages.forms import PartnerForm, PastedSchoolsForm, ProposalForm
from matching.queries.register import (
    PartnerFilter,
    SchoolFilter,
    municipality_names,
    own_municipalities,
    partners_for,
    proposed_school_for,
    proposed_schools_for,
    registers_for,
    schools_for,
)

PAGE = "matching/register/organisations.html"
FRAGMENTS = {"register": "matching/register/_register.html"}
MOST_SHOWN = 300


@require_GET
@signed_in
def organisations_page(request: HttpRequest) -> HttpResponse:
    """The register as far as it is one's own to see; ?municipality= and ?q= narrow it."""
    return show(request, PAGE, register_context(request), fragments=FRAGMENTS)


@require_http_methods(["GET", "POST"])
@signed_in
def paste_schools(request: HttpRequest) -> HttpResponse:
    """Take a pasted list of schools: good lines go in, bad ones come back with their number and the reason."""
    if request.method == "GET":
        return redirect("matching-organisations")
    form = PastedSchoolsForm(request.POST, municipalities=_registers(request), auto_id="lijst-%s")
    result = None
    if form.is_valid():
        try:
            result = register_pasted_schools(
                actor=request.actor,
                text=form.cleaned_data["list"],
                municipality=form.cleaned_data["municipality"],
            )
        except Invalid as refusal:
            tell(form, refusal)
    if result is None:
        return show(request, PAGE, register_context(request, paste=form), status=400)
    taken = len(result.registered)
    sentence = ngettext("%(count)s school staat in het register.", "%(count)s scholen staan in het register.", taken)
    if taken:
        messages.success(request, sentence % {"count": taken})
    if not result.refused:
        return redirect("matching-organisations")
    refused, again = _refused(request, form, result)
    context = register_context(request, paste=again) | {"refused": refused}
    return show(request, PAGE, context, status=200 if taken else 400)


@require_http_methods(["GET", "POST"])
@signed_in
def add_partner(request: HttpRequest) -> HttpResponse:
    """Add a partner; a name that is there already gets the municipality and type added."""
    if request.method == "GET":
        return redirect("matching-organisations")
    form = PartnerForm(request.POST, municipalities=_registers(request), auto_id="partner-%s")
    if form.is_valid():
        try:
            found = register_partner(actor=request.actor, **form.cleaned_data)
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        return show(request, PAGE, register_context(request, partner=form), status=400)
    messages.success(request, _("%(name)s staat in het register.") % {"name": found.name})
    return redirect("matching-organisations")


@require_http_methods(["GET", "POST"])
@signed_in
def decide_proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Register a proposed school, or say that it is none."""
    proposal = proposed_school_for(request.actor, proposal_id)
    if request.method == "GET":
        return redirect("matching-organisations")
    form = ProposalForm(request.POST, auto_id=f"voorstel-{proposal_id}-%s")
    done = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            if given["decision"] == "dismiss":
                dismiss_proposed_school(actor=request.actor, proposal=proposal_id)
                done = _("%(name)s komt niet in het register.") % {"name": proposal.name}
            else:
                school = register_proposed_school(
                    actor=request.actor,
                    proposal=proposal_id,
                    code=given["code"],
                    name=given["name"],
                    school_types=given["school_types"],
                )
                done = _("%(name)s staat in het register.") % {"name": school.name}
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        return show(request, PAGE, register_context(request, proposal=(proposal_id, form)), status=400)
    messages.success(request, done)
    return redirect("matching-organisations")


def register_context(
    request: HttpRequest,
    *,
    paste: PastedSchoolsForm | None = None,
    partner: PartnerForm | None = None,
    proposal: tuple[UUID, ProposalForm] | None = None,
) -> dict:
    """Everything the page of the register shows. Raises NotFound for who works for no municipality."""
    actor, asked = request.actor, request.GET
    own = own_municipalities(actor)
    if not own and not actor.is_administrator:
        raise NotFound()
    names, code = municipality_names(), asked.get("municipality", "")
    if code and code not in own:
        raise NotFound()
    wanted = QueryDict(mutable=True)
    wanted.update({"q": asked.get("q", "")[:200].replace("\x00", "")})
    shown = [code] if code else own
    schools = filtered(SchoolFilter, schools_for(actor).filter(municipality__in=shown), wanted)
    partners = [
        one for one in filtered(PartnerFilter, partners_for(actor), wanted) if set(shown) & {*one.municipalities}
    ]
    found = _registers(request)
    return {
        "own": [(one, names.get(one, one)) for one in own],
        "code": code,
        "q": wanted["q"],
        "schools": [_school_row(one, names) for one in schools[:MOST_SHOWN]],
        "school_count": schools.count(),
        "partners": [_partner_row(one, own, names) for one in partners[:MOST_SHOWN]],
        "partner_count": len(partners),
        "most_shown": MOST_SHOWN,
        "proposals": [
            _proposal(one, names, proposal)
            for one in proposed_schools_for(actor)
            if one.municipality in shown or (proposal and one.pk == proposal[0])
        ],
        "may_keep": bool(found),
        "has_towns": bool(own),
        "proposal_form": proposal[1] if proposal else None,
        "paste_form": paste
        or PastedSchoolsForm(municipalities=found, initial={"municipality": code}, auto_id="lijst-%s"),
        "partner_form": partner
        or PartnerForm(municipalities=found, initial={"municipality": code}, auto_id="partner-%s"),
    }


def _school_row(school: School, names: dict[str, str]) -> dict:
    return {
        "school": school,
        "types": types_in_sentence(school.school_types),
        "town": names.get(school.municipality, school.municipality),
    }


def _partner_row(partner: Partner, own: Collection[str], names: dict[str, str]) -> dict:
    return {
        "partner": partner,
        "type": PARTNER_TYPES.get(partner.partner_type, partner.partner_type),
        "towns": [names.get(code, code) for code in partner.municipalities if code in own],
    }


def _registers(request: HttpRequest) -> list[tuple[str, str]]:
    found = registers_for(request.actor)
    if request.method == "POST" and not found:
        raise Forbidden(_("Alleen een beleidsmedewerker of beheerder houdt het register bij."))
    return found


def _refused(
    request: HttpRequest, form: PastedSchoolsForm, result: PastedResult
) -> tuple[list[dict], PastedSchoolsForm]:
    """The lines that were not taken, as they were pasted, and a form that holds only those to repair."""
    lines = form.cleaned_data["list"].replace("\x00", "").splitlines()
    refused = [
        {"line": one.line, "message": one.message, "text": lines[one.line - 1].strip()} for one in result.refused
    ]
    initial = {"municipality": form.cleaned_data["municipality"], "list": "\n".join(one["text"] for one in refused)}
    return refused, PastedSchoolsForm(municipalities=_registers(request), initial=initial, auto_id="lijst-%s")


def _proposal(one: ProposedSchool, names: dict[str, str], typed: tuple[UUID, ProposalForm] | None) -> dict:
    initial = {"code": one.brin, "name": one.name}
    form = ProposalForm(initial=initial, auto_id=f"voorstel-{one.pk}-%s")
    return {
        "proposal": one,
        "town": names.get(one.municipality, one.municipality),
        "form": typed[1] if typed and typed[0] == one.pk else form,
    }
