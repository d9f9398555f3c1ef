"""One-time links with which somebody chooses a password: the first administrator, and whoever is invited."""

import hashlib
import secrets
from datetime import timedelta

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import NotFound
from coordination.events.unit_of_work import keep_together
from coordination.identity.models import Account, Membership, OneTimeLink

LIFETIME = timedelta(days=7)


def admin_link() -> str | None:
    """The path of a new one-time link for the first administrator; None when the house has one already.

    An earlier link that nobody used stops working.
    """
    if _has_administrator():
        return None
    with keep_together("identity"):
        OneTimeLink.objects.filter(account=None, used_at=None).delete()
        return f"/eerste-beheerder/{_new_link(None)}"


def invitation_link(account: Account) -> str:
    """The path of a new one-time link with which an account chooses its password; its earlier ones stop working."""
    with keep_together("identity"):
        OneTimeLink.objects.filter(account=account, used_at=None).delete()
        return f"/welkom/{_new_link(account)}"


def check_link(word: str, *, for_administrator: bool) -> OneTimeLink:
    """The link behind a word. Raises NotFound when it does not exist, was used, or is older than seven days."""
    found = OneTimeLink.objects.select_related("account").filter(
        digest=_digest(word), used_at=None, account__isnull=for_administrator
    )
    link = found.first()
    if link is None or link.created_at < recorded_now() - LIFETIME or (for_administrator and _has_administrator()):
        raise NotFound("Deze link bestaat niet, is verlopen of is al gebruikt. Vraag een nieuwe aan de beheerder.")
    return link


def choose_password(*, word: str, password: str) -> Account:
    """Use an invitation: sets the password of its account. Raises NotFound when the link is used up."""
    with keep_together("identity"):
        link = check_link(word, for_administrator=False)
        use_up(link)
        account = link.account
        account.set_password(password)
        account.save(update_fields=["password"])
    return account


def use_up(link: OneTimeLink) -> None:
    """Make a link worthless. Raises NotFound when somebody else just used it."""
    # One statement with its condition, so that of two at once only one finds a row to change.
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=recorded_now()):
        raise NotFound("Deze link is al gebruikt.")


def _has_administrator() -> bool:
    return Membership.objects.filter(role="administrator", kind="house", account__is_active=True).exists()


def _new_link(account: Account | None) -> str:
    word = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(digest=_digest(word), account=account, created_at=recorded_now())
    return word


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
