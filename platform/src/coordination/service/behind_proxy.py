"""Settings of a process behind the proxy: one address for all services, told apart by how a path begins."""

import ipaddress
from typing import Any

from coordination.service.environment import Address

YEAR = 365 * 24 * 3600
OWNER_OF_THE_ROOT = "intake"
"""The service that answers at / and at whatever no service has under its name."""


def settings(service: str, address: Address) -> dict[str, Any]:
    """What a service must know of the address that browsers use."""
    path = "/" if service == OWNER_OF_THE_ROOT else f"/{service}"
    return {
        "VIERSPAN_URL": str(address),
        "CSRF_TRUSTED_ORIGINS": [str(address)],
        "STATIC_URL": f"/{service}/static/",
        "SESSION_COOKIE_NAME": f"{service}_session",
        "SESSION_COOKIE_PATH": path,
        "SESSION_COOKIE_SECURE": address.secure,
        # One for all: a page of one service has forms that another answers, such as those of language and signing out.
        "CSRF_COOKIE_NAME": "vierspan_csrf",
        "CSRF_COOKIE_PATH": "/",
        "CSRF_COOKIE_SECURE": address.secure,
        # The cookie for messages has one name in every service, and a browser would show those of another.
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        # Only a proxy that ends TLS is believed about it; without one anybody could send this line.
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if address.secure else None,
        "SECURE_HSTS_SECONDS": YEAR if address.secure and not _is_this_machine(address.host) else 0,
    }


def _is_this_machine(host: str) -> bool:
    """Whether a browser would remember TLS for everything else that somebody tries out on this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
