"""Connections of a pool leave nothing behind on the server, however often they are taken and given back."""

import pytest
from django.conf import settings
from django.db import connections

from coordination.service.postgresql.base import DatabaseWrapper
from coordination.service.service_form import postgresql

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif("postgresql" not in settings.DATABASES["intake"]["ENGINE"], reason="runs on PostgreSQL only"),
]


@pytest.fixture
def pooled():
    """The database of intake as the service form has it: one connection, looked at each time it is taken."""
    here = connections["intake"].settings_dict
    there = postgresql(
        name=here["NAME"], user=here["USER"], password=here["PASSWORD"], host=here["HOST"], port=here["PORT"], pool=1
    )
    connection = DatabaseWrapper({**here, **there}, "pooled")
    yield connection
    connection.close()
    connection.close_pool()


def test_looking_whether_the_server_is_there_keeps_nothing_there(pooled):
    for _ in range(20):
        with pooled.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM intake_municipality")
        pooled.close()
    with pooled.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement.strip() for (statement,) in cursor.fetchall()]
    assert sum("intake_municipality" in statement for statement in kept) == 1, "it is the same connection"
    assert "" not in kept
