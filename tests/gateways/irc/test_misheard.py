"""What is said of a line that cannot be read: standard replies name its command only where that can be seen."""

import pytest

from tests.gateways.irc.clients import SERVER, network


@pytest.mark.parametrize(
    ("line", "command", "code"),
    [
        (b"\0", "*", "INVALID_BYTE"),
        (b"PRIV\0MSG bob :hi", "*", "INVALID_BYTE"),
        (b"PRIV\rMSG bob :hi", "*", "INVALID_BYTE"),
        (b"PRIVMSG bob :h\0i", "PRIVMSG", "INVALID_BYTE"),
        (b"PRIV\xffMSG bob :hi", "*", "INVALID_UTF8"),
        (b"PRIVMSG bob :h\xffi", "PRIVMSG", "INVALID_UTF8"),
    ],
)
async def test_the_command_of_a_line_with_wrong_bytes(line: bytes, command: str, code: str) -> None:
    """standard-replies: the command is that which the reply is about, or `*`: none that nobody has sent."""
    async with network() as place:
        ann = await place.arrive("ann", "standard-replies")
        ann.peer.send(line + b"\r\n")
        [told] = await ann.settle()
        assert told.startswith(f":{SERVER} FAIL {command} {code} :")
