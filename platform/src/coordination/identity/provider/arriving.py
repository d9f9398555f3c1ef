"""Signing in at the provider and coming back from it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from coordination.identity.pages import target_of
from coordination.identity.provider import discovery, no_entry, sign_ins
from coordination.identity.provider.backend import way_back
from coordination.identity.provider.subjects import Closed, NotInvited
from coordination.identity.tokens import BadToken

log = structlog.get_logger(__name__)
FRESH = 10.0
UNDER_WAY = 1800
"""Seconds that a session is kept of who went to the provider and did not come back."""


@method_decorator(never_cache, name="dispatch")
class ToProvider(OIDCAuthenticationRequestView):
    """To the provider, and afterwards to where somebody wanted to go; who is in goes there at once."""

    http_method_names = ["get", "head"]

    def __init__(self, **named: Any) -> None:
        # Not that of the library, which wants to know the provider's addresses before it may be asked for them.
        super(OIDCAuthenticationRequestView, self).__init__(**named)
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send somebody to the provider; a page with status 503 when it is away."""
        if request.actor is not None:
            return HttpResponseRedirect(target_of(request))
        try:
            self.OIDC_OP_AUTH_ENDPOINT = discovery.addresses(at_most=FRESH, even_old=False).authorization
        except discovery.ProviderAway as fault:
            return no_entry.away(request, fault)
        answer = super().get(request)
        state = parse_qs(urlsplit(answer["Location"]).query)["state"][0]
        request.session["oidc_states"][state]["next"] = target_of(request)
        request.session.set_expiry(UNDER_WAY)
        return answer

    head = get

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """Come back to the one address of the house, and be spoken to in the language of the page one comes from."""
        return {"redirect_uri": way_back(), "ui_locales": translation.get_language() or settings.LANGUAGE_CODE}


EXPECTED = (
    NotInvited,
    Closed,
    BadToken,
    SuspiciousOperation,
    discovery.ProviderAway,
    requests.RequestException,
    ValueError,
)


def _told(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The page for what went wrong on the way back."""
    if isinstance(fault, NotInvited):
        return no_entry.not_invited(request, fault.address)
    if isinstance(fault, Closed):
        return no_entry.closed(request)
    if isinstance(fault, requests.HTTPError):
        # It does not take this code, which happens; or it does not take us, which somebody must mend.
        told = fault.response.text if fault.response is not None else ""
        return no_entry.over(request) if "invalid_grant" in told else no_entry.away(request, told[:500] or fault)
    if isinstance(fault, discovery.ProviderAway | requests.RequestException):
        return no_entry.away(request, fault)
    log.warning("sign_in_refused", reason=str(fault) if isinstance(fault, BadToken) else type(fault).__name__)
    return no_entry.over(request)


@method_decorator(never_cache, name="dispatch")
class FromProvider(OIDCAuthenticationCallbackView):
    """Back from the provider with a code, or with the reason why not."""

    target = "/"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Sign in who is known here; whatever else happens is a page in plain words."""
        attempts = request.session.get("oidc_states", {})
        attempt = attempts.get(request.GET.get("state", ""))
        if attempt is None and request.actor is not None:
            # The button to go back, or a second window: that attempt is over and somebody is in.
            return HttpResponseRedirect("/")
        if attempt is None or "error" in request.GET:
            attempts.pop(request.GET.get("state", ""), None)
            request.session.modified = bool(attempts)
            return no_entry.over(request)
        self.target = attempt.get("next", "/")
        try:
            return super().get(request)
        except EXPECTED as fault:
            return _told(request, fault)

    def login_success(self) -> HttpResponse:
        """Begin the session, and remember which sign-in at the provider it came from."""
        proof, forms = self.request.session["oidc_id_token"], self.request.META.get("CSRF_COOKIE")
        answer = super().login_success()
        if forms:
            # Its cookie is of all services: a form that is open in another window must survive coming in here as well.
            self.request.META |= {"CSRF_COOKIE": forms, "CSRF_COOKIE_NEEDS_UPDATE": False}
        session = self.request.session
        session["oidc_id_token"] = proof
        session.pop("oidc_login_next", None)
        session.set_expiry(None)
        session.save()
        who = self.request.signed_in
        sign_ins.remember(
            session_key=session.session_key, issuer=who["iss"], subject=who["sub"], sid=str(who.get("sid", ""))
        )
        return answer

    @property
    def success_url(self) -> str:
        """Where this very attempt wanted to go, whatever other windows did meanwhile."""
        return self.target

    def login_failure(self) -> HttpResponse:
        """The library could do nothing with what came back."""
        return no_entry.over(self.request)
