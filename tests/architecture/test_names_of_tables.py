"""Names in the databases: PostgreSQL keeps tables, indexes and unique constraints under one roof."""

from collections import Counter

from django.apps import apps


def test_no_index_or_constraint_is_named_like_a_table_or_like_another():
    models = list(apps.get_models(include_auto_created=True))
    tables = {model._meta.db_table for model in models}
    names = [
        one.name for model in models if model._meta.managed for one in (*model._meta.constraints, *model._meta.indexes)
    ]
    assert tables & set(names) == set()
    assert [name for name, times in Counter(names).items() if times > 1] == []
