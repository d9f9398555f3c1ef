"""How a command or query refuses: pages show it in plain Dutch, the API answers it as problem details."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: the field (API name), a stable code, and a Dutch sentence with the next step."""

    field: str
    code: str
    message: str


class Refusal(Exception):
    """Something could not be done for a reason the one who asks can understand; message is Dutch."""

    status = 400
    title = "Het verzoek kan zo niet"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Refusal):
    """What was given does not fit (400); all problems at once."""

    title = "De gegevens kloppen niet"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class NotFound(Refusal):
    """There is no such thing, or it is not the asker's to see (404): the two look the same."""

    status = 404
    title = "Niet gevonden"

    def __init__(self, message: str = "Dit bestaat niet, of u mag het niet zien.") -> None:
        super().__init__(message)


class Forbidden(Refusal):
    """The asker may see it but not do this with it (403)."""

    status = 403
    title = "Dit mag u niet doen"


class VersionMissing(Refusal):
    """A change that sets something did not say which version it changes (428)."""

    status = 428
    title = "De versie ontbreekt"

    def __init__(self) -> None:
        super().__init__("Geef met If-Match aan welke versie u wijzigt.")


class Outdated(Refusal):
    """Somebody else changed it in between (412); both versions are shown, nothing is lost."""

    status = 412
    title = "Iemand anders was u voor"

    def __init__(self, *, yours: Any, current: Any, version: int) -> None:
        super().__init__("Iemand anders heeft dit intussen gewijzigd. Uw wijziging is niet opgeslagen.")
        self.yours = yours
        self.current = current
        self.version = version


class Conflict(Refusal):
    """It cannot be done as things stand now (409)."""

    status = 409
    title = "Dit kan nu niet"


def problem(field: str, code: str, message: str) -> Invalid:
    """An Invalid with one problem, to raise."""
    return Invalid([Problem(field=field, code=code, message=message)])
