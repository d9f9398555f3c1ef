"""The same request twice is one act; another body under the same key is refused; what was refused is not kept."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from tests.coordination.web_api.conftest import client_of

from coordination.contracts.clock import recorded_now
from matching.models.messaging import AcceptedRequest, OutboxEntry

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.urls("tests.coordination.web_api.addresses"),
]
PLANS = "/matching/api/v1/plans"
PLAN = {"title": "Zomerschool", "totalCents": 100}


def post(client, body=PLAN, key="sleutel-1", path=PLANS):
    return client.post(path, body, content_type="application/json", headers={"Idempotency-Key": key})


def test_twice_is_one_act_with_one_answer(api):
    first, second = post(api), post(api)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"] == '"1"'
    assert (first.get("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (None, "true")
    assert OutboxEntry.objects.count() == 1


def test_the_layout_of_the_body_makes_no_difference(api):
    post(api, '{"title": "Zomerschool", "totalCents": 100}')
    assert post(api, '{"totalCents":100,\n"title":"Zomerschool"}').status_code == 201
    assert OutboxEntry.objects.count() == 1


def test_another_body_under_the_same_key_is_refused(api):
    post(api)
    answer = post(api, PLAN | {"totalCents": 101})
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert OutboxEntry.objects.count() == 1


def test_what_is_wrong_is_said_before_the_key_that_is_taken(api):
    post(api)
    answer = post(api, {"title": ""})
    assert answer.status_code == 400
    assert {one["field"] for one in answer.json()["errors"]} == {"title", "totalCents"}
    assert (AcceptedRequest.objects.count(), OutboxEntry.objects.count()) == (1, 1)


def test_the_same_key_at_another_door_is_refused(api):
    post(api)
    assert post(api, path=f"{PLANS}?confirm=true").status_code == 409


def test_without_a_key_each_request_is_an_act(api):
    for _ in range(2):
        assert api.post(PLANS, PLAN, content_type="application/json").status_code == 201
    assert OutboxEntry.objects.count() == 2


def test_the_same_key_of_another_account_is_another_request(api, other_api):
    assert post(api).status_code == post(other_api).status_code == 201
    assert OutboxEntry.objects.count() == 2


@pytest.mark.parametrize(("body", "status"), [({"title": "bestaat al", "totalCents": 1}, 409), ({"title": ""}, 400)])
def test_a_refused_request_is_not_kept_and_may_be_corrected(api, body, status):
    assert post(api, body).status_code == status
    assert not AcceptedRequest.objects.exists()
    assert post(api).status_code == 201


def test_an_answer_without_a_body_comes_back_without_a_body(api):
    answers = [post(api, {}, path="/matching/api/v1/empty") for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b""), (204, b"")]
    assert OutboxEntry.objects.count() == 1


def test_after_seven_days_the_key_may_be_used_anew(api):
    post(api)
    AcceptedRequest.objects.update(accepted_at=recorded_now() - timedelta(days=6, hours=23))
    post(api)
    assert OutboxEntry.objects.count() == 1
    AcceptedRequest.objects.update(accepted_at=recorded_now() - timedelta(days=7, minutes=1))
    post(api)
    assert OutboxEntry.objects.count() == 2


def test_a_key_beyond_measure_is_refused(api):
    answer = post(api, key="a" * 256)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")


def upload(client, content: bytes, name: str = "blad.csv"):
    return client.post(
        "/matching/api/v1/uploads",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Idempotency-Key": "blad"},
    )


def test_the_same_file_twice_is_one_act_and_another_file_is_refused(api):
    answers = [upload(api, b"a;b;c"), upload(api, b"a;b;c"), upload(api, b"a;b;d")]
    assert [one.status_code for one in answers] == [201, 201, 409]
    assert answers[1].json() == {"size": 5}
    assert OutboxEntry.objects.count() == 1


def test_a_double_click_is_one_act(account):
    ready, answers = Barrier(6), []
    clients = [client_of(account) for _ in range(6)]

    def click(client) -> None:
        ready.wait()
        try:
            answers.append(post(client))
        finally:
            connections.close_all()

    threads = [Thread(target=click, args=(one,)) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201] * 6
    assert len({one.content for one in answers}) == 1
    assert OutboxEntry.objects.count() == 1
