"""The HTTP conversation: one answer however the request comes, or when nothing more of it comes."""

from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.limits import Limits
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Depart, Intent, Reply
from hubbub.gateways.http.answering import answer_request
from hubbub.gateways.http.head import HEAD_BYTES
from hubbub.wire.detect import Protocol
from tests.fuzz.budget import QUICK
from tests.gateways.connections import street
from tests.gateways.making import make_conversation
from tests.wire.pieces import cut

GET = b"GET / HTTP/1.1\r\nHost: chat.example.org:4242\r\nCookie: a=b\r\n\r\n"
PAGE = answer_request(GET, is_encrypted=False)


def hear(*pieces: bytes) -> list[Intent]:
    """Return what comes of a request in pieces."""
    conversation = make_conversation(Protocol.HTTP)
    return [intent for piece in pieces for intent in conversation.receive_data(piece)]


@QUICK
@given(st.sampled_from([GET, GET.replace(b"\r", b""), GET + b"and more\r\n\r\n"]), st.lists(st.integers(0, len(GET))))
@example(GET, [*range(len(GET))])
def test_a_request_may_come_in_pieces(asked: bytes, places: list[int]) -> None:
    """There is one answer, the same for every cutting, and then goodbye."""
    assert hear(*cut(asked, [min(place, len(asked)) for place in places])) == [Reply(PAGE), Depart("")]


def test_a_head_that_is_too_long_is_refused() -> None:
    """No more than that is kept of anybody."""
    reply, _ = hear(*[b"GET / HTTP/1.1\r\n", *[b"A: b\r\n"] * HEAD_BYTES])
    assert isinstance(reply, Reply)
    assert reply.data.startswith(b"HTTP/1.1 431 ")


def test_half_a_head_is_answered_at_its_end() -> None:
    """Whoever ends too early can hear that; whoever was answered hears nothing more."""
    conversation = make_conversation(Protocol.HTTP)
    assert [*conversation.receive_data(GET[:-2])] == []
    reply, _ = conversation.receive_eof()
    assert isinstance(reply, Reply)
    assert reply.data.startswith(b"HTTP/1.1 400 ")
    assert conversation.receive_eof() == ()


async def test_who_is_too_slow_is_told_so() -> None:
    """A request that takes too long, or is cut short by the server's own end, has an answer as well."""
    async with street(limits=Limits(naming_seconds=10)) as here:
        slow, stopped, quick = [await here.connect(protocol=Protocol.HTTP) for _ in range(3)]
        quick.send(GET)
        assert await quick.hear_end() == PAGE
        slow.send(GET[:-2])
        assert stopped.connection is not None
        stopped.connection.close(Closing.STOPPING)
        assert (await stopped.hear_end()).startswith(b"HTTP/1.1 503 ")
        here.node.clock.advance(10)
        assert (await slow.hear_end()).startswith(b"HTTP/1.1 503 ")
