"""What an activity's status means for joining, and how its status is said in a sentence."""

OPEN_STATUSES = ("decided", "running", "delayed")
SHOWN_STATUSES = (*OPEN_STATUSES, "completed", "stopped")

STATUS_IN_SENTENCE = {
    "draft": "nog een concept",
    "decided": "vastgesteld",
    "running": "in uitvoering",
    "delayed": "vertraagd",
    "completed": "afgerond",
    "stopped": "gestopt",
    "withdrawn": "ingetrokken",
}


def status_in_sentence(status: str) -> str:
    """The status as a word in a Dutch sentence; a status that is not known here is said as it came."""
    return STATUS_IN_SENTENCE.get(status, status or "onbekend")
