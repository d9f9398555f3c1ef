"""The one door of the house: whose a path is, what is passed on, and what is said while a service is away."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from coordination.testing import needs

pytestmark = pytest.mark.needs("nginx", "envsubst")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "intake"),
        ("/inloggen?next=/matching/", "intake"),
        ("/intake/activities", "intake"),
        ("/matching", "matching"),
        ("/matching/api/v1/suggestions?school=90AA", "matching"),
        ("/matchingx", "intake"),
        ("/realms/vierspan/protocol/openid-connect/auth", "provider"),
        ("/resources/abc/login/style.css", "provider"),
        ("/realms/master/protocol/openid-connect/token", "intake"),
        ("/admin/master/console/", "intake"),
    ],
)
def test_a_path_says_whose_it_is_and_arrives_as_it_was_asked(secure, path, service):
    told = secure.ask(path).told
    assert (told["service"], told["path"]) == (service, path)


@pytest.mark.parametrize("path", ["/intake/a%20b/%C3%A9", "/matching/x?q=a+b%26c&r="])
def test_signs_in_an_address_are_not_touched(secure, path):
    assert secure.ask(path).told["path"] == path


def test_who_asks_and_how_is_said_by_the_proxy_alone(secure):
    told = secure.ask(
        "/intake/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example"
    ).told
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "https"
    assert told["host"] == told["x-forwarded-host"] == f"localhost:{secure.proxy.port}"


def test_behind_another_proxy_who_asks_is_kept(plain):
    told = plain.ask("/intake/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="https").told
    assert told["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"
    assert told["x-forwarded-proto"] == "http"


def test_the_plain_door_sends_people_to_the_one_with_tls(secure):
    answer = secure.ask("/intake/activities?page=2", door=f"http://localhost:{secure.proxy.plain_port}")
    assert answer.status == 308
    assert answer.headers["location"] == f"{secure.proxy.address}/intake/activities?page=2"


def test_a_service_that_is_away_is_told_in_dutch_to_people(secure):
    answer = secure.ask("/reporting/council/9901")
    assert answer.status == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["retry-after"] and answer.headers["cache-control"] == "no-store"
    page = answer.body.decode()
    assert '<html lang="nl">' in page and "even niet bereikbaar" in page
    assert "nginx" not in page
    assert secure.ask("/matching/").status == 200, "the others go on"


def test_a_service_that_is_away_is_told_as_a_problem_to_programs(secure):
    answer = secure.ask("/reporting/api/v1/municipalities/9901/summary")
    assert answer.status == 503
    assert answer.headers["content-type"] == "application/problem+json"
    problem = json.loads(answer.body)
    assert problem["status"] == 503 and problem["title"] and problem["detail"]


def test_what_a_service_itself_says_is_passed_on(secure):
    answer = secure.ask("/matching/busy")
    assert answer.status == 503
    assert answer.told["service"] == "matching"


def test_a_sheet_may_be_as_large_as_a_service_takes_and_not_much_larger(secure):
    just = 64 * 1024 * 1024
    assert secure.ask("/intake/uploads", data=bytes(just)).told["length"] == just
    for path, kind in (
        ("/intake/uploads", "text/html; charset=utf-8"),
        ("/intake/api/v1/u", "application/problem+json"),
    ):
        answer = secure.ask(path, data=bytes(67 * 1024 * 1024))
        assert (answer.status, answer.headers["content-type"]) == (413, kind)
        assert "64 MB" in answer.body.decode()


@pytest.mark.parametrize(
    "path", ["/intake/-/metrics", "/-/metrics", "/matching/-/%6Detrics", "/x/../intake/-/metrics/"]
)
def test_the_figures_of_a_process_stay_inside(secure, path):
    assert secure.ask(path).status == 404


def test_what_is_compressed_is_left_and_other_answers_are_compressed(secure):
    styles = secure.ask("/intake/styles", Accept_Encoding="gzip, br")
    assert styles.headers["content-encoding"] == "br" and styles.body.startswith(b"\x1f\x8b as it was")
    assert secure.ask("/intake/", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_lines_of_the_proxy_hold_no_query(secure):
    secure.ask("/intake/found?q=geheim-woord")
    secure.ask("/reporting/away?q=geheim-woord")
    lines = [json.loads(line) for line in secure.proxy.said.read_text().splitlines() if line.startswith("{")]
    paths = {line["path"] for line in lines}
    assert {"/intake/found", "/reporting/away"} <= paths
    assert "geheim-woord" not in secure.proxy.said.read_text()


def test_what_is_missing_is_named_all_at_once():
    answer = subprocess.run(
        ["sh", str(ROOT / "infra/proxy/start.sh")],
        env={"PATH": os.environ["PATH"], "VIERSPAN_URL": "https://a.example", "NGINX": needs.nginx() or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    for name in ("PROXY_INTAKE", "PROXY_MATCHING", "PROXY_REPORTING"):
        assert name in answer.stderr
    assert "VIERSPAN_URL" not in answer.stderr
