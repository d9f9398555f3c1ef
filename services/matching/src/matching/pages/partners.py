"""The activities that name a partner, and what it says about its role in them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coordination.contracts.refusals import Conflict, Forbidden, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.partner_roles import confirm_role, decline_role
from matching.domain.reasons import reason_in_words
from matching.domain.who_may import acts_for_partner
from matching.models import PartnerRole
from matching.pages.forms import RoleDecisionForm
from matching.queries.participations import schools_in_activities
from matching.queries.partner_roles import role_for, roles_of
from matching.queries.register import municipality_names, partner_for

PAGE = "matching/partners/partner.html"
FRAGMENTS = {"roles": "matching/partners/_roles.html"}
BoundRoles = dict[UUID, RoleDecisionForm]


@require_GET
@signed_in
def partner_page(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    """The roles of a partner, those without an answer first."""
    return show(request, PAGE, partner_context(request, partner_id), fragments=FRAGMENTS)


@require_http_methods(["GET", "POST"])
@signed_in
def decide_role(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """The partner confirms its role, or declines it with a reason."""
    role = role_for(request.actor, role_id)
    if request.method == "GET":
        return redirect("matching-partner", partner_id=role.partner_id)
    if not acts_for_partner(request.actor, role.partner_id):
        raise Forbidden(_("Alleen de partner zelf bevestigt zijn rol."))
    form = RoleDecisionForm(request.POST, auto_id=f"rol-{role.pk}-%s")
    if form.is_valid():
        try:
            if form.cleaned_data["decision"] == "confirm":
                confirm_role(actor=request.actor, role=role_id)
                done = _("Bedankt. De gemeente ziet meteen dat u meedoet.")
            else:
                decline_role(actor=request.actor, role=role_id, reason=form.cleaned_data["reason"])
                done = _("De gemeente ziet meteen dat u niet meedoet, en waarom.")
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        context = partner_context(request, role.partner_id, bound={role.pk: form})
        return show(request, FRAGMENTS["roles"] if request.htmx else PAGE, context, status=200 if request.htmx else 400)
    if request.htmx:
        return show(request, FRAGMENTS["roles"], partner_context(request, role.partner_id) | {"done": done})
    messages.success(request, done)
    return redirect("matching-partner", partner_id=role.partner_id)


def partner_context(request: HttpRequest, partner_id: UUID, *, bound: BoundRoles | None = None) -> dict:
    """Everything the page of a partner shows. Raises NotFound."""
    roles = roles_of(request.actor, partner_id)
    schools = schools_in_activities(request.actor, [one.activity_id for one in roles])
    names, bound = municipality_names(), bound or {}
    shown = [_shown(one, schools.get(one.activity_id, []), names, bound) for one in roles]
    return {
        "partner": partner_for(request.actor, partner_id),
        "groups": [
            (_("Wacht op uw antwoord"), "named", [one for one in shown if one["role"].state == "named"]),
            (_("U doet mee"), "confirmed", [one for one in shown if one["role"].state == "confirmed"]),
            (_("U doet niet mee"), "declined", [one for one in shown if one["role"].state == "declined"]),
        ],
        "role_count": len(roles),
        "open_count": sum(one.state == "named" for one in roles),
        "may_act": acts_for_partner(request.actor, partner_id),
    }


def _shown(role: PartnerRole, schools: list, names: dict[str, str], bound: BoundRoles) -> dict:
    known = [one.pupils for one in schools if one.state == "joined" and one.pupils is not None]
    joined = [one for one in schools if one.state == "joined"]
    return {
        "role": role,
        "activity": role.activity,
        "municipality": names.get(role.municipality, role.municipality),
        "reason_words": reason_in_words(role.reason),
        "schools": [] if role.state == "declined" else schools,
        "joined_count": len(joined),
        "pupils": sum(known) if known else None,
        "pupils_unknown": len(joined) - len(known),
        "form": bound.get(role.pk) or RoleDecisionForm(auto_id=f"rol-{role.pk}-%s"),
        "is_wrong": role.pk in bound,
    }
