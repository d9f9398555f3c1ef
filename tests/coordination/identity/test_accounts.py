"""Accounts, roles per organisation, and the one-time links with which people choose a password."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import Conflict, Invalid, NotFound
from coordination.identity import accounts
from coordination.identity.models import Account, Membership, OneTimeLink

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_an_account_has_a_uuid7_and_an_address_in_lower_case(account):
    assert account.id.version == 7
    assert account.email == "beleid@merenstad.example"
    assert accounts.find_account("  BELEID@merenstad.EXAMPLE ") == account


def test_an_address_has_one_account_however_it_is_written(account):
    with pytest.raises(Conflict, match="al een account"):
        accounts.create_account(email="BELEID@MERENSTAD.EXAMPLE", name="Een ander")


@pytest.mark.parametrize(
    ("email", "name", "code"),
    [
        ("geen adres", "Noor", "email-unreadable"),
        ("a\x00b@merenstad.example", "Noor", "email-unreadable"),
        (f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example", "Noor", "email-too-long"),
        ("noor@merenstad.example", "   ", "name-missing"),
        ("noor@merenstad.example", "N" * 121, "name-too-long"),
        ("noor@merenstad.example", "No\x00or", "name-unreadable"),
    ],
)
def test_what_is_no_address_or_name_is_refused(email, name, code):
    with pytest.raises(Invalid) as refusal:
        accounts.create_account(email=email, name=name)
    assert [one.code for one in refusal.value.problems] == [code]
    assert not Account.objects.exists()


def test_giving_a_role_twice_is_giving_it_once(account):
    for _ in range(2):
        accounts.add_membership(account=account, role="policy_officer", kind="municipality", key="9901")
    assert Membership.objects.filter(account=account).count() == 2


def test_an_actor_shows_the_roles_of_its_account(account):
    actor = accounts.actor_of(account)
    assert actor.account_id == account.id
    assert actor.audiences == ("municipality:9901", "municipality:9902")
    assert actor.has("policy_officer", "municipality", "9901")
    assert not actor.has("policy_officer", "municipality", "9902")
    assert actor.role_for("municipality", "9902") == "council_member"
    assert not actor.is_administrator


def test_colleagues_are_the_active_accounts_of_one_organisation(account):
    gone = accounts.create_account(email="weg@merenstad.example", name="Vertrokken")
    accounts.add_membership(account=gone, role="policy_officer", kind="municipality", key="9901")
    gone.is_active = False
    gone.save()
    assert accounts.colleagues("municipality", "9901") == [account]
    assert accounts.colleagues("municipality", "9903") == []


def test_the_first_administrator_comes_in_by_a_link_that_works_once():
    word = accounts.admin_link().rsplit("/", 1)[1]
    made = accounts.become_administrator(
        word=word, email="beheer@vierspan.example", name="Beheer", password="een lang wachtwoord"
    )
    assert accounts.actor_of(made).is_administrator
    with pytest.raises(NotFound):
        accounts.check_link(word, for_administrator=True)
    assert accounts.admin_link() is None


def test_a_new_link_takes_the_place_of_the_one_before():
    first, second = (accounts.admin_link().rsplit("/", 1)[1] for _ in range(2))
    with pytest.raises(NotFound):
        accounts.check_link(first, for_administrator=True)
    assert accounts.check_link(second, for_administrator=True)


def test_a_link_is_worthless_after_seven_days():
    word = accounts.admin_link().rsplit("/", 1)[1]
    OneTimeLink.objects.update(created_at=recorded_now() - timedelta(days=7, minutes=1))
    with pytest.raises(NotFound, match="verlopen"):
        accounts.check_link(word, for_administrator=True)


def test_a_refused_first_administrator_may_try_again(account):
    word = accounts.admin_link().rsplit("/", 1)[1]
    with pytest.raises(Conflict):
        accounts.become_administrator(word=word, email=account.email, name="Beheer", password="een lang wachtwoord")
    assert accounts.check_link(word, for_administrator=True)


def test_the_word_of_a_link_is_not_kept():
    word = accounts.admin_link().rsplit("/", 1)[1]
    assert word not in str(list(OneTimeLink.objects.values()))


def test_two_at_once_make_one_administrator():
    word = accounts.admin_link().rsplit("/", 1)[1]
    ready, outcomes = Barrier(2), []

    def become(number: int) -> None:
        ready.wait()
        try:
            accounts.become_administrator(
                word=word, email=f"b{number}@vierspan.example", name="Beheer", password="een lang wachtwoord"
            )
            outcomes.append("made")
        except NotFound:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=become, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]
    assert Account.objects.count() == 1


def test_an_invited_account_chooses_its_password_once():
    invited = accounts.create_account(email="nieuw@merenstad.example", name="Nieuw")
    word = accounts.invitation_link(invited).rsplit("/", 1)[1]
    assert not invited.has_usable_password()
    with pytest.raises(NotFound):
        accounts.check_link(word, for_administrator=True)
    assert accounts.choose_password(word=word, password="een lang wachtwoord").check_password("een lang wachtwoord")
    with pytest.raises(NotFound):
        accounts.choose_password(word=word, password="een ander wachtwoord")
