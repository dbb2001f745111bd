"""Standard replies: the examples of the specification, and whatever a client sent within them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.irc.message import parse_message
from hubbub.wire.irc.standard_replies import NO_COMMAND, ReplyKind, encode_reply
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("line", "encoded"),
    [
        (
            encode_reply(
                ReplyKind.FAIL, "BOX", "BOXES_INVALID", "STACK", "CLOCKWISE", text="Not supported", source="irc"
            ),
            b":irc FAIL BOX BOXES_INVALID STACK CLOCKWISE :Not supported\r\n",
        ),
        (
            encode_reply(ReplyKind.WARN, "REHASH", "CERTS_EXPIRED", text="Expired", source="irc"),
            b":irc WARN REHASH CERTS_EXPIRED :Expired\r\n",
        ),
        (
            encode_reply(ReplyKind.NOTE, NO_COMMAND, "OPER_MESSAGE", text="Hi", source="irc", tags={"label": "1"}),
            b"@label=1 :irc NOTE * OPER_MESSAGE :Hi\r\n",
        ),
    ],
)
def test_replies_are_written_as_specified(line: bytes, encoded: bytes) -> None:
    """IRCv3 standard-replies, Examples."""
    assert line == encoded


@pytest.mark.parametrize("code", ["", "no such code", "lower", ":X", "1X"])
def test_a_code_is_for_programs(code: str) -> None:
    """A word in capitals; anything else is our own mistake."""
    with pytest.raises(ValueError, match=r"\A"):
        encode_reply(ReplyKind.FAIL, "X", code, text="", source="irc")


@QUICK
@given(st.text(st.sampled_from("a: \r\n\0ü"), max_size=4), st.text(st.sampled_from("a: \r\n\0ü"), max_size=4))
def test_what_a_client_sent_breaks_no_reply(command: str, context: str) -> None:
    """It is told as it is, or as an asterisk."""
    line = encode_reply(ReplyKind.FAIL, command, "CODE", context, text="No", source="irc")
    told_command, code, told_context, text = parse_message(line[:-2].decode()).params
    assert told_command in {command, NO_COMMAND}
    assert told_context in {context, NO_COMMAND}
    assert (code, text) == ("CODE", "No")
