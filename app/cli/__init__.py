"""The command line: parse, call the desk, print. One file a family of commands.

Commands import the desk inside their bodies: `dramatis --help` must answer at once, and the desk loads
NumPy, scikit-learn and Chroma.
"""

import typer

from app.cli import (
    assigning,
    audit,
    audit_log,
    briefs,
    buying_centre,
    codebook,
    coding,
    demo,
    erasure,
    evaluate,
    exports,
    mcp,
    outcomes,
    pipeline,
    publish,
    reading,
    segments,
    serve,
    strategy,
    studies,
    system,
    tokens,
    users,
    worker,
)
from app.cli.output import fail

root = typer.Typer(
    name="dramatis",
    help="Interviews in, grounded personas out. Start with: dramatis demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
root.command()(demo.demo)
root.add_typer(studies.group, name="study")
root.command()(pipeline.ingest)
root.command()(coding.code)
root.add_typer(codebook.group, name="codebook")
root.command()(segments.segment)
root.command()(segments.themes)
root.command()(pipeline.draft)
root.command()(pipeline.run)
root.command()(reading.personas)
root.command()(reading.show)
root.command()(publish.publish)
root.command()(reading.ask)
root.command()(audit.audit)
root.command()(erasure.erase)
root.command()(strategy.strategy)
root.command("buying-centre")(buying_centre.buying_centre)
root.command()(briefs.brief)
root.command()(briefs.briefs)
root.command()(briefs.approve)
root.add_typer(outcomes.group, name="outcomes")
root.command()(exports.export)
root.command()(assigning.assign)
root.add_typer(evaluate.group, name="eval")
root.command()(serve.serve)
root.command()(mcp.mcp)
root.add_typer(users.group, name="user")
root.add_typer(tokens.group, name="token")
root.add_typer(audit_log.group, name="audit-log")
root.command()(system.schema)
root.command()(system.reindex)
root.command()(system.doctor)
root.command()(worker.worker)


def cli() -> int:
    """Run the command line; returns the exit code."""
    try:
        root()
    except Exception as error:
        return fail(error)
    return 0
