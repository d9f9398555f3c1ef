"""One sign-out: here, in the other services and at the provider, from whichever side it begins."""

from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from coordination.identity.provider import discovery, proofs, sign_ins
from coordination.identity.tokens import BadToken

log = structlog.get_logger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this sign-in everywhere; only by the button, a mere visit goes to the profile that has it."""
    if request.method != "POST":
        return HttpResponseRedirect("/profiel" if request.actor is not None else settings.LOGIN_URL)
    proof = request.session.get("oidc_id_token", "")
    if request.session.session_key:
        sign_ins.end_with(request.session.session_key)
    logout(request)
    return HttpResponseRedirect(_at_the_provider(proof) if proof else "/uitgelogd")


@never_cache
@require_http_methods(["GET", "HEAD"])
def signed_out(request: HttpRequest) -> HttpResponse:
    """What one sees after signing out; away says that the provider could not be told."""
    context = {"away": "away" in request.GET, "sign_in": settings.LOGIN_URL}
    return render(request, "identity/signed_out.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["POST"])
def told(request: HttpRequest) -> HttpResponse:
    """The provider says that somebody signed out (OpenID Connect Back-Channel Logout): ends those sessions here."""
    try:
        sid, subject = proofs.of_signing_out(request.POST.get("logout_token", ""))
    except BadToken as fault:
        return JsonResponse({"error": "invalid_request", "error_description": str(fault)}, status=400)
    except discovery.ProviderAway as fault:
        log.error("provider_away", reason=str(fault))
        return JsonResponse({"error": "temporarily_unavailable"}, status=503)
    sign_ins.end_as_told(issuer=settings.OIDC_ISSUER, sid=sid, subject=subject)
    return HttpResponse(status=200)


def _at_the_provider(proof: str) -> str:
    """Where the sign-in at the provider is ended; people come back from there."""
    try:
        place = discovery.addresses(at_most=0, even_old=False).end_session
    except discovery.ProviderAway as fault:
        log.error("provider_away", reason=str(fault))
        return "/uitgelogd?away=1"
    if not place:
        return "/uitgelogd?away=1"
    asked = {
        "id_token_hint": proof,
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "post_logout_redirect_uri": f"{settings.VIERSPAN_URL}/uitgelogd",
    }
    return f"{place}?{urlencode(asked)}"
