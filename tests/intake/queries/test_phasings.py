import pytest

from coordination.contracts.refusals import NotFound
from coordination.testing import actors
from intake.queries.phasings import preset

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("name", ["even", "national"])
def test_a_preset_adds_up_and_writes_nothing(register, name) -> None:
    activity = register(total_cents=100_01)
    found = preset(actor=actors.officer(), activity_id=activity.id, name=name)
    assert sum(found.values()) == 100_01 and list(found) == ["2021-2022", "2022-2023", "2023-2024", "2024-2025"]
    assert activity.lines.count() == 1


def test_another_name_is_refused_and_another_municipality_not_found(register, refused) -> None:
    activity = register()
    assert refused(preset, actor=actors.officer(), activity_id=activity.id, name="zomaar") == ["preset-unknown"]
    with pytest.raises(NotFound):
        preset(actor=actors.officer("9902"), activity_id=activity.id, name="even")
