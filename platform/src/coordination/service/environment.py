"""What the surroundings say: environment variables and the data folder, read in one place and checked at start."""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit


class MissingSetting(RuntimeError):
    """The process cannot start because something it needs was not given; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a browser finds the house: https or http, a host, and a port when it is not the usual one."""

    scheme: str
    host: str
    netloc: str

    @property
    def secure(self) -> bool:
        """Whether it is reached by TLS."""
        return self.scheme == "https"

    def __str__(self) -> str:
        """As it stands in a browser, without a slash at the end."""
        return f"{self.scheme}://{self.netloc}"


def address(name: str = "VIERSPAN_URL") -> Address:
    """The public address of the house. Raises MissingSetting when it is absent or no address of a whole host."""
    text = required(name)
    try:
        parts = urlsplit(text)
        whole = _is_a_whole_host(parts)
    except ValueError:
        whole = False
    if not whole:
        raise MissingSetting(
            f"{name} moet het adres van het hele huis zijn, zonder pad: https://vierspan.example, niet {text!r}."
        )
    host = parts.hostname or ""
    return Address(scheme=parts.scheme, host=f"[{host}]" if ":" in host else host, netloc=parts.netloc.lower())


def _is_a_whole_host(parts: SplitResult) -> bool:
    # Asking for the port tells whether it is a number.
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and (parts.port is None or parts.port > 0)
        and "@" not in parts.netloc
        and parts.path in ("", "/")
        and not parts.query
        and not parts.fragment
    )


def data_folder() -> Path:
    """The folder for databases, secrets and uploads (VIERSPAN_DATA, default ./var); made when absent."""
    folder = Path(os.environ.get("VIERSPAN_DATA") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_secret(folder: Path, name: str, size: int = 50) -> str:
    """A random secret of size bytes made at the first start and kept in the data folder, for its owner's eyes only."""
    place = folder / "secrets" / name
    place.parent.mkdir(mode=0o700, exist_ok=True)
    if not place.exists():
        temporary = place.with_suffix(f".{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as target:
            target.write(secrets.token_urlsafe(size))
        try:
            os.link(temporary, place)
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return place.read_text().strip()


def required(name: str) -> str:
    """An environment variable that must be there. Raises MissingSetting with its name."""
    value = os.environ.get(name, "")
    if not value:
        raise MissingSetting(f"Zet de omgevingsvariabele {name}.")
    return value


def given(names: Sequence[str], files: Sequence[str] = ()) -> dict[str, str]:
    """Environment variables that must all be there, and the contents of the files that others name.

    Raises MissingSetting that tells everything that is wrong at once, so that nobody has to start again for each.
    """
    found = {name: os.environ.get(name, "") for name in (*names, *files)}
    wrong = [f"Zet de omgevingsvariabele {name}." for name in names if not found[name]]
    for name in files:
        try:
            found[name] = Path(found[name]).read_text(encoding="utf-8").strip() if found[name] else ""
        except (OSError, UnicodeDecodeError) as fault:
            wrong.append(f"{name} noemt {found[name]}, en dat bestand is niet te lezen: {type(fault).__name__}.")
            continue
        if not os.environ.get(name):
            wrong.append(f"Zet de omgevingsvariabele {name}: de naam van een bestand met het geheim.")
        elif not found[name]:
            wrong.append(f"{name} noemt een leeg bestand.")
    if wrong:
        raise MissingSetting("\n".join(wrong))
    return found


def together(*asked: Callable[[], Any]) -> list[Any]:
    """What each of these gives. Raises one MissingSetting with all that is wrong with any of them."""
    answers, wrong = [], []
    for ask in asked:
        try:
            answers.append(ask())
        except MissingSetting as reason:
            wrong.append(str(reason))
    if wrong:
        raise MissingSetting("\n".join(dict.fromkeys("\n".join(wrong).splitlines())))
    return answers


def number(name: str, default: int) -> int:
    """A whole number from the environment. Raises MissingSetting when it is no number."""
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise MissingSetting(f"{name} moet een heel getal zijn, niet {value!r}.") from None


def hosts() -> list[str]:
    """Further host names this process answers to (VIERSPAN_HOSTS, comma separated, and HOST)."""
    names = [os.environ.get("HOST", ""), *os.environ.get("VIERSPAN_HOSTS", "").split(",")]
    return [name.strip() for name in names if name.strip()]
