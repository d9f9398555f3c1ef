"""The pages for who cannot come in: in plain words, and with what to do next."""

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)


def over(request: HttpRequest) -> HttpResponse:
    """The attempt was broken off, took too long, or was used before (400)."""
    message = _("Deze poging om in te loggen is afgebroken, verlopen of al gebruikt.")
    return _page(request, 400, _("Inloggen is niet gelukt"), message, again=_("Opnieuw inloggen"))


def not_invited(request: HttpRequest, address: str) -> HttpResponse:
    """The provider knows this person and this house does not (403)."""
    if address:
        message = _("Voor {address} is hier geen account. Vraag de beheerder van Vierspan om u uit te nodigen.")
        message = message.format(address=address)
    else:
        message = _("Voor u is hier geen account. Vraag de beheerder van Vierspan om u uit te nodigen.")
    return _page(request, 403, _("U kunt hier nog niet in"), message, other=True)


def closed(request: HttpRequest) -> HttpResponse:
    """The account of this person was closed (403)."""
    message = _("Uw account in Vierspan is gesloten. Klopt dat niet? Vraag het de beheerder van Vierspan.")
    return _page(request, 403, _("Uw account is gesloten"), message, other=True)


def away(request: HttpRequest, why: object) -> HttpResponse:
    """The provider is away (503), which whoever looks after the house is told as well."""
    log.error("provider_away", reason=str(why))
    message = _("De dienst waarmee u inlogt antwoordt niet. Wie al is ingelogd, kan gewoon verder werken.")
    answer = _page(request, 503, _("Inloggen kan nu niet"), message, again=_("Opnieuw proberen"))
    answer["Retry-After"] = "30"
    return answer


def _page(request: HttpRequest, status: int, title: str, message: str, **more: object) -> HttpResponse:
    context = {"title": title, "message": message, "sign_in": settings.LOGIN_URL, **more}
    return render(request, "identity/no_entry.html", context, status=status)
