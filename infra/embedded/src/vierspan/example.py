"""Loading a world: each service its own part, by its own idempotent commands, meeting only in events."""

import json
import threading
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.auth.hashers import make_password

from coordination.identity import accounts
from coordination.service import environment
from intake.commands.basis import load_programme
from intake.commands.example import load_basis, load_sheet
from matching.commands.example import load_register
from vierspan.world import World

log = structlog.get_logger(__name__)

OFFICES = (
    ("beleid", "policy_officer", "Beleidsmedewerker"),
    ("budget", "budget_holder", "Budgethouder"),
    ("raad", "council_member", "Raadslid"),
)
TOWNS = {
    "merenstad": ("9901", "Merenstad"),
    "dijkermond": ("9902", "Dijkermond"),
    "heidehoek": ("9903", "Heidehoek"),
    "columba": ("9904", "Sint Columba"),
}
PARTNERS = {
    "partner-welzijn-polderlicht@merenstad.example": "Stichting Welzijn Polderlicht",
    "partner-bibliotheek-rivierkade@dijkermond.example": "Bibliotheek Rivierkade",
    "partner-boekenboot@heidehoek.example": "Stichting Boekenboot",
}
_loaded = threading.Event()


def is_loaded() -> tuple[bool, str]:
    """Whether this house's world is in, and what is being waited for; one of the checks of /-/health/ready."""
    return _loaded.is_set(), "voorbeeldgegevens"


def password() -> str:
    """The one password of all example accounts: made once, kept in the data folder for its owner only."""
    return environment.kept_secret(settings.VIERSPAN_DATA_FOLDER, "example-password", size=9)


def account_list() -> list[tuple[str, str, str, str, str]]:
    """Every example account as e-mail address, role, kind and key of its organisation, and the organisation's name."""
    found = [
        (f"{name}@{town}.example", role, "municipality", code, title)
        for town, (code, title) in TOWNS.items()
        for name, role, _label in OFFICES
    ]
    town_of = {code: town for town, (code, _title) in TOWNS.items()}
    for school in _register("schools"):
        address = f"school-{school['brin'].lower()}@{town_of[school['municipality']]}.example"
        found.append((address, "school_coordinator", "school", school["school_id"], school["name"]))
    ids = {partner["name"]: partner["partner_id"] for partner in _register("partners")}
    found += [(address, "partner", "partner", ids[name], name) for address, name in PARTNERS.items()]
    found.append(("beheer@vierspan.example", "administrator", "house", "house", "Vierspan"))
    return found


def _register(name: str) -> list[dict]:
    import matching

    place = Path(matching.__file__).parent / "domain" / "example" / f"{name}.json"
    return json.loads(place.read_text(encoding="utf-8"))


LABELS = {
    "policy_officer": "Beleidsmedewerker",
    "budget_holder": "Budgethouder",
    "council_member": "Raadslid",
    "school_coordinator": "Coördinator",
    "partner": "Contactpersoon",
    "administrator": "Functioneel beheerder",
}


def load_accounts(shared: str | None = None) -> None:
    """The example accounts, all with the one password; an account that is there is left as it is.

    shared is what Django's make_password made of that password; empty where people sign in at a provider.
    """
    if shared is None:
        shared = make_password(password())  # hashing is slow on purpose, and all share this one
    for address, role, kind, key, name in account_list():
        account = accounts.find_account(address)
        if account is None:
            account = accounts.create_account(email=address, name=LABELS[role], hashed=shared)
        accounts.add_membership(account=account, role=role, kind=kind, key=key, name=name)


def load(present: World, stopping: threading.Event, *, hashed: str | None = None) -> None:
    """Bring a world in, waiting for copies to arrive as events; safe to do again at each start.

    hashed is the password of all accounts as Django keeps it: made here when absent, empty where a provider has it.
    """
    if present.kind == "none":
        load_programme()
        _loaded.set()
        return
    load_accounts(hashed)
    load_basis()
    load_register()
    if present.kind == "full":
        while not stopping.is_set() and not load_sheet():
            stopping.wait(0.1)
    if not stopping.is_set():
        _loaded.set()
