"""Lists by page, order, versions, the OpenAPI document, the name of a request, and health."""

import pytest
from prometheus_client import REGISTRY, generate_latest

from coordination.events.cause import current_cause
from coordination.events.unit_of_work import unit_of_work
from matching.models.messaging import OutboxEntry

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.web_api.addresses"),
]
BASE = "/matching/api/v1"
ADDRESSES = "tests.coordination.web_api.addresses"
PLAN = {"title": "Zomerschool", "totalCents": 100}


def test_a_list_fits_on_one_page_as_a_rule(api):
    answer = api.get(f"{BASE}/plans").json()
    assert [row["number"] for row in answer["results"]] == [0, 1, 2, 3, 4]
    assert answer["next"] is None


def test_pages_lead_to_the_next_until_the_end(api):
    numbers, url = [], f"{BASE}/plans?pageSize=2&sort=-number"
    while url:
        answer = api.get(url).json()
        numbers += [row["number"] for row in answer["results"]]
        url = answer["next"]
    assert numbers == [4, 3, 2, 1, 0]


def test_nobody_gets_more_than_a_thousand_at_once(api):
    assert len(api.get(f"{BASE}/plans?rows=1500").json()["results"]) == 200
    assert len(api.get(f"{BASE}/plans?rows=1500&pageSize=999999").json()["results"]) == 1000


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("pageSize=0", 400),
        ("pageSize=-1", 400),
        ("pageSize=alles", 400),
        ("pageSize=²", 400),
        ("page=0", 400),
        ("page=een", 400),
        ("page=" + "9" * 400, 400),
        ("page=99", 404),
    ],
)
def test_what_is_no_page_is_refused(api, query, status):
    answer = api.get(f"{BASE}/plans?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(("given", "version"), [('"3"', 4), ('W/"3"', 4), (' "12" ', 13)])
def test_a_change_names_the_version_it_changes(api, given, version):
    answer = api.patch(f"{BASE}/plans/1", {}, content_type="application/json", headers={"If-Match": given})
    assert (answer.status_code, answer.json()["version"], answer["ETag"]) == (200, version, f'"{version}"')


@pytest.mark.parametrize("given", ["3", '"drie"', '""', "*", '"-1"', '"1", "2"', '"' + "9" * 40 + '"', '"３"'])
def test_a_version_that_cannot_be_read_is_400(api, given):
    answer = api.patch(f"{BASE}/plans/1", {}, content_type="application/json", headers={"If-Match": given})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "If-Match")


def test_refusals_come_in_the_order_of_the_doors(api, client):
    wrong = {"totalCents": "veel"}
    match = {"If-Match": '"1"'}
    asked = [
        (client, 404, wrong, {}, 401),
        (api, 404, wrong, {}, 404),
        (api, 1, wrong, {}, 428),
        (api, 1, wrong, match, 400),
        (api, 1, {"totalCents": 3}, match, 200),
    ]
    for who, number, body, headers, status in asked:
        answer = who.patch(f"{BASE}/plans/{number}", body, content_type="application/json", headers=headers)
        assert answer.status_code == status


def test_every_answer_says_the_version_of_the_api(api, client):
    for answer in (api.get(f"{BASE}/plans"), client.get(f"{BASE}/plans"), client.get("/matching/api")):
        assert answer["API-Version"] == "1.0.0"


def test_the_openapi_document_is_public_and_written_as_it_goes_outside(client):
    answer = client.get(f"{BASE}/openapi.json", headers={"Origin": "https://elders.example"})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    document = answer.json()
    assert document["openapi"].startswith("3.0")
    assert set(document["paths"]) == {
        f"{BASE}/plans",
        f"{BASE}/plans/{{number}}",
        f"{BASE}/refusals/{{how}}",
        f"{BASE}/uploads",
        f"{BASE}/empty",
    }
    assert document["info"]["version"] == "1.0.0"
    plan = document["components"]["schemas"]["PlanShapeRequest"]
    assert "id" not in plan["properties"]
    assert set(plan["properties"]) >= {"title", "totalCents", "startsOn", "phasing"}
    assert set(plan["required"]) >= {"title", "totalCents"}
    post, patch = document["paths"][f"{BASE}/plans"]["post"], document["paths"][f"{BASE}/plans/{{number}}"]["patch"]
    assert set(post["responses"]) >= {"201", "400", "401", "403", "404", "409"}
    assert set(patch["responses"]) >= {"200", "400", "401", "403", "404", "412", "428"}
    assert "Idempotency-Key" in [one["name"] for one in post["parameters"]]
    assert "If-Match" in [one["name"] for one in patch["parameters"]]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_a_request_has_a_name_that_its_messages_carry(api):
    given = "3f2c9a1e-verzoek-1"
    answer = api.post(f"{BASE}/plans", PLAN, content_type="application/json", headers={"X-Request-Id": given})
    assert answer["X-Request-Id"] == given
    assert f'"{given}"' in OutboxEntry.objects.get().message
    assert current_cause().correlationid == ""


@pytest.mark.parametrize(
    "given", ["", "kort", "a" * 65, "met spatie erin", "<script>alert(1)</script>", "１２３４５６７８９"]
)
def test_a_name_that_is_not_decent_is_replaced(api, given):
    answer = api.get(f"{BASE}/plans", headers={"X-Request-Id": given})
    assert answer["X-Request-Id"] not in ("", given)


def test_a_request_is_counted_by_the_name_of_its_address_and_not_by_the_address(api):
    def counted(route: str, status: str) -> float:
        labels = {"service": "matching", "route": route, "method": "GET", "status": status}
        return REGISTRY.get_sample_value("vierspan_request_seconds_count", labels) or 0

    document, nowhere = counted("matching-openapi", "2xx"), counted("none", "4xx")
    api.get(f"{BASE}/openapi.json")
    api.get("/matching/nergens/persoonlijk")
    assert counted("matching-openapi", "2xx") == document + 1
    assert counted("none", "4xx") == nowhere + 1
    assert b"persoonlijk" not in generate_latest()


def test_outside_a_request_there_is_no_name():
    with unit_of_work("matching"):
        assert current_cause().correlationid == ""


def test_a_living_process_says_so(client):
    assert client.get("/-/health/live").json() == {"status": "live"}


def test_ready_when_every_check_passes(client, settings):
    settings.VIERSPAN_READY_CHECKS = [f"{ADDRESSES}.well"]
    answer = client.get("/-/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "waiting": []})


def test_not_ready_names_what_is_waited_for_and_survives_a_broken_check(client, settings):
    settings.VIERSPAN_READY_CHECKS = [f"{ADDRESSES}.{name}" for name in ("well", "behind", "breaks")]
    answer = client.get("/-/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "waiting", "waiting": ["berichten onderweg: intake", f"{ADDRESSES}.breaks"]}
