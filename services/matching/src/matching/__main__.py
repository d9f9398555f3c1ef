"""The command of matching standing alone."""

import sys

from coordination.service import cli


def main() -> int:
    """Run one of matching's processes; gives the exit status."""
    return cli.main("matching")


if __name__ == "__main__":
    sys.exit(main())
