"""Accounts: opened by `hubbub.client`, for those of a load who have to be somebody."""

from bench.crowd import Address, LoadError
from hubbub.client import ClientError, Endpoint, Refused, connect
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken


async def make_token(address: Address, name: str) -> str:
    """Open an account that is in the lobby, and return a token of it, which is quicker proved than a password."""
    try:
        async with connect(str(Endpoint(*address)), name=name, password="correct horse", register=True) as hub:  # noqa: S106 - it protects what a measurement makes
            made = await hub.ask(MakeToken("bench"))
    except (ClientError, Refused, OSError) as error:
        raise LoadError(f"{name} has no account: {error}") from error
    if not isinstance(made, TokenMade):
        raise LoadError(f"{name} has no token, but {made}")
    return made.secret
