"""`hubbub admin`: see to accounts, invitations and rooms, whether the server runs or not."""

import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import click
import msgspec

from hubbub.cli.settings import with_data
from hubbub.core.durations import UnfitDurationError, take_duration
from hubbub.core.kinds import Refused
from hubbub.core.roles import ServerRole
from hubbub.server.errors import StartError
from hubbub.server.settings_sources import Effective

if TYPE_CHECKING:
    from hubbub.server.console import AccountRow, Console

T = TypeVar("T")

EXIT_REFUSED: Final = 1
"""Exit code where the data cannot be used, or a rule says no."""

_EXAMPLES: Final = """\b
Examples:
  hubbub admin list
  hubbub admin create ann --role administrator
  hubbub admin invite --uses 30 --days 14
  hubbub admin --data /var/lib/hubbub password ann < new-password
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""

ROLES: Final = click.Choice([role.value for role in ServerRole])


class Desk:
    """What every command needs: whose data, and how to answer."""

    def __init__(self, effective: Effective, *, as_json: bool) -> None:
        self._effective = effective
        self._as_json = as_json

    def run(self, work: "Callable[[Console], Awaitable[T]]") -> T:
        """Do something at the console; end with a sentence and `EXIT_REFUSED` where it cannot be done."""
        import asyncio

        from hubbub.server.console import open_console

        async def at_console() -> T:
            async with open_console(self._effective.settings) as console:
                return await work(console)

        try:
            return asyncio.run(at_console())
        except StartError as error:
            self._fail(error.sentence)
        except Refused as refused:
            hint = f" How about '{refused.refusal.suggestion}'?" if refused.refusal.suggestion else ""
            self._fail(f"{refused.refusal.sentence}{hint}")

    def link_to_invitation(self, code: str) -> tuple[str, str]:
        """Return the link, and what else is to be said where the settings do not tell what it begins with."""
        from hubbub.server.links import link_to_invitation

        settings = self._effective.settings
        remark = "" if settings.public_url else "\n  (where the server listens; the setting public_url says otherwise)"
        return link_to_invitation(settings, code), remark

    def answer(self, sentence: str, **fields: str) -> None:
        """Say what was done, in words or as JSON."""
        click.echo(json.dumps(fields, ensure_ascii=False) if self._as_json else sentence)

    def report(self, report: object, rows: Sequence[object], sentence: str) -> None:
        """Show what was found: the whole report as JSON, or its rows, or the sentence where there are none."""
        if self._as_json:
            click.echo(json.dumps(msgspec.to_builtins(report), ensure_ascii=False))
        elif rows:
            self.table(rows)
        else:
            click.echo(sentence)

    def table(self, rows: Sequence[object]) -> None:
        """Show rows of one kind, each a line, or as JSON."""
        shown = [msgspec.to_builtins(row) for row in rows]
        if self._as_json:
            click.echo(json.dumps(shown, ensure_ascii=False))
            return
        for line in _align(shown):
            click.echo(line)

    def _fail(self, sentence: str) -> NoReturn:
        click.echo(sentence, err=True)
        sys.exit(EXIT_REFUSED)


@click.group(epilog=_EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for programs.")
@with_data
def admin(effective: Effective, *, as_json: bool) -> None:
    """See to accounts, invitations and rooms.

    Works on the data of a server that runs, which finds what has changed within seconds, and of one that does not.
    Passwords are asked for, or read from standard input; never write one into a command line, where others see it.
    """
    click.get_current_context().obj = Desk(effective, as_json=as_json)


@admin.command()
@click.argument("name")
@click.option(
    "--role", type=ROLES, default=ServerRole.MEMBER.value, show_default=True, help="What he is on the server."
)
@click.pass_obj
def create(desk: Desk, name: str, role: str) -> None:
    """Open an account; its password is asked for."""
    password = read_password()
    desk.run(lambda console: console.create(name, password, ServerRole(role)))
    desk.answer(f"'{name}' has an account.", name=name, role=role)


@admin.command()
@click.argument("name")
@click.pass_obj
def password(desk: Desk, name: str) -> None:
    """Give an account another password, which is asked for."""
    new = read_password()
    desk.run(lambda console: console.set_password(name, new))
    desk.answer(f"The password of '{name}' is changed.", name=name)


@admin.command()
@click.argument("name")
@click.argument("role", type=ROLES)
@click.pass_obj
def role(desk: Desk, name: str, role: str) -> None:
    """Say what an account is on the server."""
    desk.run(lambda console: console.set_role(name, ServerRole(role)))
    desk.answer(f"'{name}' is {role} of the server.", name=name, role=role)


@admin.command("list")
@click.pass_obj
def list_accounts(desk: Desk) -> None:
    """Show all accounts."""
    desk.table(desk.run(_accounts))


async def _accounts(console: "Console") -> "list[AccountRow]":
    return console.accounts()


@admin.command()
@click.argument("name")
@click.option("--reason", default="", help="Why; it is kept.")
@click.pass_obj
def disable(desk: Desk, name: str, reason: str) -> None:
    """Let an account log in no longer; its connections are ended."""
    desk.run(lambda console: console.disable(name, reason))
    desk.answer(f"'{name}' cannot log in any more.", name=name)


@admin.command()
@click.argument("name")
@click.pass_obj
def enable(desk: Desk, name: str) -> None:
    """Let an account log in again."""
    desk.run(lambda console: console.enable(name))
    desk.answer(f"'{name}' can log in again.", name=name)


@admin.command()
@click.option("--uses", default=1, show_default=True, help="How many people may open an account with it.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(0, 3_650), help="How long; 0 is for ever.")
@click.option("--label", default="", help="What it is for, in your words.")
@click.pass_obj
def invite(desk: Desk, uses: int, days: int, label: str) -> None:
    """Make a code with which others can open accounts."""
    code = desk.run(lambda console: console.make_invitation(uses, days, label))
    link, remark = desk.link_to_invitation(code)
    typed = f"To be given to the server with: /register NAME PASSWORD {code}"
    desk.answer(f"{code}\n{typed}\nOr as a link: {link}{remark}", code=code, link=link)


@admin.command()
@click.argument("name")
@click.argument("label")
@click.pass_obj
def token(desk: Desk, name: str, label: str) -> None:
    """Make a token with which a program can log in as somebody."""
    secret = desk.run(lambda console: console.make_token(name, label))
    desk.answer(secret, name=name, token=secret)


@admin.command()
@click.pass_obj
def rooms(desk: Desk) -> None:
    """Show all rooms."""
    desk.table(desk.run(lambda console: console.rooms()))


@admin.command()
@click.argument("name")
@click.option("--room", default="", help="Out of this room; without it, off the server.")
@click.option("--reason", default="", help="Why; he is told, and it is kept.")
@click.pass_obj
def kick(desk: Desk, name: str, room: str, reason: str) -> None:
    """Put somebody out, who may come back."""
    desk.run(lambda console: console.kick(name, room, reason))
    desk.answer(f"'{name}' is put out of {room or 'the server'}.", name=name, room=room)


@admin.command()
@click.argument("who")
@click.option("--room", default="", help="Out of this room; without it, off the server.")
@click.option("--reason", default="", help="Why; it is told and kept.")
@click.option("--for", "duration", default="", metavar="DURATION", help="How long, such as 2h or 7d; else for ever.")
@click.pass_obj
def ban(desk: Desk, who: str, room: str, reason: str, duration: str) -> None:
    """Keep people out: a name, a pattern such as spam*, or an address."""
    seconds = read_duration(duration) if duration else None
    desk.run(lambda console: console.ban(who, room, reason, seconds))
    desk.answer(f"{who} is kept out of {room or 'the server'}.", who=who, room=room)


@admin.command()
@click.argument("who")
@click.option("--room", default="", help="Out of this room; without it, off the server.")
@click.pass_obj
def unban(desk: Desk, who: str, room: str) -> None:
    """Keep them out no longer."""
    desk.run(lambda console: console.unban(who, room))
    desk.answer(f"{who} may come into {room or 'the server'} again.", who=who, room=room)


@admin.command()
@click.option("--last", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many.")
@click.pass_obj
def audit(desk: Desk, last: int) -> None:
    """Show what moderators and administrators did."""
    desk.table(desk.run(lambda console: console.audit(last)))


@admin.command()
@click.pass_obj
def recount(desk: Desk) -> None:
    """Count what is unread from what was said, and mend what differs; exit code 1 where anything did."""
    report = desk.run(lambda console: console.recount())
    desk.report(
        report, report.differences, f"Counted {report.messages} messages in {report.rooms} rooms: all as it should be."
    )
    if report.differences:
        sys.exit(EXIT_REFUSED)


def read_duration(text: str) -> int:
    """Return the seconds that a duration stands for, or end with what can be meant."""
    try:
        seconds, taken = take_duration(text.split())
    except UnfitDurationError as unfit:
        raise click.BadParameter(str(unfit), param_hint="--for") from unfit
    if taken != len(text.split()):
        raise click.BadParameter(f"{text!r} is no duration; write one such as 2h or 7d.", param_hint="--for")
    return seconds


def read_password() -> str:
    """Ask for a password twice, or read it from standard input where nobody can be asked."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _align(rows: list[dict[str, object]]) -> list[str]:
    """Return a table with a line for the names of the columns; nothing for no rows."""
    if not rows:
        return []
    lines = [[key.upper() for key in rows[0]], *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
