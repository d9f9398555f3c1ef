"""Intake standing alone: its own database, identity and the log in one data folder, and no other service."""

from coordination.service import blocks
from intake.menu import MENU

globals().update(blocks.alone("intake", menu=MENU))
VIERSPAN_THEME_OF = "intake.queries.directory.theme_of"
VIERSPAN_ORGANISATIONS = "intake.queries.directory.organisations"
