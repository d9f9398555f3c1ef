"""A bell that listens to several names."""

from coordination.events.wakeup import listen, ring, unlisten


def test_a_bell_rings_for_each_of_its_names_and_for_no_other():
    bell = listen("log:a", "log:b")
    for name, rings in (("log:a", True), ("log:b", True), ("log:c", False)):
        ring(name)
        assert bell.is_set() is rings
        bell.clear()
    unlisten(bell, "log:a", "log:b")
    ring("log:a")
    ring("log:b")
    assert not bell.is_set()
