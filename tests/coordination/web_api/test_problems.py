"""Every refusal is problem details, tells all that is wrong in Dutch, and nothing of the inside."""

import logging

import pytest
from django.test import Client

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.web_api.addresses"),
]
BASE = "/matching/api/v1"


def check(answer, status: int) -> dict:
    """The problem in an answer, after checking that it is one."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == "1.0.0"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]
    assert isinstance(problem["errors"], list)
    assert "Traceback" not in answer.content.decode() and "geheim" not in answer.content.decode()
    return problem


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("not-found", 404),
        ("forbidden", 403),
        ("conflict", 409),
        ("http404", 404),
        ("permission", 403),
        ("django-invalid", 400),
        ("suspicious", 400),
        ("busy", 503),
        ("broken", 500),
    ],
)
def test_each_refusal_has_its_status(api, how, status):
    check(api.get(f"{BASE}/refusals/{how}"), status)


def test_all_that_is_invalid_is_told_at_once_by_outside_names(api):
    problem = check(api.get(f"{BASE}/refusals/invalid"), 400)
    assert problem["errors"] == [
        {"field": "totalCents", "code": "total-negative", "message": "Vul een bedrag van nul of hoger in."},
        {"field": "title", "code": "title-missing", "message": "Vul een titel in."},
    ]


def test_somebody_else_was_first_shows_both_versions(api):
    problem = check(api.get(f"{BASE}/refusals/outdated"), 412)
    assert (problem["yours"], problem["current"], problem["version"]) == ({"totalCents": 1}, {"totalCents": 2}, 7)


def test_an_unexpected_fault_is_logged_and_not_shown(api, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        answer = api.get(f"{BASE}/refusals/broken")
    check(answer, 500)
    told = caplog.text + "".join(capsys.readouterr())
    assert "geheim binnenwerk" in told


def test_nobody_gets_401_before_anything_else(client):
    answer = client.get(f"{BASE}/refusals/broken")
    check(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")
    check(client.delete(f"{BASE}/plans"), 401)
    check(client.post(f"{BASE}/plans", b"{", content_type="text/plain"), 401)


def test_a_method_that_is_not_there_names_those_that_are(api):
    answer = api.delete(f"{BASE}/plans")
    check(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"GET", "POST", "HEAD", "OPTIONS"}


def test_the_document_is_only_read(client):
    answer = Client(enforce_csrf_checks=True).post(f"{BASE}/openapi.json")
    check(answer, 405)
    assert "GET" in answer["Allow"]


def test_no_answer_is_kept_or_framed_by_others(api):
    for path in ("plans", "refusals/forbidden", "nergens", "%00", "openapi.json"):
        answer = api.get(f"{BASE}/{path}")
        assert answer["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
        assert answer["X-Frame-Options"] == "DENY", path


def test_another_kind_of_content_is_415(api):
    check(api.post(f"{BASE}/plans", "title=x", content_type="application/x-www-form-urlencoded"), 415)
    check(api.post(f"{BASE}/plans", "<x/>", content_type="application/xml"), 415)


def test_another_kind_of_answer_is_406(api):
    check(api.get(f"{BASE}/plans", headers={"Accept": "text/csv"}), 406)
    assert api.get(f"{BASE}/plans", headers={"Accept": "text/html, */*"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/matching/api",
        "/matching/api/",
        "/matching/api/v1",
        "/matching/api/v1/",
        "/matching/api/v2/plans",
        "/matching/api/v1/plans/",
        "/matching/api/v1/plans/1/",
        "/matching/api/v1/plans/een",
        "/matching/api/v1/nergens/a%0Ab",
        "/matching/api/v1/openapi.json/",
        "/intake/api/v1/plans",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "patch"])
def test_a_path_that_leads_nowhere_is_404(path, method):
    strict = Client(enforce_csrf_checks=True)
    check(getattr(strict, method)(path), 404)


@pytest.mark.parametrize("path", ["/plans?q=%00", "/plans/%00", "/%00"])
def test_nul_in_an_address_is_400(api, path):
    check(api.get(BASE + path), 400)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b'{"title": NaN}',
        b'{"title": "a\\u0000b", "totalCents": 1}',
        b'{"title": "a\x00b", "totalCents": 1}',
        b'{"title": "\\ud800", "totalCents": 1}',
        b'{"title": "x", "totalCents": 1e999}',
        b'{"\\u0000": 1}',
        b"[" * 100_000,
        b'{"title": "x", "totalCents": ' + b"9" * 5000 + b"}",
        b"[]",
        b"null",
        b'"tekst"',
        b"3",
    ],
)
@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "sleutel"}])
def test_a_body_that_cannot_be_read_is_400(api, body, headers):
    problem = check(api.post(f"{BASE}/plans", body, content_type="application/json", headers=headers), 400)
    assert problem["errors"]


def test_a_body_beyond_all_measure_is_413(api):
    body = b'{"title": "' + b"a" * 3_000_000 + b'"}'
    check(api.post(f"{BASE}/plans", body, content_type="application/json"), 413)


def test_an_unknown_host_is_a_problem_too(api):
    check(api.get(f"{BASE}/plans", headers={"Host": "kwaad.example"}), 400)


def test_pages_are_left_alone(client):
    answer = client.get("/pagina")
    assert (answer.status_code, answer.content) == (404, b"een pagina")
    assert "API-Version" not in answer
