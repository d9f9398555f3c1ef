"""Two services in processes of their own, with the embedded log between them: matching speaks, echo listens."""

from coordination.service import blocks, environment

DATA = environment.data_folder()
globals().update(blocks.common(services=["matching", "echo"], secret_key="for tests only", hosts=[]))
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "coordination.events",
    "coordination.events.embedded",
    "matching",
    "echo",
]
DATABASES = {
    "default": {},
    **{name: blocks.sqlite(DATA / f"{name}.sqlite3") for name in ("identity", "matching", "echo", "log")},
}
VIERSPAN_LOG = "echo.slow_log.SlowLog"
VIERSPAN_NOTICE_SINK = ""
