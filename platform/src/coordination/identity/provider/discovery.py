"""What the provider tells about itself: its addresses and the keys it signs with, asked for and kept for a while."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

PATIENCE = (3, 5)
KEPT_FOR = 600.0
ASKED_AGAIN_AFTER = 5.0
"""A token with an unknown key may mean a new key, or somebody who guesses: the provider is not asked for each."""

SILENT_FOR = 2.0
Told = TypeVar("Told")


class ProviderAway(Exception):
    """The provider does not answer, or not as it should; the message says so in Dutch."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the provider does what; end_session is empty for one that knows no signing out."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    keys: str
    end_session: str


class _Known:
    """What was told last, and when it was asked for."""

    def __init__(self) -> None:
        self.silent_until, self.why = float("-inf"), ""
        self.lock = threading.Lock()
        self.addresses: Addresses | None = None
        self.addresses_at = float("-inf")
        self.keys: dict[str, Key] = {}
        self.keys_at = float("-inf")
        self.asked_again_at = float("-inf")


_known = _Known()


def addresses(*, at_most: float = KEPT_FOR, even_old: bool = True) -> Addresses:
    """Where the provider does what, told at most so many seconds ago; with even_old longer ago when it is away now.

    Raises ProviderAway.
    """
    with _known.lock:
        if _known.addresses is None or time.monotonic() - _known.addresses_at > at_most:
            try:
                _known.addresses = _patiently(ask)
                _known.addresses_at = time.monotonic()
            except ProviderAway:
                if _known.addresses is None or not even_old:
                    raise
        return _known.addresses


def key(kid: str) -> Key | None:
    """The key the provider signs with under this name, or None. Raises ProviderAway when no keys are known at all."""
    place = addresses().keys
    with _known.lock:
        now = time.monotonic()
        is_new = kid not in _known.keys and now - _known.asked_again_at > ASKED_AGAIN_AFTER
        if is_new or now - _known.keys_at > KEPT_FOR:
            if is_new:
                _known.asked_again_at = now
            _known.keys_at = now
            try:
                _known.keys = _patiently(lambda: ask_keys(place))
            except ProviderAway:
                if not _known.keys:
                    _known.keys_at = float("-inf")
                    raise
        return _known.keys.get(kid)


def ask() -> Addresses:
    """Ask the provider where it does what. Raises ProviderAway when it is silent or not the one it should be."""
    told = _json(settings.OIDC_DISCOVERY_URL)
    if told.get("issuer") != settings.OIDC_ISSUER:
        raise ProviderAway(f"noemt zich {told.get('issuer')!r}, en OIDC_ISSUER is {settings.OIDC_ISSUER!r}")
    try:
        return Addresses(
            issuer=told["issuer"],
            authorization=told["authorization_endpoint"],
            token=told["token_endpoint"],
            userinfo=told.get("userinfo_endpoint", ""),
            keys=told["jwks_uri"],
            end_session=told.get("end_session_endpoint", ""),
        )
    except KeyError as missing:
        raise ProviderAway(f"vertelt niet wat zijn {missing.args[0]} is") from None


def ask_keys(place: str) -> dict[str, Key]:
    """Ask the provider for the keys it signs with, by name. Raises ProviderAway when there is none."""
    told = _json(place)
    try:
        signing = [one for one in told["keys"] if one.get("use", "sig") == "sig" and one.get("kty") != "oct"]
        found = {str(one.kid): one for one in KeySet.import_key_set({"keys": signing})}
    except (JoseError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise ProviderAway(f"geeft geen sleutels om bewijzen mee te controleren ({type(fault).__name__})") from None
    return found


def _patiently(question: Callable[[], Told]) -> Told:
    """The answer to a question; who was silent is left alone for a moment, so that not everybody waits in turn."""
    if time.monotonic() < _known.silent_until:
        raise ProviderAway(_known.why)
    try:
        return question()
    except ProviderAway as fault:
        _known.silent_until, _known.why = time.monotonic() + SILENT_FOR, str(fault)
        raise


def _json(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=PATIENCE)
        answer.raise_for_status()
        told = answer.json()
    except requests.HTTPError as fault:
        raise ProviderAway(f"antwoordt {fault.response.status_code} op {address}") from None
    except (requests.RequestException, ValueError) as fault:
        raise ProviderAway(f"antwoordt niet op {address} ({type(fault).__name__})") from None
    if not isinstance(told, dict):
        raise ProviderAway(f"antwoordt iets onleesbaars op {address}")
    return told
