"""A service for tests that writes down what it hears."""

from django.apps import AppConfig


class EchoConfig(AppConfig):
    """The echo."""

    name = "echo"
    label = "echo"
