"""Matching in the service form: PostgreSQL, Redis and the log of the surroundings, in processes beside others."""

from coordination.service import service_form
from coordination.web.shell.menu import MENU

globals().update(service_form.settings("matching", menu=MENU))
VIERSPAN_THEME_OF = "matching.queries.directory.theme_of"
