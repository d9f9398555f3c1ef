"""Whether an address answers well: python -m coordination.service.healthy <address>. For health checks of containers.

Imports nothing of the house, for it runs every few seconds beside each process.
"""

import sys
import urllib.error
import urllib.request
from collections.abc import Sequence

PATIENCE = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the address given; 0 when it answers 2xx, else 1 with what it said."""
    (address,) = sys.argv[1:] if arguments is None else arguments
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE):
            return 0
    except urllib.error.HTTPError as answer:
        print(f"{answer.code}: {answer.read(2000).decode(errors='replace')}")
    except OSError as fault:
        print(fault)
    return 1


if __name__ == "__main__":
    sys.exit(main())
