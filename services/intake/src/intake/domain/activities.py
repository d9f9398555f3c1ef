"""What an activity must be: the rules on its description, said all at once."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coordination.contracts.intake import ActivityDetails, Indicator
from coordination.contracts.refusals import Problem
from intake.domain.amounts import amount_problems
from intake.domain.dates import in_words
from intake.domain.texts import text_problems

TITLE_LENGTH = 120
TEXT_LENGTH = 4000
NUMBER_LENGTH = 40
MOST_IN_A_LIST = 200
WORDS = ("measure_type", "menu_intervention", "sector", "target_group", "school_type", "continuation", "evidence")
LISTS = {
    "interventions": ("menu_intervention", "De interventie"),
    "sectors": ("sector", "De sector"),
    "target_groups": ("target_group", "De doelgroep"),
    "school_types": ("school_type", "Het schooltype"),
}


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days, first and last included, in which a programme's money may be spent."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{in_words(self.starts_on)} tot en met {in_words(self.ends_on)}"


def outside(field: str, day: date, window: Window) -> Problem:
    """The problem of a day outside the window."""
    message = f"{in_words(day)} valt buiten de looptijd van het programma ({window})."
    return Problem(field=field, code="year-outside-programme", message=message)


def description_problems(
    details: ActivityDetails, *, window: Window, words: Mapping[str, Collection[str]], note: str = ""
) -> list[Problem]:
    """Everything wrong with a description; words are the known slugs by catalogue. An empty number is given later."""
    problems = [
        *text_problems("title", "De titel", details.title, most=TITLE_LENGTH, required=True),
        *text_problems("number", "Het nummer", details.number, most=NUMBER_LENGTH),
        *text_problems("goal", "Het doel", details.goal, most=TEXT_LENGTH),
        *text_problems("note", "De toelichting", note, most=TEXT_LENGTH),
    ]
    if not details.measure_type:
        problems.append(Problem(field="measureType", code="measure-type-missing", message="Kies een soort maatregel."))
    elif details.measure_type not in words["measure_type"]:
        message = "Deze soort maatregel kennen we niet. Kies er een uit de lijst."
        problems.append(Problem(field="measureType", code="measure-type-unknown", message=message))
    problems += _period_problems(details.starts_on, details.ends_on, window)
    problems += amount_problems("totalCents", details.total_cents, least=0)
    for name, (catalogue, label) in LISTS.items():
        problems += _list_problems(_camel(name), label, getattr(details, name), words[catalogue])
    if details.continuation is not None and details.continuation not in words["continuation"]:
        message = "Kies voor de voortzetting ja, onzeker of nee."
        problems.append(Problem(field="continuation", code="continuation-unknown", message=message))
    return problems


def _period_problems(starts_on: object, ends_on: object, window: Window) -> list[Problem]:
    problems = []
    for field, label, day in (("startsOn", "De startdatum", starts_on), ("endsOn", "De einddatum", ends_on)):
        if not isinstance(day, date):
            message = f"{label} is verplicht. Vul een datum in."
            problems.append(Problem(field=field, code="required", message=message))
        elif not window.holds(day):
            problems.append(outside(field, day, window))
    if isinstance(starts_on, date) and isinstance(ends_on, date) and ends_on < starts_on:
        message = "De einddatum ligt voor de startdatum. Zijn de datums verwisseld?"
        problems.append(Problem(field="endsOn", code="end-before-start", message=message))
    return problems


def _list_problems(field: str, label: str, slugs: Sequence[object], known: Collection[str]) -> list[Problem]:
    if len(slugs) > MOST_IN_A_LIST:
        return [Problem(field=field, code="too-many", message=f"Kies er hoogstens {MOST_IN_A_LIST}.")]
    unknown = [str(slug)[:60] for slug in slugs if slug not in known]
    if not unknown:
        return []
    message = f"{label} {', '.join(unknown)} kennen we niet. Kies uit de lijst."
    return [Problem(field=field, code="value-unknown", message=message)]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def indicator_problems(indicator: Indicator | None, evidences: Collection[str]) -> list[Problem]:
    """What is wrong with an indicator: it has a name, and decimals as text or nothing."""
    if indicator is None:
        return []
    problems = text_problems("indicator.name", "De indicator", indicator.name, most=200, required=True)
    for field, label, value in (
        ("indicator.target", "De streefwaarde", indicator.target),
        ("indicator.value", "De stand", indicator.value),
    ):
        if value is not None and not _is_decimal(value):
            message = f"{label} moet een getal zijn, bijvoorbeeld 64 of 7,4."
            problems.append(Problem(field=field, code="number-invalid", message=message))
    if indicator.evidence is not None and indicator.evidence not in evidences:
        message = "Kies een soort bewijs: telling, toets, vragenlijst of verhaal."
        problems.append(Problem(field="indicator.evidence", code="evidence-unknown", message=message))
    return problems


_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,4})?")


def _is_decimal(text: object) -> bool:
    return isinstance(text, str) and bool(_DECIMAL.fullmatch(text))


def next_number(prefix: str, numbers: Collection[str]) -> str:
    """The number after the highest one with this prefix: MRS-014 after MRS-013, MRS-001 when there is none."""
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,9}})", re.IGNORECASE)
    taken = [int(found[1]) for number in numbers if (found := pattern.fullmatch(number))]
    return f"{prefix}-{max(taken, default=0) + 1:03d}"
