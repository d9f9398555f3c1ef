"""The command of intake: intake serve, migrate, relay, consume, replay or dead_letters."""

import sys

from coordination.service import cli


def main() -> int:
    """Run what the command line asks; gives the exit status."""
    return cli.main("intake")


if __name__ == "__main__":
    sys.exit(main())
