"""Signing in and out, and one's own profile."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coordination.identity.forms import PasswordChangeForm, SignInForm
from coordination.identity.permissions import signed_in


def target_of(request: HttpRequest) -> str:
    """Where somebody wants to go after signing in (next), when that is a page of this very house; else the start."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    fitting = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if fitting else "/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a wrong pair is told as one thing, so that addresses cannot be guessed."""
    if request.method != "POST":
        if request.actor is not None:
            return HttpResponseRedirect(target_of(request))
        return _sign_in_page(request, SignInForm(), 200)
    form = SignInForm(request.POST)
    if form.is_valid():
        account = authenticate(request, username=form.cleaned_data["email"], password=form.cleaned_data["password"])
        if account is not None:
            login(request, account)
            return HttpResponseRedirect(target_of(request))
        form.add_error(None, _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."))
    return _sign_in_page(request, form, 400)


def locked_out(request: HttpRequest, _answer: HttpResponse | None, _credentials: dict[str, Any] | None) -> HttpResponse:
    """The sign-in page after too many wrong passwords for one address (429)."""
    form = SignInForm(request.POST)
    form.is_valid()
    form.add_error(None, _("Er is te vaak een verkeerd wachtwoord gegeven. Wacht een kwartier en probeer het opnieuw."))
    return _sign_in_page(request, form, 429)


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    target = target_of(request)
    context = {"form": form, "next": "" if target == "/" else target}
    return render(request, "identity/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; only by the button, a mere visit goes to the profile that has it."""
    if request.method != "POST":
        return HttpResponseRedirect("/profiel" if request.actor is not None else "/inloggen")
    logout(request)
    messages.success(request, _("U bent uitgelogd."))
    return HttpResponseRedirect("/inloggen")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who one is here and in which roles."""
    context = {"account": request.user, "account_page": getattr(settings, "OIDC_ACCOUNT_URL", "")}
    return render(request, "identity/profile.html", context)


@never_cache
@sensitive_post_parameters("current", "password")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password; other sessions of this account end."""
    form = PasswordChangeForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Uw wachtwoord is gewijzigd."))
        return HttpResponseRedirect("/profiel")
    status = 400 if request.method == "POST" else 200
    return render(request, "identity/change_password.html", {"form": form}, status=status)
