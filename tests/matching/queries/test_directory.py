"""The colours of a page: those of the municipality of whoever looks."""

import pytest

from coordination.contracts.identifiers import new_id
from matching.models import Municipality, Partner, School
from matching.queries.directory import theme_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_palette_is_that_of_the_only_municipality_somebody_belongs_to():
    for code, theme in (("9901", "merenstad"), ("9902", "dijkermond")):
        Municipality.objects.create(id=new_id(), code=code, name=theme, kind="municipality", zone="Z", theme=theme)
    school = School.objects.create(brin="90AA", location_code="90AA00", name="De Kade", municipality="9902")
    local = Partner.objects.create(name="Een", search_name="een", municipalities=["9901"])
    wide = Partner.objects.create(name="Twee", search_name="twee", municipalities=["9901", "9902"])
    assert theme_of("municipality", "9901") == "merenstad"
    assert theme_of("school", str(school.id)) == "dijkermond"
    assert theme_of("partner", str(local.id)) == "merenstad"
    assert theme_of("partner", str(wide.id)) == theme_of("house", "house") == theme_of("municipality", "9999") == ""
