"""The pages with which the administrator registers municipalities and what they received."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Outdated, Refusal
from coordination.identity.permissions import signed_in
from coordination.web.shell.refusals import tell
from intake.commands.basis import admit_administrator, grant_allocation, register_municipality
from intake.models import Allocation
from intake.pages.administration_forms import COMPONENTS, AllocationForm, MunicipalityForm, NewMunicipalityForm
from intake.queries.municipalities import granted, standing

BOTH = ["GET", "HEAD", "POST"]
DATA = ("name", "kind", "zone", "number_prefix", "theme")


@never_cache
@signed_in
@require_http_methods(BOTH)
def new_municipality(request: HttpRequest) -> HttpResponse:
    """Register a municipality; then go on with its first steps."""
    admit_administrator(request.actor)
    form = NewMunicipalityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = register_municipality(actor=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("%(name)s is toegevoegd.") % {"name": found.name})
            return redirect(f"/intake/first-steps?municipality={found.code}")
    status = 400 if request.method == "POST" else 200
    return render(request, "intake/administration/new_municipality.html", {"form": form}, status=status)


@never_cache
@signed_in
@require_http_methods(BOTH)
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality: its data to change, and what it received. A change by two keeps what was typed."""
    found = standing(actor=request.actor, code=code)
    form = MunicipalityForm(initial={name: getattr(found.municipality, name) for name in (*DATA, "version")})
    conflict = None
    status = 200
    if request.method == "POST":
        form, status = MunicipalityForm(request.POST), 400
        if form.is_valid():
            try:
                register_municipality(actor=request.actor, code=code, **form.cleaned_data)
            except Outdated as refusal:
                conflict, form = refusal, _on_version(request, refusal.version)
                status = 409
            except Refusal as refusal:
                tell(form, refusal)
            else:
                messages.success(request, _("De gegevens zijn bewaard."))
                return redirect("intake-municipality", code=code)
    request.theme = found.municipality.theme
    context = {
        "form": form,
        "standing": found,
        "conflict": conflict,
        "both": _both_versions(form, conflict) if conflict else [],
        "granted": [_allocation_row(one) for one in granted(actor=request.actor, code=code)],
    }
    return render(request, "intake/administration/municipality.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(BOTH)
def new_allocation(request: HttpRequest, code: str) -> HttpResponse:
    """Record what a municipality received, or an adjustment of it."""
    found = standing(actor=request.actor, code=code)
    form = AllocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            grant_allocation(actor=request.actor, municipality=code, amount_cents=given.pop("amount"), **given)
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("De toekenning is bewaard."))
            return redirect(f"/intake/first-steps?municipality={code}")
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "standing": found}
    return render(request, "intake/administration/new_allocation.html", context, status=status)


def _allocation_row(allocation: Allocation) -> tuple[str, str, Allocation]:
    pupils = _("onbekend") if allocation.pupils is None else f"{allocation.pupils:,}".replace(",", ".")
    return str(dict(COMPONENTS).get(allocation.component, allocation.component)), pupils, allocation


def _on_version(request: HttpRequest, version: int) -> MunicipalityForm:
    """The form as it was typed, now on the version that stands, so that saving again is a choice."""
    typed = request.POST.copy()
    typed["version"] = str(version)
    return MunicipalityForm(typed)


def _both_versions(form: MunicipalityForm, conflict: Outdated) -> list[tuple[str, str, str]]:
    rows = []
    for name in DATA:
        field = form.fields[name]
        words = dict(getattr(field, "choices", ()))
        present, yours = conflict.current[name], conflict.yours[name]
        if present != yours:
            rows.append((str(field.label), str(words.get(present, present)), str(words.get(yours, yours))))
    return rows
