"""Phasing an activity over the school years: in place under its row in the grid, or as a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from coordination.contracts.money import amount_in_sentence, known_sum
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Outdated, Refusal
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from intake.commands.acts import admitted
from intake.commands.phasings import phase_budget
from intake.pages.grid_rows import why_address
from intake.pages.in_place import answer_in_place
from intake.pages.phasing_forms import STATES, PhasingForm, name_of
from intake.queries import catalogues
from intake.queries.activities import Row, row
from intake.queries.basis import school_years
from intake.queries.history import history
from intake.queries.phasings import copied, examples, preset

FRAGMENTS = {"form": "intake/phasing/_form.html"}


@dataclass(frozen=True, kw_only=True)
class Year:
    """One school year in the form: its field, and what the ledger holds of it."""

    field: Any
    planned: int | None
    committed: int | None
    realised: int | None
    why: str


@method_decorator(signed_in, name="dispatch")
class PhasingPage(View):
    """The form of a phasing; ?preset= fills it in, ?schoolYear= says which cell was clicked."""

    def get(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        """The form with the present plan, or with a preset or copy that is not saved yet."""
        found = self._found(request, activity_id)
        form = self._form(request, found, initial=_present(found))
        try:
            filled = self._filled(request, activity_id)
        except Invalid as refusal:
            messages.warning(request, refusal.message)
            filled = None
        if filled is not None:
            initial = {name_of(year): cents for year, cents in filled.items()}
            form = self._form(request, found, initial=initial | {"reason": request.GET.get("reason", "")})
        return self._show(request, found, form)

    def post(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        """Save it as final or as draft; what is wrong stands at its field and nothing typed is lost."""
        found = self._found(request, activity_id)
        form = self._form(request, found, data=request.POST)
        if not form.is_valid():
            return self._show(request, found, form, status=400)
        state = request.POST.get("state")
        try:
            acted = phase_budget(
                actor=request.actor,
                activity_id=activity_id,
                phasing=form.phasing,
                state=state if state in STATES else "draft",
                reason=form.cleaned_data["reason"] or None,
                version=form.cleaned_data["version"],
                act_id=form.cleaned_data["key"],
            )
        except Outdated as refusal:
            return self._conflict(request, found, refusal)
        except (NotFound, Forbidden):
            raise
        except Refusal as refusal:
            tell(form, refusal, {f"phasing.{year}": name_of(year) for year in form.school_years})
            return self._show(request, found, form, status=refusal.status)
        return self._saved(request, activity_id, acted.warnings)

    def _filled(self, request: HttpRequest, activity_id: UUID) -> Mapping[str, int] | None:
        """What a preset or another activity makes of it; None when neither is asked for. Raises Invalid, NotFound."""
        if name := request.GET.get("preset"):
            return preset(actor=request.actor, activity_id=activity_id, name=name)
        if other := request.GET.get("copy"):
            return copied(actor=request.actor, activity_id=activity_id, other_id=other)
        return None

    def _found(self, request: HttpRequest, activity_id: UUID) -> Row:
        if admitted(activity_id, request.actor).withdrawn:
            raise Conflict(_("Deze activiteit is ingetrokken. Er kan niets meer bij."))
        return row(actor=request.actor, activity_id=activity_id)

    def _form(self, request: HttpRequest, found: Row, **options: Any) -> PhasingForm:
        if "initial" in options:
            options["initial"] = {"version": found.activity.version} | options["initial"]
        return PhasingForm(
            school_years=school_years(found.activity.programme),
            reasons=catalogues.reasons("rephasing"),
            chosen_year=request.GET.get("schoolYear", ""),
            prefix_id=f"f{found.activity.id}-",
            **options,
        )

    def _conflict(self, request: HttpRequest, found: Row, refusal: Outdated) -> HttpResponse:
        """Both versions, with what was typed kept; saving once more is a choice made knowing the other version."""
        renewed = QueryDict(mutable=True)
        renewed.update(request.POST)
        renewed["version"] = str(refusal.version)
        form = self._form(request, found, data=renewed)
        form.is_valid()
        theirs = {one["schoolYear"]: one["plannedCents"] for one in refusal.current["phasing"]}
        lately = history(actor=request.actor, activity_id=found.activity.id)
        conflict = {
            "message": refusal.message,
            "who": lately[0].sentence if lately else "",
            "years": [(year, theirs.get(year), cents) for year, cents in form.phasing.items()],
            "state": refusal.current["state"],
        }
        return self._show(request, found, form, {"conflict": conflict}, status=refusal.status)

    def _show(
        self,
        request: HttpRequest,
        found: Row,
        form: PhasingForm,
        more: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        activity = found.activity
        together = known_sum(form.phasing.values()) or 0
        context = {
            "activity": activity,
            "row": found,
            "form": form,
            "years": [_year(found, year, field) for year, field in zip(form.school_years, form.amounts, strict=True)],
            "together": together,
            "left": activity.total_cents - together,
            "excess": together - activity.total_cents,
            "examples": examples(activity),
            "reason_required": activity.phasing_state == "final",
            "address": reverse("intake-phasing", args=[activity.id]),
            "back": f"/intake/activities#rij-{activity.id}",
            "in_place": request.GET.get("fragment") == "form",
            "is_new": request.GET.get("new") == "1",
        }
        if request.htmx:
            status = 200
        return show(request, "intake/phasing/page.html", context | dict(more or {}), fragments=FRAGMENTS, status=status)

    def _saved(self, request: HttpRequest, activity_id: UUID, warnings: tuple[str, ...]) -> HttpResponse:
        found = row(actor=request.actor, activity_id=activity_id)
        activity = found.activity
        if found.activity.phasing_state == "final":
            said = _("De fasering van %(title)s is vastgelegd.")
        else:
            said = _("De fasering van %(title)s is bewaard als concept.")
        said = " ".join(warnings) or said % {"title": activity.title}
        if request.htmx and request.GET.get("fragment") == "form":
            cell = f"cel-{activity.id}-{request.GET.get('schoolYear') or ''}-planned"
            return answer_in_place(request, activity, cell=cell, said=said)
        messages.success(request, said)
        if activity.phasing_state == "draft" and found.picture.undivided.planned:
            left = amount_in_sentence(found.picture.undivided.planned)
            messages.warning(request, _("Er is nog %(amount)s te verdelen.") % {"amount": left})
        return redirect(f"{reverse('intake-grid')}?municipality={activity.municipality}")


def _present(found: Row) -> dict[str, int | None]:
    years = school_years(found.activity.programme)
    return {name_of(year): found.figures(year).planned for year in years}


def _year(found: Row, year: str, field: Any) -> Year:
    figures = found.figures(year)
    return Year(
        field=field,
        planned=figures.planned,
        committed=figures.committed,
        realised=figures.realised,
        why=why_address(found.activity.id, "planned", year),
    )
