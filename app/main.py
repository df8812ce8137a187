"""The command `dramatis`. Expected errors become one sentence and the exit code of `app.errors`."""

import gc
import sys

# Loading makes hundreds of thousands of objects that stay; looking through them for garbage every 700 new ones, as
# Python does, took a sixth of the time until the workbench answers.
NEW_OBJECTS = 50_000


def main() -> None:
    """Run the command line; the process ends with the exit codes of DESIGN: 0, 2 usage, 3 … 7."""
    gc.set_threshold(NEW_OBJECTS)
    from app.cli import cli

    sys.exit(cli())


if __name__ == "__main__":
    main()
