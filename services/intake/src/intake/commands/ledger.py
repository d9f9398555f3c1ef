"""Every act on the budget ledger under one name; each is written in the file of its own subject."""

from intake.commands.acts import Acted
from intake.commands.entries import divide_spending, record_entry, record_spent_until
from intake.commands.phasings import phase_budget
from intake.commands.transfers import transfer_budget

__all__ = ["Acted", "divide_spending", "phase_budget", "record_entry", "record_spent_until", "transfer_budget"]
