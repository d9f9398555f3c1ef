"""Which account belongs to whom at the provider, and which sessions end together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from coordination.contracts.clock import recorded_now
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, NotFound
from coordination.identity import accounts
from coordination.identity.actor import SYSTEM
from coordination.identity.models import Account, SignIn, Subject
from coordination.identity.provider import sign_ins, subjects

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
HERE, THERE = "https://login.example/realms/a", "https://login.example/realms/b"


def admit(subject: str, address: str = "beleid@merenstad.example", *, verified: bool = True, issuer: str = HERE):
    return subjects.admit(issuer=issuer, subject=subject, address=address, verified=verified)


def test_the_first_with_a_verified_address_gets_the_account_and_keeps_it_under_another(account):
    assert admit("one", "Beleid@MERENSTAD.example") == account
    assert admit("one", "getrouwd@merenstad.example") == account
    assert admit("one", "", verified=False) == account
    with pytest.raises(subjects.NotInvited) as told:
        admit("two")
    assert told.value.address == "beleid@merenstad.example"


@pytest.mark.parametrize(
    ("address", "verified"), [("beleid@merenstad.example", False), ("", True), ("x", True), ("a\x00@b.example", True)]
)
def test_an_address_that_proves_nothing_gives_no_account(account, address, verified):
    with pytest.raises(subjects.NotInvited):
        admit("one", address, verified=verified)
    assert not Subject.objects.exists() and Account.objects.count() == 1


def test_the_same_subject_of_another_provider_is_somebody_else(account):
    assert admit("one") == account
    with pytest.raises(subjects.NotInvited):
        admit("one", "ander@merenstad.example", issuer=THERE)
    assert admit("one", issuer=THERE) == account, "a house may move to another provider"


def test_a_closed_account_is_told_apart_from_none(account):
    admit("one")
    Account.objects.update(is_active=False)
    with pytest.raises(subjects.Closed):
        admit("one")


def test_two_windows_at_once_are_one_person(account):
    def come(_number: int) -> Account:
        try:
            return admit("one")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(come, range(4))) == {account}
    assert Subject.objects.count() == 1


def test_an_account_let_go_is_for_who_comes_next_with_its_address(account):
    admit("one")
    with pytest.raises(Forbidden):
        subjects.release(actor=accounts.actor_of(account), account_id=account.id)
    subjects.release(actor=SYSTEM, account_id=account.id)
    assert admit("two") == account
    with pytest.raises(subjects.NotInvited):
        admit("one")
    with pytest.raises(NotFound):
        subjects.release(actor=SYSTEM, account_id=new_id())


def test_the_link_of_the_first_administrator_is_kept_when_the_address_is_taken(account):
    word = (accounts.admin_link() or "").rpartition("/")[2]
    with pytest.raises(Conflict):
        subjects.admit_first(word=word, issuer=HERE, subject="a", address=account.email, name="A")
    made = subjects.admit_first(word=word, issuer=HERE, subject="a", address="beheer@merenstad.example", name="A")
    assert accounts.actor_of(made).is_administrator and admit("a") == made
    with pytest.raises(NotFound):
        subjects.admit_first(word=word, issuer=HERE, subject="b", address="b@merenstad.example", name="B")


def begin(sid: str, subject: str = "one", *, issuer: str = HERE) -> str:
    """A session, and where it came from."""
    session = SessionStore()
    session.create()
    sign_ins.remember(session_key=session.session_key, issuer=issuer, subject=subject, sid=sid)
    return session.session_key


def left() -> set[str]:
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert kept == set(SignIn.objects.values_list("session_key", flat=True))
    return kept


def test_signing_out_ends_the_sessions_of_that_sign_in_and_of_no_other():
    mine, also_mine, elsewhere, other = begin("s1"), begin("s1"), begin("s2"), begin("s3", "two")
    sign_ins.end_with(mine)
    assert left() == {elsewhere, other}
    sign_ins.end_with(also_mine)
    sign_ins.end_with("nothing")
    assert left() == {elsewhere, other}


def test_a_provider_without_names_for_sign_ins_ends_all_of_a_person():
    mine, _also, other = begin(""), begin(""), begin("", "two")
    sign_ins.end_with(mine)
    assert left() == {other}


def test_what_the_provider_tells_ends_all_of_a_person_unless_it_was_over_already():
    first, second, other, foreign = begin("s1"), begin("s2"), begin("s3", "two"), begin("s1", issuer=THERE)
    assert sign_ins.end_as_told(issuer=HERE, sid="gone", subject="one") == 0
    assert left() == {first, second, other, foreign}
    assert sign_ins.end_as_told(issuer=HERE, sid="s1", subject="one") == 2
    assert left() == {other, foreign}
    assert sign_ins.end_as_told(issuer=HERE, sid="s3", subject="") == 1
    assert sign_ins.end_as_told(issuer=THERE, sid="", subject="one") == 1
    assert left() == set()


def test_what_expired_is_thrown_away_when_somebody_signs_in(settings):
    settings.SESSION_COOKIE_AGE = 60
    begin("old")
    SignIn.objects.update(started_at=recorded_now() - timedelta(seconds=61))
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    new = begin("new")
    assert left() == {new}
