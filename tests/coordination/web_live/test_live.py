"""Notices over a real server: only to who is signed in, from our own pages, for their own organisations, at once."""

import threading
import time

import pytest
from tests.coordination.web_live.conftest import heard, new_account
from websockets.exceptions import ConnectionClosed, InvalidStatus

from coordination.contracts.identifiers import new_id
from coordination.events.notices import Notice
from coordination.events.unit_of_work import unit_of_work
from coordination.identity import accounts
from coordination.web.live.asgi import is_own
from coordination.web.live.notices import group_of, send

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.web_live.addresses"),
]


@pytest.fixture
def officer():
    """A policy officer of Merenstad."""
    return new_account("beleid@merenstad.example", "policy_officer", "municipality", "9901")


@pytest.fixture
def neighbour():
    """A policy officer of Dijkermond."""
    return new_account("beleid@dijkermond.example", "policy_officer", "municipality", "9902")


@pytest.fixture
def administrator():
    """The administrator of the house."""
    return new_account("beheer@vierspan.example", "administrator", "house", "house")


def test_who_is_not_signed_in_is_told_so_and_closed(server):
    with server.listen("intake", None) as connection, pytest.raises(ConnectionClosed) as closed:
        connection.recv(timeout=2)
    assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize(
    "origin",
    ["https://kwaad.example", "http://127.0.0.1", "http://127.0.0.1:1", "http://localhost", "null", "file://", None],
)
def test_another_origin_is_refused_before_the_door_opens(server, officer, origin):
    with pytest.raises(InvalidStatus) as refused:
        server.listen("intake", officer, origin)
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("https://LOCALHOST", "localhost", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://kwaad.example:8000", "kwaad.example:8000", False),
        ("http://localhost.kwaad.example", "localhost", False),
        ("http://user@localhost", "localhost", False),
        ("ftp://localhost", "localhost", False),
        ("http://[", "localhost", False),
        ("", "", False),
    ],
)
def test_own_is_the_very_host_and_port_that_this_house_answers_to(origin, host, own):
    assert is_own(origin, host) is own


def test_an_address_that_is_not_there_is_refused(server, officer):
    with pytest.raises(InvalidStatus):
        server.listen("nergens", officer)


def test_a_notice_reaches_its_audience_and_nobody_else(server, officer, neighbour, administrator):
    activity = new_id()
    with (
        server.listen("intake", officer) as own,
        server.listen("intake", neighbour) as other,
        server.listen("intake", administrator) as all_of_it,
        server.listen("reporting", officer) as elsewhere,
    ):
        with unit_of_work("intake") as say:
            say.changed("activity", activity, audience=["municipality:9901"])
        assert heard(own) == heard(all_of_it) == {"subject": "activity", "id": str(activity)}
        assert heard(other, 0.2) is None
        assert heard(elsewhere, 0.2) is None


def test_what_was_undone_is_not_told(server, officer):
    with server.listen("intake", officer) as connection:
        with pytest.raises(ZeroDivisionError), unit_of_work("intake") as say:
            say.changed("activity", new_id(), audience=["municipality:9901"])
            raise ZeroDivisionError
        assert heard(connection, 0.2) is None


def test_a_notice_from_a_worker_thread_is_there_within_a_second(server, officer):
    delays = []
    with server.listen("intake", officer) as connection:
        for number in range(20):
            began = time.monotonic()
            worker = threading.Thread(
                target=send, args=("intake", [Notice(subject="line", id=str(number), audience=("municipality:9901",))])
            )
            worker.start()
            assert heard(connection) == {"subject": "line", "id": str(number)}
            delays.append(time.monotonic() - began)
            worker.join()
    assert max(delays) < 1


def test_the_same_notice_to_several_of_ones_organisations_comes_once_for_each(server, officer):
    accounts.add_membership(account=officer, role="council_member", kind="municipality", key="9902")
    notice = Notice(subject="summary", id="x", audience=("municipality:9901", "municipality:9901"))
    with server.listen("intake", officer) as connection:
        send("intake", [notice, notice])
        assert heard(connection) == {"subject": "summary", "id": "x"}
        assert heard(connection, 0.2) is None


def test_what_a_browser_says_is_ignored(server, officer):
    with server.listen("intake", officer) as connection:
        for said in ("{", "geen json", '{"type": "notice", "subject": "x", "id": "y"}', b"\x00\xff", "x" * 10_000):
            connection.send(said)
        send("intake", [Notice(subject="activity", id="1", audience=("municipality:9901",))])
        assert heard(connection) == {"subject": "activity", "id": "1"}


def test_a_browser_that_left_does_not_hold_the_others_up(server, officer):
    with server.listen("intake", officer) as stays:
        with server.listen("intake", officer):
            pass
        send("intake", [Notice(subject="activity", id="1", audience=("municipality:9901",))])
        assert heard(stays) == {"subject": "activity", "id": "1"}


def test_a_closed_account_is_not_let_in(server, officer):
    officer.is_active = False
    officer.save()
    with server.listen("intake", officer) as connection, pytest.raises(ConnectionClosed) as closed:
        connection.recv(timeout=2)
    assert closed.value.rcvd.code == 4401


def test_without_a_server_a_notice_is_dropped_and_nothing_fails(officer):
    began = time.monotonic()
    with unit_of_work("intake") as say:
        say.changed("activity", new_id(), audience=["municipality:9901"])
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("key", ["9901", "met spatie", "ü", "a" * 200, "a:b", "a/b", ""])
def test_every_organisation_has_a_group_of_its_own(key):
    group = group_of("intake", f"municipality:{key}")
    assert len(group) < 100 and group.isascii() and " " not in group
    assert group != group_of("intake", f"municipality:{key}x")
    assert group != group_of("matching", f"municipality:{key}")


def test_the_groups_are_named_as_agreed():
    assert group_of("intake", "municipality:9901") == "intake.municipality.9901"
    assert group_of("reporting", "house:house") == "reporting.house.house"
