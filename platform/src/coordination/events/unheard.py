"""Why a message could not be heard, as a cause and in words."""

LONGEST_ERROR = 4000


class Unreadable(Exception):
    """The data of a message does not fit the contract of its type."""

    cause = "unreadable"


class Unknown(Unreadable):
    """This version does not know the type of a message; a later one may."""

    cause = "unknown"


def cause_of(fault: Exception) -> str:
    """What a parked message is said to be held up by."""
    return fault.cause if isinstance(fault, Unreadable) else "fault"


def in_words(fault: Exception) -> str:
    """A fault as it is kept beside a parked message."""
    return f"{type(fault).__name__}: {fault}".replace("\x00", "")[:LONGEST_ERROR]
