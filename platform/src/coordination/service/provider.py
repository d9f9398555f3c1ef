"""What is wrong with the provider people sign in at, in words: one of the looks of the doctor."""

import requests
from django.conf import settings

from coordination.identity.provider import discovery
from coordination.service.surroundings import Finding

NO_CODE = {
    "grant_type": "authorization_code",
    "code": "looked-around-by-the-doctor",
    "code_verifier": "looked-around-by-the-doctor-and-signed-in-nobody",
}
REFUSED = ("invalid_client", "unauthorized_client")


def provider(service: str) -> list[Finding]:
    """Whether the provider answers, is the one that was meant, shows its keys and takes our secret."""
    what = f"aanbieder {settings.OIDC_ISSUER}"
    try:
        found = discovery.ask()
        keys = discovery.ask_keys(found.keys)
        refused = _refused(found.token)
    except discovery.ProviderAway as fault:
        return [Finding(what=what, well=False, words=str(fault))]
    if refused:
        return [Finding(what=what, well=False, words=refused)]
    return [Finding(what=what, well=True, words=f"antwoordt, kent ons en geeft {len(keys)} sleutels")]


def _refused(place: str) -> str:
    """Why the provider does not take our name and secret, told by a code that nobody has; empty when it does."""
    form = NO_CODE | {
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "client_secret": settings.OIDC_RP_CLIENT_SECRET,
        "redirect_uri": f"{settings.VIERSPAN_URL}/inloggen/terug",
    }
    try:
        answer = requests.post(place, data=form, timeout=discovery.PATIENCE)
        error = answer.json().get("error", "")
    except (requests.RequestException, ValueError, AttributeError) as fault:
        raise discovery.ProviderAway(f"antwoordt niet op {place} ({type(fault).__name__})") from None
    if error in REFUSED or answer.status_code == 401:
        return f"kent {settings.OIDC_RP_CLIENT_ID} niet met dit geheim (OIDC_CLIENT_ID, OIDC_CLIENT_SECRET_FILE)"
    return ""
