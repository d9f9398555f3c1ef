"""The embedded form: all services in one process, one SQLite file each, a log in a file, notices in memory."""

from coordination.service import blocks, environment
from coordination.web.shell.menu import MENU

DATA = environment.data_folder()

globals().update(
    blocks.common(
        services=["intake", "matching", "reporting"],
        secret_key=environment.kept_secret(DATA, "sessions"),
        hosts=["localhost", "127.0.0.1", "[::1]", *environment.hosts()],
    )
)
INSTALLED_APPS += ["coordination.events.embedded", "vierspan"]  # noqa: F821
ROOT_URLCONF = "coordination.service.urls"
ASGI_APPLICATION = "vierspan.asgi.application"
DATABASES = {
    "default": {},
    **{
        name: blocks.sqlite(DATA / f"{name}.sqlite3") for name in ("identity", "intake", "matching", "reporting", "log")
    },
}
CHANNEL_LAYERS = blocks.notices_in_memory()
VIERSPAN_DATA_FOLDER = DATA
VIERSPAN_MENU = MENU
VIERSPAN_THEME_OF = "intake.queries.directory.theme_of"
VIERSPAN_ORGANISATIONS = "intake.queries.directory.organisations"
VIERSPAN_READY_CHECKS = ["vierspan.example.is_loaded", "vierspan.checks.workers_live", "vierspan.checks.caught_up"]
VIERSPAN_LOG = "coordination.events.embedded.log.EmbeddedLog"
MEDIA_ROOT = str(DATA / "uploads")
STATIC_ROOT = str(DATA / "static")
