"""The table of faults: what was done to a house how often, what went in and came out, and how soon it recovered."""

from dataclasses import dataclass, field
from statistics import median

from tests.faults.service_form.checks import Found

HEADING = (
    "fault",
    "rounds",
    "in the middle of work",
    "survived",
    "commands accepted",
    "events in the log",
    "effects out",
    "differences",
    "seconds to recover: median, longest",
)


@dataclass(frozen=True)
class Row:
    """One fault."""

    fault: str
    rounds: int
    in_flight: int | None
    survived: int
    found: Found
    seconds: tuple[float, ...] = ()

    def cells(self) -> tuple[str, ...]:
        """As text."""
        recovered = f"{median(self.seconds):.1f}, {max(self.seconds):.1f}" if self.seconds else "–"
        return (
            self.fault,
            str(self.rounds),
            "–" if self.in_flight is None else str(self.in_flight),
            str(self.survived),
            str(self.found.commands),
            str(self.found.events),
            str(self.found.effects),
            str(len(self.found.differences)),
            recovered,
        )


@dataclass
class Table:
    """Rows in the order in which the faults were done."""

    seed: int
    rounds: int
    rows: list[Row] = field(default_factory=list)

    def add(
        self,
        fault: str,
        *,
        rounds: int,
        found: Found,
        survived: int | None = None,
        in_flight: int | None = None,
        seconds: list[float] | tuple[float, ...] = (),
    ) -> None:
        """Write a fault down; all rounds were survived unless said otherwise."""
        kept = rounds if survived is None else survived
        self.rows.append(
            Row(fault=fault, rounds=rounds, in_flight=in_flight, survived=kept, found=found, seconds=tuple(seconds))
        )

    def text(self) -> str:
        """As Markdown."""
        lines = [HEADING, ("---",) * len(HEADING), *(row.cells() for row in self.rows)]
        return f"Seed {self.seed}.\n\n" + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
