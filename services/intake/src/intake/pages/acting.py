"""How every form that does something with one activity asks, refuses and answers; each form says what is its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View

from coordination.contracts import clock
from coordination.contracts.refusals import Conflict, Outdated, Refusal
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from intake.commands.acts import admitted
from intake.domain import who_may
from intake.models import Activity
from intake.pages.in_place import answer_in_place
from intake.queries.full_picture import FullPicture, full_picture

PAGE = "intake/forms/page.html"
WITHDRAWN = "Deze activiteit is ingetrokken. Er kan niets meer bij."


@dataclass(frozen=True, kw_only=True)
class Done:
    """What an act did, for the person who did it: a sentence, and warnings about what was accepted all the same.

    figure is the one of the activity that it changed: planned, committed or realised.
    """

    message: str
    warnings: Sequence[str] = field(default_factory=tuple)
    figure: str = "planned"


@method_decorator(signed_in, name="dispatch")
class ActPage(View):
    """A form on one activity: a page of its own, and with ?fragment=form the form alone, to open in place.

    Whoever may not see the activity gets 404, whoever may see it but not do this 403, both before anything is read.
    """

    http_method_names: ClassVar = ["get", "head", "post"]
    template: ClassVar[str]
    fragments: ClassVar[Mapping[str, str]] = {}
    allowed: ClassVar[Callable[[Actor, str], bool]] = who_may.keeps_money
    names: ClassVar[Mapping[str, str]] = {}
    address_name: ClassVar[str]

    def setup(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        """Keep who asks and for which activity."""
        super().setup(request, *arguments, **named)
        self.actor: Actor = request.actor
        self.activity_id: UUID = named["activity_id"]

    @cached_property
    def activity(self) -> Activity:
        """The activity, if this actor may do this with it. Raises NotFound, then Forbidden."""
        return admitted(self.activity_id, self.actor, type(self).allowed)

    @cached_property
    def picture(self) -> FullPicture:
        """The activity in full."""
        return full_picture(actor=self.actor, activity_id=self.activity_id)

    @property
    def today(self) -> date:
        """The business date where the activity is."""
        municipality = self.picture.municipality
        return clock.today(municipality.zone if municipality else clock.NETHERLANDS)

    @property
    def address(self) -> str:
        """Where this form is asked and sent."""
        return reverse(type(self).address_name, args=[self.activity_id])

    def form(self, data: Mapping[str, Any] | None = None) -> forms.Form:
        """The form, empty or with what was sent."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> Done:
        """Do what a valid form asks, by a command. Raises what the command refuses with."""
        raise NotImplementedError

    def context(self, form: forms.Form) -> dict[str, Any]:
        """What the template shows beside the form: at least title and button."""
        raise NotImplementedError

    def outdated(self, form: forms.Form, refusal: Outdated) -> tuple[forms.Form, dict[str, Any]]:
        """The form again after somebody else was first, and what its template shows of both versions."""
        tell(form, refusal)
        return form, {}

    def get(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        """Ask. Raises Conflict when the activity was withdrawn."""
        if self.activity.withdrawn:
            raise Conflict(WITHDRAWN)
        wanted = request.GET.get("fragment", "")
        if wanted in self.fragments:
            form = self.form(request.GET)
            return show(request, self.fragments[wanted], self._context(form))
        return self._show(self.form(), 200)

    def post(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        """Do it and go back to the activity, or show the form again with what is wrong."""
        _ = self.activity
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        try:
            done = self.act(form)
        except Outdated as refusal:
            form, more = self.outdated(form, refusal)
            return self._show(form, refusal.status, more)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            tell(form, refusal, self.names)
            return self._show(form, refusal.status)
        if request.htmx:
            cell = f"cel-{activity_id}-{done.figure}"
            return answer_in_place(request, self.activity, cell=cell, said=done.message, warnings=done.warnings)
        messages.success(request, done.message)
        for warning in done.warnings:
            messages.warning(request, warning)
        return HttpResponseRedirect(reverse("intake-activity", args=[activity_id]))

    def _show(self, form: forms.Form, status: int, more: Mapping[str, Any] | None = None) -> HttpResponse:
        in_place = self.request.GET.get("fragment") == "form"
        context = self._context(form) | {"in_place": in_place} | dict(more or {})
        if self.request.htmx:
            status = 200
        return show(self.request, self.template if in_place else PAGE, context, status=status)

    def _context(self, form: forms.Form) -> dict[str, Any]:
        return {
            "form": form,
            "activity": self.activity,
            "picture": self.picture,
            "form_template": self.template,
            "address": self.address,
            "back": reverse("intake-activity", args=[self.activity_id]),
        } | self.context(form)
