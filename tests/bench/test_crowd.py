"""The load: what it counts, and what it refuses to count."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.contenders import the_floor
from bench.conversations import Conversation, hold
from bench.crowd import Crowd, LoadError, Member
from bench.listeners import Latencies, Watch, timed_text


def cut(whole: bytes, places: list[int]) -> list[bytes]:
    """Cut at these places, wherever they are."""
    edges = [0, *sorted(place % (len(whole) + 1) for place in places), len(whole)]
    return [whole[start:end] for start, end in pairwise(edges)]


@given(st.integers(0, 5), st.lists(st.integers(0, 1_000)))
def test_every_timed_text_gives_one_latency_however_it_is_cut(count: int, places: list[int]) -> None:
    """The network may cut a line anywhere; its time is read once, and lies in the past."""
    latencies = Latencies()
    listener = latencies.listen()
    for chunk in cut(b"".join(b"[12:00:01] [ann] %s\n" % timed_text() for _ in range(count)), places):
        listener(chunk)
    assert len(latencies.nanoseconds) == count
    assert all(nanoseconds >= 0 for nanoseconds in latencies.nanoseconds)


@given(st.binary(max_size=40), st.lists(st.integers(0, 1_000)))
def test_a_token_is_seen_however_it_is_cut(noise: bytes, places: list[int]) -> None:
    """The watch ends with the token, neither without it nor later."""
    member = Member("ann")
    watch = Watch(b"reached-1", [member])
    for chunk in cut(noise.replace(b"-", b"") + b"reached-", places):
        assert member.listener is not None
        member.listener(chunk)
    assert not watch.is_complete()
    assert member.listener is not None
    member.listener(b"1\n")
    assert watch.is_complete()
    member.socket.close()


def test_a_conversation_ends_when_all_of_it_is_delivered(tmp_path: Path) -> None:
    """With any number in flight, all messages reach all others, and the count says so."""
    with the_floor().launch(tmp_path, "test").started(announces=False) as server, Crowd(server.address) as crowd:
        people = crowd.admit(5, at_once=5)
        before = crowd.lines_received
        hold(crowd, [talk(crowd, people, messages=101, in_flight=7)])
        assert crowd.lines_received - before == 101 * 4


def test_a_figure_is_refused_when_something_else_arrived_meanwhile(tmp_path: Path) -> None:
    """Lines are counted, not read: with a stranger's line among them the count would end too early."""
    with the_floor().launch(tmp_path, "test").started(announces=False) as server, Crowd(server.address) as crowd:
        people = crowd.admit(3, at_once=3)
        crowd.send(people[0], b"something else\n")
        with pytest.raises(LoadError, match="bytes arrived"):
            hold(crowd, [talk(crowd, people, messages=10, in_flight=1)])


def test_a_client_that_is_thrown_out_is_an_error_that_names_it(tmp_path: Path) -> None:
    """A run does not wait for those who have gone."""
    with the_floor().launch(tmp_path, "test").started(announces=False) as server:
        crowd = Crowd(server.address)
        (ann,) = crowd.admit(1, at_once=1)
    with crowd, pytest.raises(LoadError, match=ann.name):
        crowd.barrier([ann])


def talk(crowd: Crowd, people: list[Member], *, messages: int, in_flight: int) -> Conversation:
    """Let all of them speak in turn."""
    return Conversation(
        crowd, people, people, messages=messages, in_flight=in_flight, heard=lambda: crowd.lines_received
    )
