"""Tokens: kept in the keyring of the desktop where there is one, else in the file that only its owner reads."""

import importlib
import importlib.util
from typing import Any, Final

from hubbub.cli.remembered import KnownServer

SERVICE: Final = "hubbub"
"""Under which name the keyring keeps them."""


def keep_token(endpoint: str, server: KnownServer, token: str) -> KnownServer:
    """Keep a token of an account; return what is to be remembered of the server."""
    from msgspec.structs import replace

    is_in_keyring = _keep_in_keyring(endpoint, token)
    return replace(server, token="" if is_in_keyring else token, is_in_keyring=is_in_keyring)


def find_token(endpoint: str, server: KnownServer) -> str:
    """Return the token; empty where there is none, or where the keyring does not give it away."""
    if not server.is_in_keyring:
        return server.token
    keyring = _keyring()
    return str(keyring.get_password(SERVICE, endpoint) or "") if keyring is not None else ""


def drop_token(endpoint: str, server: KnownServer) -> None:
    """Keep it no longer."""
    if server.is_in_keyring and (keyring := _keyring()) is not None:
        try:
            keyring.delete_password(SERVICE, endpoint)
        except Exception:  # noqa: BLE001 - whatever a desktop's own store raises: it is worth nothing without the account
            return


def _keep_in_keyring(endpoint: str, token: str) -> bool:
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, endpoint, token)
    except Exception:  # noqa: BLE001 - there may be no desktop, or one that is locked; then the file has to do
        return False
    return True


def _keyring() -> Any:  # noqa: ANN401 - the library is not there everywhere, and has no types where it is not
    """Return the library `keyring`, if it is installed: https://keyring.readthedocs.io/."""
    return importlib.import_module("keyring") if importlib.util.find_spec("keyring") is not None else None
