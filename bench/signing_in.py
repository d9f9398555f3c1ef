"""Signing in to a house of either form as a browser does, by its own page or by that of its provider."""

import html
import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy

from coordination.testing.running_house import House

PAGES = ("/", "/reporting/council/9901")


def cookies(house: House, account: str) -> str:
    """The cookies of a browser that is signed in and has seen a page of intake and one of reporting."""
    # As browsers do on this machine: what is meant for TLS goes to 127.0.0.1 without it too.
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("https", "http")))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{house.address}/inloggen").read().decode()
    provider = re.search(r'<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"', page)
    if provider:
        fields = {"username": account, "password": house.password, "credentialId": ""}
        browser.open(html.unescape(provider[1]), urllib.parse.urlencode(fields).encode())
    else:
        word = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"csrfmiddlewaretoken": word, "email": account, "password": house.password}
        browser.open(f"{house.address}/inloggen", urllib.parse.urlencode(fields).encode())
    for page in PAGES:
        browser.open(house.address + page)
    return "; ".join(f"{one.name}={one.value}" for one in jar if "session" in one.name.lower())
