"""The file that containers are started from is read as it stands, so that the same processes start without them."""

import pytest
from infra.local import compose


@pytest.mark.parametrize(
    ("text", "given", "filled"),
    [
        ("${NAME}", {"NAME": "here"}, "here"),
        ("${NAME}", {}, ""),
        ("${NAME:-other}", {"NAME": ""}, "other"),
        ("${NAME-other}", {"NAME": ""}, ""),
        ("${NAME-other}", {}, "other"),
        ("${NAME:-${LAST:-https://localhost:8443}/realms}", {}, "https://localhost:8443/realms"),
        ("${NAME:-${LAST}/realms}", {"LAST": "http://a"}, "http://a/realms"),
        ("$$(cat file) costs $5", {}, "$(cat file) costs $5"),
    ],
)
def test_holes_are_filled_as_compose_fills_them(text, given, filled):
    assert compose.filled_in(text, given) == filled


def test_every_process_of_every_service_is_found_with_its_surroundings():
    found = compose.read({"EXAMPLE": "register"}).programs
    for service in ("intake", "matching", "reporting"):
        for process, command in (("web", "serve"), ("relay", "relay"), ("consume", "consume")):
            program = found[f"{service}-{process}"]
            assert program.ours and not program.once
            assert program.command == (service, command)
            assert program.environment["DJANGO_SETTINGS_MODULE"] == f"{service}.settings_service"
        assert found[f"migrate-{service}"].once
    assert found["example"].command == ("vierspan", "example", "register")
    assert not found["proxy"].ours and not found["kafka"].ours


def test_a_program_of_which_there_are_several_has_a_name_for_each_process():
    assert compose.read({"INTAKE_WEBS": "3"}).programs["intake-web"].names == (
        "intake-web",
        "intake-web-2",
        "intake-web-3",
    )
    assert compose.read({}).programs["intake-web"].names == ("intake-web", "intake-web-2")
    assert compose.read({}).programs["reporting-web"].names == ("reporting-web",)
