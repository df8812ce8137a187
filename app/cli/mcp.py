"""dramatis mcp: tools for writers' assistants, over standard input and output."""

import os
import sys

from app.cli.output import say


def mcp() -> None:
    """Let an assistant read personas, evidence and briefs (Model Context Protocol); it is started by the assistant."""
    from app.mcp.opening import Opening
    from app.mcp.server import build_server

    opening = Opening(os.environ.get("DRAMATIS_TOKEN", "").strip())
    opening.must_let_in()
    if sys.stdin.isatty():
        say("An assistant is meant to start this, and talks to it here (docs/assistants.md). Stop with Ctrl-D.")
    try:
        build_server(opening.door).run("stdio")
    finally:
        opening.close()
