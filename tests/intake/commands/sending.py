"""Sending a sheet to intake's commands: its rows, receiving, confirming, and counting what became of it."""

from coordination.testing import actors
from intake.commands import uploads as commands
from intake.models import Upload


def send(actor=None, content: bytes = b"", name: str = "activiteiten.csv") -> Upload:
    """A sheet received and judged, by default sent by the administrator."""
    return commands.receive_upload(actor=actor or actors.administrator(), filename=name, content=content)


def take_over(actor=None, content: bytes = b"", name: str = "activiteiten.csv") -> Upload:
    """A sheet of which the good rows are registered."""
    upload = send(actor, content, name)
    return commands.confirm_upload(actor=actor or actors.administrator(), upload_id=upload.id)


def counts(upload: Upload) -> tuple[int, int, int]:
    """How many of its rows are good or taken over, wait, and are skipped."""
    outcomes = list(upload.rows.values_list("outcome", flat=True))
    assert len(outcomes) == sum(outcomes.count(one) for one in ("accepted", "quarantined", "skipped"))
    return outcomes.count("accepted"), outcomes.count("quarantined"), outcomes.count("skipped")


def sheet(*rows: str, heading: str = "") -> bytes:
    """A CSV of these rows."""
    heading = heading or (
        "Activiteitnummer;Gemeentecode;Titel activiteit;Soort maatregel;BRIN-nummers;Partners;Startdatum;Einddatum;"
        "Totaal budget;Budget 2021-2022;Budget 2022-2023;Budget 2023-2024;Budget 2024-2025;Status"
    )
    return "\r\n".join([heading, *rows]).encode()


def line(
    number: str = "MRS-101", *, code="9901", title="Huiswerkklas", brin="90AA", partners="", total="100,00"
) -> str:
    """A good row, but for what is given."""
    return f"{number};{code};{title};Zomerschool;{brin};{partners};01-10-2021;31-07-2025;{total};;;;;In uitvoering"
