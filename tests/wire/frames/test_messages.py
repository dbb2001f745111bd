"""Messages: what a layer below carries whole, put before a conversation of frames, and sent back a line each."""

from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.errors import BadUtf8, FrameTooLong, WireError
from hubbub.wire.frames.messages import MessageReader, encase_message, encode_messages


@given(st.lists(st.text(max_size=50)), st.data())
def test_any_messages_in_any_pieces(texts: list[str], data: st.DataObject) -> None:
    """Each comes out as it went in, with every line end that is in it."""
    stream = b"".join(encase_message(text.encode()) for text in texts)
    reader, read = MessageReader(1_000), list[str | WireError]()
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        read += reader.receive_data(stream[:size])
        stream = stream[size:]
    assert read == texts


def test_one_bad_message_spoils_no_other() -> None:
    """One that is too long, or in another encoding."""
    messages = (b"one", b"x" * 11, b"\xff", b"two")
    read = MessageReader(10).receive_data(b"".join(map(encase_message, messages)))
    assert [type(text) for text in read] == [str, FrameTooLong, BadUtf8, str]


def test_every_line_begins_with_who_said_it() -> None:
    """So nobody can write lines in another one's name; a long one stays whole."""
    assert encode_messages("ann", "hi\nbob: I give up\n") == b"ann: hi\nann: bob: I give up\n"
    assert encode_messages("ann", "x" * 100_000) == b"ann: " + b"x" * 100_000 + b"\n"
    assert encode_messages("ann", "\n") == b""
