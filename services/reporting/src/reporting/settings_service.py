"""Reporting in the service form: PostgreSQL, Redis and the log of the surroundings, in processes beside others."""

from coordination.service import service_form
from reporting.menu import MENU

globals().update(service_form.settings("reporting", menu=MENU))
