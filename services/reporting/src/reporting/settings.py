"""Reporting on its own: its tables, identity and the log in the data folder."""

from coordination.service import blocks
from reporting.menu import MENU

globals().update(blocks.alone("reporting", menu=MENU))
VIERSPAN_THEME_OF = "reporting.queries.directory.theme_of"
