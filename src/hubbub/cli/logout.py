"""`hubbub logout`: be a guest again."""

import sys
from typing import Final

import click
import msgspec

from hubbub.cli import remembered
from hubbub.cli.reaching import EXIT_REFUSED, Choice, choose, reaching, run
from hubbub.cli.telling import tell
from hubbub.cli.tokens import drop_token
from hubbub.core.kinds import Refused

_EXAMPLES: Final = """\b
Examples:
  hubbub logout
  hubbub logout hubbubs://chat.example
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("server", required=False)
def logout(*, server: str | None) -> None:
    """Let the token that `hubbub login` has made be worth nothing any more, here and on the server."""
    choice = choose(server, None)
    if not choice.known.is_logged_in:
        tell(f"You are not logged in on {choice.endpoint}.")
        sys.exit(EXIT_REFUSED)
    run(_logout(choice))


async def _logout(choice: Choice) -> None:
    from hubbub.core.account_requests import RevokeToken

    try:
        async with reaching(choice) as hub:
            await hub.ask(RevokeToken(choice.known.token_id))
    except Refused:
        # It is worth nothing there already.
        pass
    drop_token(choice.endpoint, choice.known)
    known = remembered.load()
    kept = remembered.KnownServer(fingerprint=choice.known.fingerprint)
    known = known.having(choice.endpoint, kept) if kept.fingerprint else known.without(choice.endpoint)
    remembered.save(msgspec.structs.replace(known))
    click.echo(f"You are logged out on {choice.endpoint}.")
