"""The pages behind one-time links: becoming the first administrator, and choosing a password when invited."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity import accounts
from coordination.identity.forms import FirstAdministratorForm, PasswordForm
from coordination.identity.models import Account

BACKEND = "coordination.identity.backends.Accounts"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest, word: str) -> HttpResponse:
    """Choose the first administrator's name, address and password, once."""
    accounts.check_link(word, for_administrator=True)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, accounts.become_administrator(word=word, **form.cleaned_data))
        except Invalid as refusal:
            for one in refusal.problems:
                form.add_error(one.field, one.message)
        except Conflict as refusal:
            form.add_error("email", refusal.message)
    status = 400 if request.method == "POST" else 200
    return render(request, "identity/first_administrator.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, word: str) -> HttpResponse:
    """Choose a password, once, after an invitation."""
    link = accounts.check_link(word, for_administrator=False)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _enter(request, accounts.choose_password(word=word, password=form.cleaned_data["password"]))
    status = 400 if request.method == "POST" else 200
    return render(request, "identity/welcome.html", {"form": form, "account": link.account}, status=status)


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=BACKEND)
    return HttpResponseRedirect("/")
