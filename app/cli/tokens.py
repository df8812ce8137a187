"""dramatis token create | list | revoke"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption
from app.cli.output import add_row, print_json, say, show_table
from app.cli.users import signature

group = typer.Typer(help="Tokens that let programs in, in somebody's name.", no_args_is_help=True)


@group.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.")],
    user: Annotated[str, typer.Option("--user", help="In whose name.")],
    can: Annotated[list[str], typer.Option("--can", metavar="ACTION", help="What it may be used for; give it again.")],
    days: Annotated[int, typer.Option("--days", help="How long it holds.")] = 30,
    json: JsonOption = False,
) -> None:
    """Make a token and print it once; it may never do more than its owner."""
    from app.access.people import find_user
    from app.access.tokens import actions_of, make_token

    store = open_bench().store
    made = make_token(store, find_user(store, user), name, actions_of(can), days, signature())
    if json:
        return print_json(made.token.model_dump() | {"secret": made.secret})
    say(f"Made the token {made.token.id}, which holds for {days} days. It is shown this once:")
    return print(made.secret)


@group.command("list")
def list_(json: JsonOption = False) -> None:
    """List the tokens: whose they are, what for, until when."""
    from rich.table import Table

    with open_bench().store.transaction() as tx:
        tokens, names = tx.tokens.all(), {one.id: one.name for one in tx.users.all()}
    if json:
        return print_json([one.model_dump() | {"user": names[one.user_id]} for one in tokens])
    if not tokens:
        return say("No token yet.")
    table = Table("Token", "Name", "Of", "May", "Until")
    for one in tokens:
        until = datetime.fromtimestamp(one.expires, UTC).strftime("%Y-%m-%d")
        add_row(table, one.id, one.name, names[one.user_id], ", ".join(one.scope), until)
    return show_table(table)


@group.command()
def revoke(token: Annotated[str, typer.Argument(metavar="TOKEN", help="Its id, as `token list` shows it.")]) -> None:
    """Let a token open nothing any more."""
    from app.access.tokens import revoke_token

    revoke_token(open_bench().store, token, signature())
    say(f"Revoked {token}.")
