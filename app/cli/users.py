"""dramatis user add | list | role | password | disable | enable | join | leave"""

import sys
from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bench import open_bench
from app.cli.options import JsonOption, StudyArg
from app.cli.output import add_row, print_json, say, show_table

if TYPE_CHECKING:
    from app.models.user import Role

group = typer.Typer(help="Who may log in, what they may do, and in which studies.", no_args_is_help=True)

NameArg = Annotated[str, typer.Argument(metavar="NAME", help="What they log in with.")]
RoleOption = Annotated[str, typer.Option("--role", help="admin, researcher, marketer or writer.")]
StdinOption = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def signature() -> str:
    """Who works at this terminal, for the audit log."""
    try:
        return f"{getuser()} (terminal)"
    except (OSError, KeyError):
        return "somebody (terminal)"


@group.command()
def add(name: NameArg, role: RoleOption, password_stdin: StdinOption = False, json: JsonOption = False) -> None:
    """Add somebody; without --password-stdin a password is made and printed once."""
    from app.access.people import add_user

    store, (password, made_up) = open_bench().store, _password(password_stdin)
    user = add_user(store, name, _role(role), password, signature())
    if json:
        return print_json(user.model_dump(mode="json") | ({"password": password} if made_up else {}))
    return _tell(f"Added {user.name} as {user.role}.", password if made_up else "")


@group.command("list")
def list_(json: JsonOption = False) -> None:
    """List who may log in, with their role and studies."""
    from rich.table import Table

    with open_bench().store.transaction() as tx:
        users, belong = tx.users.all(), tx.users.memberships()
    if json:
        return print_json([one.model_dump(mode="json") | {"studies": belong.get(one.id, [])} for one in users])
    if not users:
        return say("Nobody yet. Make an admin first: dramatis user add NAME --role admin")
    table = Table("Name", "Role", "Active", "Studies")
    for one in users:
        studies = "all" if one.role == "admin" else ", ".join(belong.get(one.id, []))
        add_row(table, one.name, one.role, "yes" if one.active else "no", studies)
    return show_table(table)


@group.command()
def role(name: NameArg, role: RoleOption) -> None:
    """Give somebody another role; it holds from their next click on."""
    from app.access.people import set_role

    user = set_role(open_bench().store, name, _role(role), signature())
    say(f"{user.name} is {user.role} now.")


@group.command()
def password(name: NameArg, password_stdin: StdinOption = False) -> None:
    """Give somebody a new password, and log them out everywhere."""
    from app.access.people import find_user, set_password

    store, (new, made_up) = open_bench().store, _password(password_stdin)
    set_password(store, name, new, signature())
    _tell(f"{find_user(store, name).name} has a new password.", new if made_up else "")


@group.command()
def disable(name: NameArg) -> None:
    """Let somebody in no more: they are logged out, and their tokens open nothing."""
    from app.access.people import set_active

    say(f"{set_active(open_bench().store, name, False, signature()).name} cannot log in any more.")


@group.command()
def enable(name: NameArg) -> None:
    """Let somebody in again who was disabled."""
    from app.access.people import set_active

    say(f"{set_active(open_bench().store, name, True, signature()).name} can log in again.")


@group.command()
def join(name: NameArg, study: StudyArg) -> None:
    """Make somebody a member of a study."""
    from app.access.people import join as join_study

    join_study(open_bench().store, name, study, signature())
    say(f"{name} belongs to {study} now.")


@group.command()
def leave(name: NameArg, study: StudyArg) -> None:
    """Take somebody out of a study."""
    from app.access.people import leave as leave_study

    leave_study(open_bench().store, name, study, signature())
    say(f"{name} does not belong to {study} any more.")


def _role(word: str) -> "Role":
    from app.models.user import Role

    if word not in set(Role):
        raise typer.BadParameter(f"“{word}” is no role. Give one of: {', '.join(Role)}.")
    return Role(word)


def _password(from_stdin: bool) -> tuple[str, bool]:
    """The password, and whether it was made up."""
    from app.access.passwords import made_up

    return (sys.stdin.readline().rstrip("\r\n"), False) if from_stdin else (made_up(), True)


def _tell(done: str, password: str) -> None:
    say(done)
    if password:
        say("The password, shown this once:")
        print(password)
