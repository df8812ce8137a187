"""The command `dramatis`. Expected errors become one sentence and the exit code of `app.errors`."""

import sys


def main() -> None:
    """Run the command line; the process ends with the exit codes of DESIGN: 0, 2 usage, 3 … 7."""
    from app.cli import cli

    sys.exit(cli())


if __name__ == "__main__":
    main()
