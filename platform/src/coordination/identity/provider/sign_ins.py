"""The sessions that one sign-in at the provider led to, in all services: they end together."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from coordination.contracts.clock import recorded_now
from coordination.events.unit_of_work import keep_together
from coordination.identity.models import SignIn


def remember(*, session_key: str, issuer: str, subject: str, sid: str) -> None:
    """Write down which sign-in a session came from, and throw away what expired."""
    with keep_together("identity"):
        SignIn.objects.update_or_create(
            session_key=session_key,
            defaults={"issuer": issuer, "subject": subject, "sid": sid, "started_at": recorded_now()},
        )
        over = recorded_now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        SignIn.objects.filter(started_at__lt=over).delete()
        Session.objects.filter(expire_date__lt=timezone.now()).delete()


def end(*, issuer: str, sid: str = "", subject: str = "") -> int:
    """End every session of one sign-in at the provider, or without sid all of a subject; gives how many."""
    with keep_together("identity"):
        found = SignIn.objects.filter(issuer=issuer, **({"sid": sid} if sid else {"subject": subject}))
        keys = list(found.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        found.delete()
    return len(keys)


def end_as_told(*, issuer: str, sid: str, subject: str) -> int:
    """End what the provider says is over; gives how many sessions.

    What was signed out here it only says after us. Otherwise all sessions of the person end, at other computers too: a
    provider that signs somebody out everywhere may name but one sign-in, and whoever is still in there comes in again
    without noticing.
    """
    if sid and not SignIn.objects.filter(issuer=issuer, sid=sid).exists():
        return 0
    return end(issuer=issuer, subject=subject) if subject else end(issuer=issuer, sid=sid)


def end_with(session_key: str) -> None:
    """End a session, and with it all others of the same sign-in."""
    mine = SignIn.objects.filter(session_key=session_key).first()
    if mine is not None:
        end(issuer=mine.issuer, sid=mine.sid, subject=mine.subject)
