"""The first administrator of a house where a provider owns the accounts: whoever signs in by a one-time link."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.identity.accounts import check_link

KEPT_AS = "first_administrator"


@never_cache
@require_http_methods(["GET", "HEAD"])
def first_administrator(request: HttpRequest, word: str) -> HttpResponse:
    """Remember the link, and let its owner sign in: who comes back becomes the administrator."""
    check_link(word, for_administrator=True)
    request.session[KEPT_AS] = word
    return HttpResponseRedirect(settings.LOGIN_URL)
