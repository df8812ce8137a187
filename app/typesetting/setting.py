"""Setting: the data goes in as JSON and is only ever set as text, by a process of its own.

Templates evaluate nothing they are given. Equal data gives equal bytes, on every machine.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import BadInput
from app.typesetting.letters import clean

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
PRESS = Path(__file__).with_name("press.py")
# Two sample studies take two seconds each, 250 pages eleven.
SECONDS = 120


def set_pdf(template: Path, data: Mapping[str, Any], seconds: float = SECONDS) -> bytes:
    """The template (below `TEMPLATES`) with the data as a tagged PDF; BadInput where it cannot be set in time.

    The template finds the data as JSON in `sys.inputs.data`."""
    told = json.dumps(clean(data), default=str).encode()
    command = [sys.executable, "-P", str(PRESS), str(TEMPLATES), str(template)]
    try:
        done = subprocess.run(command, input=told, capture_output=True, timeout=seconds, check=True)  # noqa: S603 (ours)
    except (subprocess.SubprocessError, OSError):
        # What the press complains of may repeat what somebody said, so it goes no further than this.
        raise BadInput("The PDF could not be set. Take HTML or Word instead: they hold the same, and print.") from None
    return done.stdout
