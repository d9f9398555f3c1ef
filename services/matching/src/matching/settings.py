"""Matching on its own: its tables, identity and the log in the data folder."""

from coordination.service import blocks
from matching.menu import MENU

globals().update(blocks.alone("matching", menu=MENU))
VIERSPAN_THEME_OF = "matching.queries.directory.theme_of"
