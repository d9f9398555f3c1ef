"""A service in the service form: what it asks of its surroundings, what its doctor says, and faults it outlives."""

import json
import signal
import time
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from coordination.testing.processes import free_port

pytestmark = pytest.mark.needs("postgresql", "redis")
WITHIN = 10


def test_what_is_missing_is_named_all_at_once(surroundings):
    missing = {
        name: ""
        for name in ("VIERSPAN_DATABASE_HOST", "VIERSPAN_REDIS_URL", "VIERSPAN_SECRET_KEY_FILE", "VIERSPAN_LOG")
    }
    answer = surroundings.run("relay", VIERSPAN_DATABASE_PASSWORD_FILE="/nowhere/at/all", **missing)
    assert answer.returncode == 2
    for name in (*missing, "VIERSPAN_DATABASE_PASSWORD_FILE", "KAFKA_BOOTSTRAP_SERVERS"):
        assert (name in answer.stderr) is (name != "VIERSPAN_LOG"), name
    assert "Traceback" not in answer.stderr


def test_the_doctor_tells_all_that_is_wrong_at_once_and_nothing_more(surroundings):
    wrong = surroundings.secret("wrong-password", "guessed")
    answer = surroundings.run(
        "doctor",
        VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE=wrong,
        VIERSPAN_REDIS_URL="redis://127.0.0.1:1/0",
        VIERSPAN_LOG="coordination.events.embedded.log.NoSuchLog",
    )
    assert answer.returncode == 1
    said = answer.stdout
    assert "database reporting (reporting@127.0.0.1" in said and "voer migrate uit" in said
    assert 'password authentication failed for user "identity"' in said
    assert "Redis redis://127.0.0.1:1/0: antwoordt niet" in said
    assert "NoSuchLog: kan niet worden geopend" in said
    assert "guessed" not in said and "Traceback" not in said + answer.stderr

    assert surroundings.run("migrate").returncode == 0
    answer = surroundings.run("doctor")
    # Of the provider there is none here; that all can be well is shown where there is one.
    assert "FOUT  aanbieder http://127.0.0.1:1/realms/vierspan: antwoordt niet op" in answer.stdout
    assert [line for line in answer.stdout.splitlines() if line.startswith("FOUT") and "aanbieder" not in line] == []


def test_a_service_reaches_no_database_of_another(service_form):
    answer = service_form.run("doctor", VIERSPAN_DATABASE_NAME="identity")
    assert answer.returncode == 1
    assert 'permission denied for database "identity"' in answer.stdout


def listen(service_form) -> ClientConnection:
    """A browser of a council member that listens."""
    cookie = service_form.script("sign_in.py")
    name = next(one for one in cookie.split("; ") if one.startswith("reporting_session"))
    return connect(
        f"ws://127.0.0.1:{service_form.port}/reporting/live",
        origin=service_form.address,
        additional_headers={"Cookie": name},
    )


def test_notices_cross_processes_and_come_again_after_redis_was_away(service_form):
    web = service_form.start("serve")
    service_form.wait_for("/-/health/ready")
    browser = listen(service_form)
    service_form.script("tell.py", "first")
    assert json.loads(browser.recv(timeout=5)) == {"subject": "summary", "id": "first"}

    service_form.redis.stop()
    assert service_form.status("/uitgelogd") == 200
    assert float(service_form.script("tell.py", "lost", "too")) < 3, "who tells must not wait long for Redis"
    assert service_form.status("/-/health/ready") == 200
    service_form.redis.start()
    # What was told meanwhile has reached nobody: the browser is sent away, and asks again when it comes back.
    with pytest.raises(ConnectionClosed) as ended:
        browser.recv(timeout=15)
    assert ended.value.rcvd is not None and ended.value.rcvd.code == 1012
    browser = listen(service_form)
    service_form.script("tell.py", "again")
    assert json.loads(browser.recv(timeout=5))["id"] == "again"
    web.send_signal(signal.SIGTERM)
    assert web.wait(WITHIN) == 0, service_form.said()


def test_all_processes_come_back_after_their_database_was_away_and_end_in_time(service_form):
    watched = free_port()
    relay = service_form.start("relay", METRICS_PORT=str(watched))
    working = [service_form.start("serve"), relay, service_form.start("consume")]
    service_form.wait_for("/-/health/ready")
    service_form.cluster.stop()
    service_form.wait_for("/-/health/ready", 503)
    assert service_form.status("/-/health/live") == 200
    time.sleep(2)
    service_form.cluster.start()
    service_form.wait_for("/-/health/ready")
    assert service_form.status("/uitgelogd") == 200
    assert [one.poll() for one in working] == [None, None, None], service_form.said()
    with urllib.request.urlopen(f"http://127.0.0.1:{watched}/healthz", timeout=5) as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{watched}/metrics", timeout=5) as answer:
        assert 'vierspan_round_age_seconds{loop="relay",service="reporting"}' in answer.read().decode()
    second = service_form.run("relay", METRICS_PORT=str(watched))
    assert second.returncode == 2 and f"METRICS_PORT noemt poort {watched}" in second.stderr, second.stderr
    for process in working:
        process.send_signal(signal.SIGTERM)
    for process in working:
        assert process.wait(WITHIN) == 0, service_form.said()


def test_web_processes_share_a_port_and_who_comes_does_not_notice_that_one_is_killed(service_form):
    # Both find that the style sheets are to be gathered, in one folder.
    for mark in service_form.folder.rglob(".fingerprint"):
        mark.unlink()
    both = [service_form.start("serve", PORT_SHARED="1") for _ in range(2)]
    until = time.monotonic() + 60
    while listeners(service_form.port) < len(both):
        assert time.monotonic() < until, service_form.said()
        assert [one.poll() for one in both] == [None, None], service_form.said()
        time.sleep(0.1)
    both[0].kill()
    both[0].wait()
    assert [service_form.status("/-/health/ready") for _ in range(20)] == [200] * 20
    assert service_form.start("serve").wait(60) != 0
    assert [service_form.status("/-/health/ready") for _ in range(20)] == [200] * 20
    both[1].terminate()
    assert both[1].wait(10) == 0


def listeners(port: int) -> int:
    """How many sockets of this machine listen at a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(1 for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A")
