"""How a row that waits is shown: what is wrong, the cell as it was, and a field or button to mend it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from intake.domain.sheet_findings import YEAR_FIELD, Finding, label_of
from intake.domain.sheet_judgement import CHANGE_REASON
from intake.domain.sheet_texts import key_of
from intake.queries import catalogues
from intake.queries.uploads import RowShown, UploadShown

Choices = Mapping[str, Sequence[tuple[str, str]]]

_SHOWN_CELLS = 3
_AMOUNTS = frozenset({"sum-mismatch", "amount-missing", "total-derived"})
_OPENED = _AMOUNTS | {"column-count", "currency-not-euro"}
_WITHOUT_CELL = frozenset({"row", "file"})
# Where somebody may have typed the separator as part of a text.
_TEXTS = frozenset(
    {"title", "measureType", "interventions", "targetGroups", "partners", "goal", "indicatorName", "note"}
)
LISTS = {"measureType": "measure_type", "status": "status"}
BUTTONS = {
    "duplicate-exact": ("leave-out",),
    "duplicate-near": ("same-activity", "second-activity"),
    "duplicate-registered": ("same-activity", "second-activity"),
    "number-exists": ("update", "leave-out"),
    "number-twice": ("leave-out",),
    "end-before-start": ("swap-dates",),
    "other-municipality": ("leave-out",),
}


@dataclass(frozen=True, kw_only=True)
class Control:
    """A field to mend one cell; options when it is chosen from a list. asks_more belongs to no cell of the row."""

    name: str
    id: str
    label: str
    value: str
    was: str
    options: Sequence[tuple[str, str]] = ()
    is_amount: bool = False
    is_wrong: bool = False
    described: str = ""
    asks_more: bool = False


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that is wrong: the fields it is about, and the sentence."""

    id: str
    about: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One waiting row. raw are its cells as they were, each as the text before, the wrong part and the text after."""

    shown: RowShown
    said: Sequence[Said]
    raw: Sequence[tuple[str, str, str]]
    more: int
    about: str
    controls: Sequence[Control]
    buttons: Sequence[tuple[str, str]]
    opens: bool
    is_open: bool = False
    sums: bool = False
    total: Control | None = None
    years: Sequence[Control] = ()
    joins: Sequence[tuple[int, str]] = ()
    schools: Sequence[tuple[str, bool]] = field(default_factory=tuple)

    @property
    def row(self) -> int:
        """Its number in a spreadsheet."""
        return self.shown.row

    @property
    def offers_leaving_out(self) -> bool:
        """Whether one of its buttons leaves the row out."""
        return any(code == "leave-out" for code, _word in self.buttons)


def button_words() -> dict[str, str]:
    """What the buttons of a row say."""
    return {
        "leave-out": _("Rij weglaten"),
        "same-activity": _("Zelfde activiteit"),
        "second-activity": _("Echt een tweede"),
        "update": _("Overnemen als wijziging"),
        "swap-dates": _("Datums omwisselen"),
    }


def lists() -> dict[str, list[tuple[str, str]]]:
    """The lists a cell can be chosen from, as the sheet would say it: the Dutch label is the value."""
    found = {
        name: [(one.label_nl, catalogues.label(one)) for one in catalogues.entries(catalogue)]
        for name, catalogue in LISTS.items()
    }
    return {**found, CHANGE_REASON: catalogues.reasons("rephasing")}


def control_name(row: int, name: str) -> str:
    """The name of the field of a cell in the form of all rows."""
    return f"rij-{row}-{name}"


def waiting_row(
    one: RowShown,
    upload: UploadShown,
    choices: Choices,
    typed: Mapping[str, str],
    *,
    is_open: bool,
    whole: bool = False,
) -> Waiting:
    """A waiting row as the page shows it; typed is what somebody typed and is not kept yet.

    An open row of which only the amounts are wrong shows those, unless the whole row is asked for.
    """
    problems = one.judged.problems
    codes = {finding.code for finding in problems}
    said = [
        Said(id=f"fout-{one.row}-{place}", about=_about(finding), message=finding.message)
        for place, finding in enumerate(problems)
    ]
    make = _Controls(one, choices, typed, problems, said)
    opens = bool(codes & _OPENED) or len(make.wrong) > _SHOWN_CELLS
    sums = is_open and not whole and bool(codes & _AMOUNTS) and not codes - _AMOUNTS
    proposed = {known["code"] for row in upload.rows for known in row.kept.proposals}
    raw, more = _raw(one, problems, upload)
    known = [code for finding in problems for code in BUTTONS.get(finding.code, ())]
    words = button_words()
    return Waiting(
        shown=one,
        said=said,
        raw=raw,
        more=more,
        about=_alike(one, problems, upload),
        controls=_controls(one, upload, make, codes, opens=opens, is_open=is_open and not sums),
        buttons=[(code, words[code]) for code in dict.fromkeys(known)],
        opens=opens,
        is_open=is_open,
        sums=sums,
        total=make("totalCents") if sums else None,
        years=[replace(make(YEAR_FIELD + year), label=year) for year in upload.columns.years] if sums else (),
        joins=_joins(one, upload) if is_open and "column-count" in codes else (),
        schools=[(code, code in proposed) for code in one.unknown_schools],
    )


class _Controls:
    """Makes the fields of one row."""

    def __init__(
        self,
        one: RowShown,
        choices: Choices,
        typed: Mapping[str, str],
        problems: Sequence[Finding],
        said: Sequence[Said],
    ) -> None:
        self.row, self.cells, self.choices, self.typed = one.row, one.judged.cells, choices, typed
        self.wrong: dict[str, list[str]] = {}
        self.formulas = {name for finding in problems if finding.code == "formula-in-cell" for name in finding.fields}
        for finding, told in zip(problems, said, strict=True):
            for name in finding.fields:
                self.wrong.setdefault(name, []).append(told.id)

    def __call__(self, name: str) -> Control:
        key = control_name(self.row, name)
        cell = "" if name in self.formulas else self.cells.get(name, "").strip()
        value = self.typed.get(key, cell)
        return Control(
            name=key,
            id=key.replace(".", "-"),
            label=_("Reden van de wijziging") if name == CHANGE_REASON else label_of(name),
            value=value,
            was=cell,
            options=self._options(name, value),
            is_amount=name.startswith(YEAR_FIELD) or name in ("totalCents", "spentUntilCents"),
            is_wrong=name in self.wrong,
            described=" ".join(self.wrong.get(name, ())),
            asks_more=name == CHANGE_REASON,
        )

    def _options(self, name: str, value: str) -> Sequence[tuple[str, str]]:
        offered = self.choices.get(name)
        if not offered:
            return ()
        same = next((label for label, _shown in offered if key_of(label) == key_of(value)), None)
        if not value or same is not None:
            return [("", _("Kies uit de lijst")), *offered]
        return [(value, value), *offered]


def _controls(
    one: RowShown, upload: UploadShown, make: _Controls, codes: set[str], *, opens: bool, is_open: bool
) -> list[Control]:
    known = [name for name in upload.columns.fields if name]
    if is_open:
        if "column-count" in codes and len(one.kept.cells) > len(upload.columns.fields):
            return []
        return [make(name) for name in known]
    if opens or codes <= BUTTONS.keys() - {"number-exists", "number-twice"}:
        return []
    if "number-exists" in codes:
        return [make(CHANGE_REASON)]
    if "reason-missing" in codes:
        return [make(CHANGE_REASON)]
    return [make(name) for name in make.wrong if name in known]


def _about(finding: Finding) -> str:
    names = [name for name in finding.fields if name not in _WITHOUT_CELL]
    if not names:
        return _("Hele rij")
    years = [name for name in names if name.startswith(YEAR_FIELD)]
    if len(names) > _SHOWN_CELLS and years and "totalCents" in names:
        return _("Totaal en schooljaren")
    if names == ["reason"]:
        return _("Reden")
    return ", ".join(label_of(name) for name in names)


def _raw(one: RowShown, problems: Sequence[Finding], upload: UploadShown) -> tuple[list[tuple[str, str, str]], int]:
    """The cells as they stood in the file, the first few, and how many more there are."""
    if any(finding.code == "column-count" for finding in problems):
        return _seam(one, upload), 0
    names = list(dict.fromkeys(name for finding in problems for name in finding.fields if name not in _WITHOUT_CELL))
    texts = _as_sent(one, upload)
    if "sum-mismatch" in {finding.code for finding in problems}:
        names = [name for name in names if texts.get(name, "").strip()]
    shown = [_marked(texts.get(name, ""), one.unknown_schools if name == "schools" else ()) for name in names]
    most = _SHOWN_CELLS if len(shown) <= _SHOWN_CELLS else 1
    return shown[:most], len(shown) - min(most, len(shown))


def _as_sent(one: RowShown, upload: UploadShown) -> dict[str, str]:
    fields, cells = upload.columns.fields, one.kept.cells
    if len(fields) != len(cells):
        return dict(one.judged.cells)
    return {name: cell for name, cell in zip(fields, cells, strict=True) if name}


def _marked(text: str, wrong: Sequence[str]) -> tuple[str, str, str]:
    for code in wrong:
        before, found, after = text.partition(code)
        if found:
            return before, found, after
    return text, "", ""


def _seam(one: RowShown, upload: UploadShown) -> list[tuple[str, str, str]]:
    """Where a row has a cell too many: the title and what stands after it, with the separator between them."""
    place = upload.columns.index_of("title")
    cells = one.kept.cells
    if place is None or len(cells) <= place + 1:
        return []
    before = cells[place] if len(cells[place]) < 30 else "…" + cells[place][-25:]
    return [(before, upload.upload.separator or ";", cells[place + 1][:30])]


def _alike(one: RowShown, problems: Sequence[Finding], upload: UploadShown) -> str:
    """Which row or activity a double is like; empty when the row is no double."""
    for finding in problems:
        if finding.code in ("duplicate-exact", "duplicate-near", "number-twice"):
            named = re.search(r"\brij (\d+)", finding.message)
            other = next((row for row in upload.rows if named and row.row == int(named[1])), None)
            if other is not None:
                words = {"row": other.row, "number": other.number}
                if finding.code == "duplicate-exact":
                    return _("gelijk aan rij %(row)s") % words
                return _("lijkt op rij %(row)s, %(number)s") % words
        if finding.code in ("number-exists", "duplicate-registered") and one.activity is not None:
            return _("staat er al als %(number)s") % {"number": one.activity.number}
    return ""


def _joins(one: RowShown, upload: UploadShown) -> list[tuple[int, str]]:
    """Ways to put a cell too many together: the place, and the text that comes of it."""
    surplus = len(one.kept.cells) - len(upload.columns.fields)
    if surplus <= 0:
        return []
    separator = upload.upload.separator or ";"
    found = []
    for place, name in enumerate(upload.columns.fields):
        parts = one.kept.cells[place : place + surplus + 1]
        if name in _TEXTS and all(part.strip() for part in parts):
            found.append((place, f"{label_of(name)}: {separator.join(parts)[:120]}"))
    return found
