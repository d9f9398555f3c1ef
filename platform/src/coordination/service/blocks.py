"""Blocks from which a settings module is put together; a mode is a settings module, never a flag."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coordination.service import environment, logs

PLATFORM_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "channels",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "coordination.events",
    "coordination.identity",
    "coordination.web.mending",
    "coordination.web.shell",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coordination.web.api.middleware.RequestCauseMiddleware",
    "coordination.web.seen.SeenMiddleware",
    "coordination.web.api.middleware.ApiAnswerMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coordination.web.shell.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coordination.identity.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coordination.web.shell.middleware.RefusalPageMiddleware",
    "axes.middleware.AxesMiddleware",
]


def sqlite(place: Path) -> dict[str, Any]:
    """One SQLite file, set so that many writers wait for each other instead of failing."""
    return {
        "ENGINE": "coordination.service.sqlite",
        "NAME": str(place),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def databases(folder: Path, names: Sequence[str]) -> dict[str, Any]:
    """A SQLite file per name, and nothing behind the default alias: whoever forgets to name a database fails."""
    return {"default": {}, **{name: sqlite(folder / f"{name}.sqlite3") for name in names}}


def notices_in_memory() -> dict[str, Any]:
    """The channel layer of a house in one process; the service form has Redis for it."""
    return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}}


def templates() -> list[dict[str, Any]]:
    """Templates of the installed apps, with the shell's context on every page."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.messages.context_processors.messages",
                    "coordination.web.shell.context.shell",
                ],
            },
        }
    ]


def rest_framework() -> dict[str, Any]:
    """The API conventions of design rules and doors, the same in each service."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "coordination.identity.authentication.BearerAuthentication",
            "coordination.identity.authentication.SignedInSession",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["coordination.identity.permissions.IsSignedIn"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["coordination.web.api.parsers.StrictJSONParser"],
        "DEFAULT_SCHEMA_CLASS": "coordination.web.api.schema.Schema",
        "DEFAULT_PAGINATION_CLASS": "coordination.web.api.pagination.Pages",
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
        "EXCEPTION_HANDLER": "coordination.web.api.problems.answer",
        "UNAUTHENTICATED_USER": None,
        "URL_FORMAT_OVERRIDE": None,
    }


def csp() -> dict[str, Any]:
    """Own origin only: no inline script or style, no other host."""
    return {
        "DIRECTIVES": {
            "default-src": ["'self'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "font-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
        }
    }


def logging(form: dict[str, Any] | None = None) -> dict[str, Any]:
    """What goes wrong is written to the console, with its trace and without what somebody typed or who they are.

    form is how a line looks; without it one to read at a console.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": form or {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A page that is not there is no fault, and failed sign-ins name addresses.
            "django.request": {"level": "ERROR"},
            "axes": {"level": "ERROR"},
            # The client tells of every attempt to connect; what matters of it is told once by who uses it.
            "kafka": {"level": "CRITICAL"},
        },
    }


def common(*, services: Sequence[str], secret_key: str, hosts: Sequence[str]) -> dict[str, Any]:
    """What every form shares: give the services in this process, a secret, and the hosts it answers to."""
    logs.for_a_person()
    return {
        "SERVICES": list(services),
        "SECRET_KEY": secret_key,
        "DEBUG": False,
        "ALLOWED_HOSTS": list(hosts),
        "INSTALLED_APPS": [*PLATFORM_APPS, *services],
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": templates(),
        "DATABASE_ROUTERS": ["coordination.service.router.ServiceDatabaseRouter"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTH_USER_MODEL": "identity.Account",
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "coordination.identity.backends.Accounts"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        ],
        "AXES_FAILURE_LIMIT": 10,
        "AXES_COOLOFF_TIME": 0.25,
        "AXES_USERNAME_FORM_FIELD": "username",
        "AXES_LOCKOUT_PARAMETERS": ["username"],
        "AXES_LOCKOUT_CALLABLE": "coordination.identity.pages.locked_out",
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_DISABLE_ACCESS_LOG": True,
        "SILENCED_SYSTEM_CHECKS": ["axes.W006"],
        "LOGIN_URL": "/inloggen",
        "VIERSPAN_IDENTITY_ADDRESSES": "coordination.identity.urls",
        "LOGIN_REDIRECT_URL": "/",
        "LANGUAGE_CODE": "nl",
        "LANGUAGES": [("nl", "Nederlands"), ("en", "English")],
        "TIME_ZONE": "Europe/Amsterdam",
        "USE_TZ": True,
        "USE_I18N": True,
        "USE_THOUSAND_SEPARATOR": False,
        "APPEND_SLASH": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": csp(),
        "LOGGING": logging(),
        "CSRF_FAILURE_VIEW": "coordination.web.shell.views.csrf_failure",
        "REST_FRAMEWORK": rest_framework(),
        "STATIC_URL": "/static/",
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "VIERSPAN_UPLOAD_LIMIT": 64 * 1024 * 1024,
        "VIERSPAN_ORGANISATION": "",
        "VIERSPAN_ORGANISATIONS": "",
        "VIERSPAN_THEME_OF": "",
        "VIERSPAN_BESIDE_WEB": [],
        "VIERSPAN_NOTICE_SINK": "coordination.web.live.notices.send",
    }


def alone(service: str, menu: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """One service on its own: its database, identity and the log in the data folder, and no other service at all."""
    folder = environment.data_folder()
    settings = common(
        services=[service],
        secret_key=environment.kept_secret(folder, "sessions"),
        hosts=["localhost", "127.0.0.1", "[::1]", *environment.hosts()],
    )
    settings["INSTALLED_APPS"] = [*settings["INSTALLED_APPS"], "coordination.events.embedded"]
    return settings | {
        "ROOT_URLCONF": "coordination.service.urls",
        "ASGI_APPLICATION": f"{service}.asgi.application",
        "DATABASES": databases(folder, ["identity", service, "log"]),
        "CHANNEL_LAYERS": {
            "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
        },
        "VIERSPAN_DATA_FOLDER": folder,
        "VIERSPAN_MENU": list(menu),
        "VIERSPAN_READY_CHECKS": [],
        "VIERSPAN_LOG": "coordination.events.embedded.log.EmbeddedLog",
        "MEDIA_ROOT": str(folder / "uploads"),
        "STATIC_ROOT": str(folder / f"static-{service}"),
        "SESSION_COOKIE_NAME": f"{service}_session",
        "CSRF_COOKIE_NAME": f"{service}_csrf",
    }
