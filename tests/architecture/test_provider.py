"""The realm for trying out: it has the accounts of the example world, and holds no secret."""

import json
import re
from pathlib import Path

from infra.provider.local.server import REALM, redirects, subject_of

from vierspan import example

ROOT = Path(__file__).parents[2]
REALM_TEXT = REALM.read_text(encoding="utf-8")
REALM_READ = json.loads(REALM_TEXT)
(CLIENT,) = REALM_READ["clients"]


def test_its_accounts_are_those_of_the_example_world_with_subjects_that_are_known():
    told = {user["email"]: user for user in REALM_READ["users"]}
    assert set(told) == {address for address, *_rest in example.account_list()}
    for address, user in told.items():
        assert (user["id"], user["username"], user["emailVerified"]) == (subject_of(address), address, True)


def test_every_secret_and_address_comes_from_its_surroundings_and_is_explained():
    assert CLIENT["secret"] == "${OIDC_CLIENT_SECRET}"
    passwords = {one["value"] for user in REALM_READ["users"] for one in user["credentials"]}
    assert passwords == {"${EXAMPLE_PASSWORD}"}
    assert CLIENT["redirectUris"] == redirects("${VIERSPAN_URL}")
    guide = (ROOT / "infra/provider/README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"\$\{(\w+)", REALM_TEXT)):
        assert f"`{name}`" in guide, name


def test_nobody_gets_in_but_by_the_code_flow_with_a_verifier():
    assert CLIENT["standardFlowEnabled"] and not CLIENT["publicClient"]
    assert not any(CLIENT[f"{flow}Enabled"] for flow in ("implicitFlow", "directAccessGrants", "serviceAccounts"))
    assert CLIENT["attributes"]["pkce.code.challenge.method"] == "S256"
    assert not REALM_READ["registrationAllowed"]


def test_the_form_has_the_labels_of_our_own_sign_in_page():
    words = REALM_READ["localizationTexts"]["nl"]
    assert (words["email"], words["password"], words["doLogIn"]) == ("E-mailadres", "Wachtwoord", "Inloggen")
    # Nothing else on it may be found by those labels.
    assert not any("wachtwoord" in words[name].lower() for name in ("showPassword", "hidePassword"))
