"""The service form without Docker: real servers and the very processes of docker-compose.yml, on this machine."""

from infra.local.house import LocalHouse, running
from infra.local.servers import Borrowed
from infra.local.words import NoHouse

__all__ = ["Borrowed", "LocalHouse", "NoHouse", "running"]
