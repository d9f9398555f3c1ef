"""Inviting where a provider owns the accounts: no link, the first sign-in with the invited address is the proof."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.identity import people, people_pages
from coordination.identity.models import Account
from coordination.identity.permissions import signed_in
from coordination.identity.provider import subjects


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Invite somebody, and show what to tell them."""
    return people_pages.invite(request, invite=people.expect, show=_show)


@never_cache
@signed_in
@require_http_methods(["POST"])
def release(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Let an account go, for somebody who got another account at the provider."""
    subjects.release(actor=request.actor, account_id=account_id)
    messages.success(request, _("Wie nu met dit e-mailadres inlogt, krijgt dit account."))
    return HttpResponseRedirect(reverse("account", args=[account_id]))


def _show(request: HttpRequest, account: Account) -> HttpResponse:
    context = {"account": account, "address": f"{settings.VIERSPAN_URL}/inloggen"}
    return render(request, "identity/expected.html", context)
