"""Journeys go through a real house and a real browser, in every form: one process, or all that an operator starts."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coordination.testing.browser import sign_in as sign_in_on
from coordination.testing.running_house import House, start_house

SERVICE_FORM = pytest.mark.needs("postgresql", "redis", "local-kafka", "provider", "nginx", "envsubst")
FORMS = ["embedded", pytest.param("service", marks=SERVICE_FORM)]


@contextmanager
def _in_one_process(example: str, folder: Path) -> Iterator[House]:
    house = start_house(folder, example)
    yield house
    assert house.stop() == 0


@contextmanager
def _in_many_processes(example: str, borrowed=None) -> Iterator[House]:
    from infra.local import LocalHouse

    # Not below the folder of the tests, which only its owner may enter: PostgreSQL runs as somebody else.
    place = Path(tempfile.mkdtemp(prefix="vierspan-local-"))
    told: list[str] = []
    house = LocalHouse(place, example=example, hasty=True, borrowed=borrowed, tell=told.append)
    house.start()
    yield house
    assert house.stop() == 0, told
    shutil.rmtree(place)


@pytest.fixture(scope="session", params=FORMS)
def full_house(request, tmp_path_factory) -> Iterator[House]:
    """The whole example world, shared by the journeys of a run; in the service form with everything it stands on."""
    form = _in_one_process("full", tmp_path_factory.mktemp("full"))
    with form if request.param == "embedded" else _in_many_processes("full") as house:
        yield house


@pytest.fixture(scope="session", params=FORMS)
def register_house(request, tmp_path_factory) -> Iterator[House]:
    """The example world without activities; in the service form on the brokers and the provider of this run."""
    if request.param == "embedded":
        with _in_one_process("register", tmp_path_factory.mktemp("register")) as house:
            yield house
        return
    from infra.local import Borrowed

    borrowed = Borrowed(
        brokers=request.getfixturevalue("kafka_address"),
        provider=request.getfixturevalue("provider"),
        prefix=f"register-{uuid.uuid4().hex[:12]}.",
    )
    with _in_many_processes("register", borrowed) as house:
        yield house


@pytest.fixture
def sign_in(browser):
    """Open a browser window of one's own, signed in as an account of a house."""
    contexts = []

    def enter(house: House, account: str, **options):
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        sign_in_on(page, house, account)
        return page

    yield enter
    for context in contexts:
        context.close()
