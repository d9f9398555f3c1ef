"""The command of reporting standing alone."""

import sys

from coordination.service import cli


def main() -> int:
    """Run one of reporting's processes; gives the exit status."""
    return cli.main("reporting")


if __name__ == "__main__":
    sys.exit(main())
