"""A service in the service form as an operator starts it, with the embedded log in a file where the broker would be."""

import os
from importlib import import_module
from pathlib import Path

from coordination.service import blocks

globals().update({name: value for name, value in vars(import_module(os.environ["FORM"])).items() if name.isupper()})
INSTALLED_APPS = [*INSTALLED_APPS, "coordination.events.embedded"]  # noqa: F821
DATABASES = DATABASES | {"log": blocks.sqlite(Path(os.environ["LOG_FILE"]))}  # noqa: F821
