"""The target groups a school needs something for, ticked by the school itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Invalid, Outdated
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.needs import state_needs
from matching.domain.who_may import acts_for_school
from matching.pages.forms import NeedsForm
from matching.queries.needs import NeedsOfSchool, needs_of
from matching.queries.register import municipality_name


@require_http_methods(["GET", "POST"])
@signed_in
def needs_page(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """The list to tick. Who is of the municipality reads it; only the school sets it."""
    found = needs_of(request.actor, school_id)
    if request.method == "GET":
        initial = {"target_groups": list(found.target_groups), "version": found.version}
        return _page(request, found, NeedsForm(choices=found.choices, initial=initial))
    form = NeedsForm(request.POST, choices=found.choices)
    if form.is_valid():
        try:
            state_needs(
                actor=request.actor,
                school=school_id,
                target_groups=form.cleaned_data["target_groups"],
                expected_version=form.cleaned_data["version"],
            )
        except Outdated as refusal:
            if set(refusal.yours) != set(refusal.current):
                return _outdated(request, needs_of(request.actor, school_id), refusal)
        except Invalid as refusal:
            tell(form, refusal)
    if form.errors:
        return _page(request, found, form, status=400)
    messages.success(request, _("Uw behoeften zijn bewaard. Wat daarbij past, staat nu bovenaan."))
    return redirect("matching-school", school_id=school_id)


def _outdated(request: HttpRequest, found: NeedsOfSchool, refusal: Outdated) -> HttpResponse:
    """Both versions: what was ticked here stays ticked, and what stands now is told; saving again sets it."""
    typed = request.POST.copy()
    typed["version"] = str(refusal.version)
    form = NeedsForm(typed, choices=found.choices)
    now = ", ".join(found.choices.get(slug, slug) for slug in found.target_groups) or _("niets aangevinkt")
    form.add_error(
        "target_groups",
        _("Iemand anders was u voor. Er staat nu: %(now)s. Bewaar opnieuw als uw keuze moet gelden.") % {"now": now},
    )
    return _page(request, found, form, status=400)


def _page(request: HttpRequest, found: NeedsOfSchool, form: NeedsForm, status: int = 200) -> HttpResponse:
    context = {
        "school": found.school,
        "municipality": municipality_name(found.school.municipality),
        "needs": found,
        "labels": [found.choices.get(slug, slug) for slug in found.target_groups],
        "form": form,
        "may_act": acts_for_school(request.actor, found.school.pk),
    }
    return show(request, "matching/needs/needs.html", context, status=status)
