"""`hubbub login`: be who has an account, in every later command."""

import socket
import sys
from typing import TYPE_CHECKING, Final

import click
import msgspec

from hubbub.cli import remembered
from hubbub.cli.reaching import Choice, choose, enter, run
from hubbub.cli.tokens import keep_token

if TYPE_CHECKING:
    from hubbub.client import Hub
    from hubbub.client.trust import Trust

_EXAMPLES: Final = """\b
Examples:
  hubbub login --name ann
  hubbub login hubbubs://chat.example --name ann
  hubbub login chat.example --name ann --register --code GMBK-WT3Q
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("server", required=False)
@click.option("--name", metavar="NAME", help="Whose account it is; else your login name.")
@click.option("--register", is_flag=True, help="Open the account.")
@click.option("--code", default="", help="With --register: your invitation, where one is needed.")
def login(*, server: str | None, name: str | None, register: bool, code: str) -> None:
    """Log in on SERVER, and remember it: later commands are yours, and go there unless told otherwise.

    The password is asked for, or read from standard input, and not kept: what is kept is a token that `hubbub logout`
    takes back, in your keyring where the Python library `keyring` is installed, else in a file that only you can read.
    """
    choice = choose(server, name)
    password = _read_password(confirm=register)
    run(_login(choice, password, register=register, code=code))


async def _login(choice: Choice, password: str, *, register: bool, code: str) -> None:
    from hubbub.client import connect
    from hubbub.core.account_answers import TokenMade
    from hubbub.core.account_requests import MakeToken

    def make(name: str, trust: "Trust") -> "Hub":
        return connect(choice.endpoint, name=name, password=password, register=register, code=code, rooms=(), tls=trust)

    as_chosen = msgspec.structs.replace(choice, is_name_chosen=True)
    hub = await enter(as_chosen, make)
    try:
        made = await hub.ask(MakeToken(f"hubbub on {socket.gethostname()}"[:60]))
        name = hub.name
    finally:
        await hub.close()
    if not isinstance(made, TokenMade):
        raise TypeError(made)
    known = remembered.load()
    server = msgspec.structs.replace(known.find(choice.endpoint), name=name, token_id=made.id)
    known = known.having(choice.endpoint, keep_token(choice.endpoint, server, made.secret))
    remembered.save(msgspec.structs.replace(known, default=choice.endpoint))
    click.echo(f"You are {name} on {choice.endpoint}.")


def _read_password(*, confirm: bool) -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=confirm))
    return sys.stdin.readline().rstrip("\r\n")
