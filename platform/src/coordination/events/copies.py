"""The copies a service keeps of what it hears: gathered over a portion of messages, written with few statements.

A handler marked with copying writes by copies_of and by nothing else. What it keeps, changes, adds or drops is written
when the portion ends, or before a handler that does not gather; the rows are those that one message at a time would
have given. Only columns that were given are written over, so that whoever keeps others of the same row loses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from coordination.events.rows import row_of
from coordination.events.unit_of_work import unit_of_work

Row = TypeVar("Row", bound=Model)
Key = tuple[Any, ...]
Function = TypeVar("Function", bound=Callable[..., None])


@dataclass
class _Kept:
    """What is to become of one row: columns to write, others for when it is new, or the row that is changed."""

    columns: dict[str, Any] = field(default_factory=dict)
    when_new: dict[str, Any] = field(default_factory=dict)
    known: Model | None = None


@dataclass
class _Table:
    """What was gathered for one model and one way of recognising its rows."""

    by: tuple[str, ...]
    kept: dict[Key, _Kept] = field(default_factory=dict)
    dropped: set[Key] = field(default_factory=set)


def copying(handler: Function) -> Function:
    """Mark a handler that gathers: several messages may be taken before anything is written."""
    handler.copies = True  # type: ignore[attr-defined]
    return handler


def gathers(handler: Callable[..., object]) -> bool:
    """Whether a handler was marked with copying."""
    return getattr(handler, "copies", False)


class Copies:
    """What was gathered and not yet written, for one unit of work of one service."""

    def __init__(self, service: str, expected: Sequence[str] = ()) -> None:
        self.service = service
        self._expected = expected
        self.forget()

    def keep(
        self, model: type[Model], key: dict[str, Any], columns: dict[str, Any], when_new: dict[str, Any] | None = None
    ) -> None:
        """The row with this key has these columns from now on; a new one starts with those of when_new as well."""
        table = self._table(model, tuple(key))
        place = tuple(key.values())
        row = table.kept.get(place)
        if row is None:
            row = table.kept[place] = _Kept()
        if when_new:
            row.when_new = {**when_new, **row.when_new}
        row.columns.update(columns)
        seen = self._seen.get(model)
        if seen and table.by == (_name_of_key(model),) and place[0] in seen:
            seen[place[0]] = _as_gathered(model, place[0], seen[place[0]], row)

    def change(self, model: type[Model], key: UUID, **columns: Any) -> None:
        """A row that is known has these columns from now on; one that is not known stays unknown."""
        row = self._row(model, key)
        if row is None:
            return
        _set(row, columns)
        table = self._table(model, (_name_of_key(model),))
        kept = table.kept.setdefault((key,), _Kept())
        kept.known = row
        kept.columns.update(columns)

    def known(self, model: type[Row], key: UUID) -> Row:
        """A row as it stands, with what was gathered. Raises DoesNotExist when it was never heard of."""
        row = self._row(model, key)
        if row is None:
            raise model.DoesNotExist(f"{model.__name__} {key} is not known")  # type: ignore[attr-defined]
        return row  # type: ignore[return-value]

    def add(self, model: type[Model], columns: dict[str, Any], *, earliest: str = "") -> None:
        """Add a row with these columns unless there is one with its key, which then stays as it is.

        Except for the column named by earliest: that becomes the smaller of the two.
        """
        row = row_of(model, columns)
        rows = self._added[model, earliest]
        first = rows.setdefault(row.pk, row)
        if earliest and first is not row:
            setattr(first, earliest, min(getattr(first, earliest), getattr(row, earliest)))

    def drop(self, model: type[Model], key: UUID) -> None:
        """The row with this key is gone; one kept after this begins anew."""
        table = self._table(model, (_name_of_key(model),))
        table.kept.pop((key,), None)
        table.dropped.add((key,))
        self._seen.setdefault(model, {})[key] = None

    def afterwards(self, function: Callable[[list[Any]], None], thing: Any) -> None:
        """Once this is written, call the function with all the things that were given for it, each once."""
        self._calls[function][thing] = None

    def write(self) -> None:
        """Write what was gathered, inside the unit of work that is open."""
        if not (self._tables or self._added or self._calls):
            self._seen = {}
            return
        tables, added, calls = self._tables, self._added, self._calls
        self.forget()
        # Everybody writes tables and rows in one order, so that two at work do not wait for each other.
        for model in sorted({model for model, *_ in (*tables, *added)}, key=lambda one: one.__name__):
            for (of, _by), table in tables.items():
                if of is model:
                    _write_kept(model, table, self.service)
            for (of, earliest), rows in added.items():
                if of is model:
                    _write_added(model, earliest, rows, self.service)
        for function, things in calls.items():
            function(list(things))

    def forget(self) -> None:
        """Let go of what was gathered: the part of the unit of work it belongs to is undone."""
        self._tables: dict[tuple[type[Model], tuple[str, ...]], _Table] = {}
        self._added: dict[tuple[type[Model], str], dict[Any, Model]] = defaultdict(dict)
        self._calls: dict[Callable[[list[Any]], None], dict[Any, None]] = defaultdict(dict)
        self._seen: dict[type[Model], dict[Any, Model | None]] = {}

    def _table(self, model: type[Model], by: tuple[str, ...]) -> _Table:
        table = self._tables.get((model, by))
        if table is None:
            table = self._tables[model, by] = _Table(by=by)
        return table

    def _row(self, model: type[Model], key: UUID) -> Model | None:
        """The row as it stands; the first that is asked for brings all that this portion is about."""
        seen = self._seen.setdefault(model, {})
        if key not in seen:
            asked = {key} if seen else {key, *_keys(self._expected)}
            found = model._default_manager.in_bulk(list(asked))
            table = self._table(model, (_name_of_key(model),))
            for one in asked:
                row = None if (one,) in table.dropped else found.get(one)
                seen[one] = _as_gathered(model, one, row, table.kept.get((one,)))
        return seen[key]


_open: ContextVar[Copies | None] = ContextVar("vierspan_copies", default=None)


class copies_of:
    """What is gathered inside is written at the end; one inside another joins it, as units of work do.

    expected are subjects that what follows is about: rows of them are fetched together.
    """

    # A class and no generator: every handler of every message comes by here, and nearly always joins.
    __slots__ = ("_expected", "_own", "_service")

    def __init__(self, service: str, expected: Sequence[str] = ()) -> None:
        self._service, self._expected = service, expected
        self._own: ExitStack | None = None

    def __enter__(self) -> Copies:
        outer = _open.get()
        if outer is not None and outer.service == self._service:
            return outer
        self._own = ExitStack()
        return self._own.enter_context(_begun(self._service, self._expected))

    def __exit__(self, *fault: Any) -> bool | None:
        return self._own.__exit__(*fault) if self._own is not None else None


@contextmanager
def _begun(service: str, expected: Sequence[str]) -> Iterator[Copies]:
    with unit_of_work(service):
        gathered = Copies(service, expected)
        token = _open.set(gathered)
        try:
            yield gathered
        finally:
            _open.reset(token)
        gathered.write()


def write_gathered(service: str) -> None:
    """Write what was gathered until now: somebody is about to look at the tables."""
    gathered = _open.get()
    if gathered is not None and gathered.service == service:
        gathered.write()


def let_gathered_go(service: str) -> None:
    """Forget what was gathered since it was last written."""
    gathered = _open.get()
    if gathered is not None and gathered.service == service:
        gathered.forget()


def _write_kept(model: type[Model], table: _Table, service: str) -> None:
    # Named here: each row would ask the router for it.
    there = model._default_manager.using(service)
    if table.dropped:
        there.filter(pk__in=[key for (key,) in table.dropped]).delete()
    groups: dict[tuple[str, ...], list[Model]] = defaultdict(list)
    rows = []
    for place, kept in table.kept.items():
        row = kept.known
        if row is None:
            row = row_of(model, {**dict(zip(table.by, place, strict=True)), **kept.when_new, **kept.columns})
        groups[tuple(kept.columns)].append(row)
        rows.append(row)
    if table.by != (_name_of_key(model),) and len(groups) > 1:
        # A table that numbers its own rows shows them in the order in which they came.
        there.bulk_create(rows, ignore_conflicts=True)
    for columns, of_group in sorted(groups.items()):
        if not columns:
            there.bulk_create(of_group, ignore_conflicts=True)
            continue
        there.bulk_create(
            _in_order(of_group), update_conflicts=True, unique_fields=list(table.by), update_fields=list(columns)
        )


def _write_added(model: type[Model], earliest: str, rows: dict[Any, Model], service: str) -> None:
    there = model._default_manager.using(service)
    there.bulk_create(_in_order(list(rows.values())), ignore_conflicts=True)
    if not earliest:
        return
    for key, earlier in there.filter(pk__in=list(rows)).order_by().values_list("pk", earliest):
        ours = getattr(rows[key], earliest)
        if ours < earlier:
            there.filter(pk=key, **{f"{earliest}__gt": ours}).update(**{earliest: ours})


def _in_order(rows: list[Model]) -> list[Model]:
    """By key, as everybody does; those that get a number from the table stay in the order in which they came."""
    if isinstance(rows[0].pk, UUID):
        rows.sort(key=lambda row: row.pk.int)
    return rows


def _as_gathered(model: type[Model], key: UUID, row: Model | None, kept: _Kept | None) -> Model | None:
    if kept is None:
        return row
    if row is None:
        return row_of(model, {_name_of_key(model): key, **kept.when_new, **kept.columns})
    return _set(row, kept.columns)


def _set(row: Row, columns: dict[str, Any]) -> Row:
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def _name_of_key(model: type[Model]) -> str:
    return model._meta.pk.attname  # type: ignore[union-attr]


def _keys(subjects: Iterable[str]) -> Iterator[UUID]:
    for subject in subjects:
        try:
            yield UUID(subject)
        except ValueError:
            continue
