"""A school ticks what it needs; both versions are shown when somebody was first."""

import re

import pytest

from coordination.testing.page_rules import assert_good_page
from matching.commands.needs import state_needs
from matching.models import OutboxEntry, SchoolNeed

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def path(world):
    return f"/matching/needs/{world.schools['90AA']}"


def test_ticking_puts_what_fits_on_top(world, school, path):
    world.activity(number="MRS-001", title="Eerste")
    world.activity(number="MRS-002", title="Voor ouders", target_groups=("parents",))
    coordinator = school()
    page = coordinator.get(path)
    assert_good_page(page)
    assert "Uw behoefte is nu onbekend." in page.content.decode()
    assert "Alle leerlingen" not in page.content.decode()
    saved = coordinator.post(path, {"target_groups": ["parents"], "version": "0"}, follow=True)
    html = saved.content.decode()
    assert html.index("Voor ouders") < html.index("Eerste")
    assert "U noemde dat als behoefte op 14 januari 2025." in html


def test_a_double_click_is_one_act(school, path):
    coordinator = school()
    for _click in range(2):
        answer = coordinator.post(path, {"target_groups": ["parents"], "version": "0"})
        assert answer.status_code == 302
    assert OutboxEntry.objects.filter(topic="matching.schools", type__contains="needs").count() == 1


def test_somebody_was_first_and_nothing_is_lost(world, school, path):
    coordinator = school()
    state_needs(actor=world.coordinator(), school=world.schools["90AA"], target_groups=["mental_problems"])
    answer = coordinator.post(path, {"target_groups": ["parents"], "version": "0"})
    assert answer.status_code == 400
    assert_good_page(answer)
    html = answer.content.decode()
    assert "Er staat nu: Leerlingen met mentale problemen." in html
    ticked = [tag for tag in re.findall(r"<input[^>]*>", html) if "checked" in tag]
    assert len(ticked) == 1 and 'value="parents"' in ticked[0]
    assert 'name="version" value="1"' in html
    coordinator.post(path, {"target_groups": ["parents"], "version": "1"})
    assert SchoolNeed.objects.get().target_groups == ["parents"]


@pytest.mark.parametrize("groups", [["<script>"], ["all_pupils"], ["\x00"]])
def test_what_is_not_in_the_list_is_refused(school, path, groups):
    answer = school().post(path, {"target_groups": groups, "version": "0"})
    assert answer.status_code == 400
    assert "Kies doelgroepen uit de lijst." in answer.content.decode()
    assert not SchoolNeed.objects.exists()


def test_the_municipality_reads_and_does_not_tick(officer, path):
    assert "De school heeft nog niets genoemd." in officer.read(path)
    assert officer.post(path, {"target_groups": [], "version": "0"}).status_code == 403
