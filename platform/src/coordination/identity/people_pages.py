"""The pages on which the administrator of the house manages accounts."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity import people as commands
from coordination.identity.links import LIFETIME
from coordination.identity.models import Account
from coordination.identity.people_forms import InvitationForm, RoleForm
from coordination.identity.permissions import signed_in

LOOKED_AT = ["GET", "HEAD"]


@never_cache
@signed_in
@require_http_methods(LOOKED_AT)
def people(request: HttpRequest) -> HttpResponse:
    """All accounts by organisation; q narrows the list."""
    wanted = request.GET.get("q", "")[:200]
    groups = commands.groups(actor=request.actor, wanted=wanted)
    return render(request, "identity/accounts.html", {"groups": groups, "wanted": wanted})


@never_cache
@signed_in
@require_http_methods([*LOOKED_AT, "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Invite somebody. The answer itself shows the link, for only a digest of it is kept: it is shown this once."""
    return invite(request, invite=commands.invite, show=lambda request, made: _show_link(request, *made))


def invite(request: HttpRequest, *, invite: Callable[..., Any], show: Callable[..., HttpResponse]) -> HttpResponse:
    """The form of an invitation; invite is the command it leads to and show the page with what that gave."""
    commands.admit_administrator(request.actor)
    given = {name: request.GET[name] for name in ("role", "organisation") if name in request.GET}
    form = InvitationForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(actor=request.actor, **form.cleaned_data)
        except Invalid as refusal:
            for one in refusal.problems:
                form.add_error(one.field, one.message)
        except Conflict as refusal:
            form.add_error("email", refusal.message)
        else:
            return show(request, made)
    status = 400 if request.method == "POST" else 200
    return render(request, "identity/invitation.html", {"form": form}, status=status)


@never_cache
@signed_in
@require_http_methods(LOOKED_AT)
def person(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One account: its roles, a fresh link, closing."""
    return _show_person(request, commands.person(actor=request.actor, account_id=account_id), RoleForm(), 200)


@never_cache
@signed_in
@require_http_methods(["POST"])
def roles(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Give a role, or with take take one away."""
    account = commands.person(actor=request.actor, account_id=account_id)
    if "take" in request.POST:
        number = request.POST["take"]
        if number.isascii() and number.isdigit() and len(number) < 19:
            commands.take_role(actor=request.actor, account_id=account_id, membership_id=int(number))
        messages.success(request, _("De rol is weggehaald."))
        return _back(account_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            commands.give_role(actor=request.actor, account_id=account_id, **form.cleaned_data)
        except Invalid as refusal:
            for one in refusal.problems:
                form.add_error(one.field, one.message)
        else:
            messages.success(request, _("De rol is gegeven."))
            return _back(account_id)
    return _show_person(request, account, form, 400)


@never_cache
@signed_in
@require_http_methods(["POST"])
def link(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Make a fresh one-time link and show it, this once."""
    return _show_link(request, *commands.new_link(actor=request.actor, account_id=account_id))


@never_cache
@signed_in
@require_http_methods(["POST"])
def closing(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Close an account, or with open open it again."""
    if "open" in request.POST:
        commands.open_account(actor=request.actor, account_id=account_id)
        messages.success(request, _("Het account is weer open."))
    else:
        commands.close_account(actor=request.actor, account_id=account_id)
        messages.success(request, _("Het account is gesloten."))
    return _back(account_id)


def _show_link(request: HttpRequest, account: Account, path: str) -> HttpResponse:
    context = {"account": account, "link": request.build_absolute_uri(path), "days": LIFETIME.days}
    return render(request, "identity/invitation_link.html", context)


def _show_person(request: HttpRequest, account: Account, form: Form, status: int) -> HttpResponse:
    context = {"account": account, "form": form, "is_self": account.id == request.actor.account_id}
    return render(request, "identity/account.html", context, status=status)


def _back(account_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("account", args=[account_id]))
