"""Hints: what helps somebody on where nothing was said yet. Pure."""

from typing import Final

from hubbub.tui.buffers import Buffer

NOWHERE: Final = (
    "You are on no server. /connect HOST goes to one, and /connect HOST NAME as whoever you want to be there.\n"
    "/servers shows which you know."
)
"""Where there is no place at all."""

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""What this computer is called by itself."""

_SERVER: Final = (
    "Here stands what the server says, and what is said to everyone.\n"
    "/rooms shows which rooms there are, and /join #tea goes into one, or makes it."
)

_CHANNEL: Final = (
    "Nothing was said here yet. Write the first message below.\n"
    "/invite NAME asks somebody in; /topic says what it is about; /help shows what else can be done."
)

_GROUP: Final = "Nothing was said here yet. Write the first message below.\n/add NAME takes somebody else in."


_UNREACHED: Final = (
    "There is no connection; it is tried again and again.\n"
    "/connect HOST goes to another server.\n"
    "/disconnect gives this one up."
)

HERE: Final = "hubbub serve, in another window, starts one here."
"""How to have a server on this computer."""


def about(buffer: Buffer, host: str, *, is_online: bool) -> str:
    """Return it for a place on the server of a host, in one sentence or more a line."""
    if buffer.kind == "server" and not is_online:
        return f"{_UNREACHED}\n{HERE}" if host in LOOPBACK else _UNREACHED
    match buffer.kind:
        case "direct":
            name = buffer.name.removeprefix("@")
            return f"You and {name} have not written to each other yet. Say hello below."
        case "server":
            return _SERVER
        case _:
            return _GROUP if buffer.is_group else _CHANNEL
