"""Entering: what comes while somebody is let in is heard after it, in order, and nobody who is gone leaves a ghost."""

import socket
from typing import Final

import pytest
from structlog.testing import capture_logs

from hubbub.core.access import Access
from hubbub.core.account_requests import Register
from hubbub.core.limits import Limits
from hubbub.core.room import LOBBY, RoomKind
from hubbub.gateways.closing import Closing
from hubbub.gateways.door import ASK_AGAIN, ASK_PROOF
from hubbub.gateways.intake import SLICE_BYTES
from hubbub.service.directory_watch import GONE
from hubbub.service.scribe import RETRY_SECONDS, TRY_AGAIN
from hubbub.wire.detect import Protocol
from tests.gateways.connections import PEER, Peer, Street, street
from tests.gateways.frames.test_conversation import header
from tests.gateways.making import notice
from tests.gateways.strict import read_pairs
from tests.service.guests import text_of
from tests.service.turns import turns

SECRET: Final = "correct horse"
REGISTER: Final = f"/register ann {SECRET}\n".encode()
LOG_IN: Final = f"/login ann {SECRET}\n".encode()


async def arrive(here: Street) -> Peer:
    """Return Ann, who has opened an account at the door and is in the lobby."""
    ann = await here.connect()
    ann.send(REGISTER)
    await ann.barrier()
    return ann


async def said(here: Street) -> list[str]:
    """Return everything that was said in the lobby."""
    return [text for record in await here.node.kept() if (text := text_of(record))]


@pytest.mark.parametrize("opening", [REGISTER, LOG_IN, f"ann\n{SECRET}\n".encode()], ids=["register", "login", "name"])
async def test_what_is_typed_ahead_is_heard_in_order(opening: bytes) -> None:
    """In the same segment and in later ones: nothing is heard before it is known who says it, and nothing is lost."""
    async with street() as here:
        if opening != REGISTER:
            await arrive(here)
        ann = await here.connect()
        ann.send(opening + b"one\ntwo\n")
        await turns(3)
        ann.send(b"three\n")
        ann.send(b"/ping typed\n")
        await ann.hear(b"pong typed\n")
        assert await said(here) == ["one", "two", "three"]


async def test_much_is_typed_ahead() -> None:
    """More than is heard at a time, behind a log-in that waits for its turn."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        lines = [f"{number} ".ljust(60, "x") for number in range(3 * SLICE_BYTES // 60)]
        await ann.send_all(LOG_IN + "".join(f"{line}\n" for line in lines).encode())
        await ann.barrier()
        assert await said(here) == lines


async def test_a_refusal_is_answered_before_what_comes_next() -> None:
    """The line behind a wrong password is the next password, and the one behind the right one a message."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        ann.send(f"ann\nguess\n{SECRET}\nhello\n".encode())
        heard = await ann.barrier()
        assert heard.index(notice(ASK_PROOF)) < heard.index(notice(ASK_AGAIN)) < heard.index(b"assigned the username")
        assert await said(here) == ["hello"]


async def test_whoever_sends_all_and_ends_is_heard() -> None:
    """As `printf … | nc` does: the end of what it sends waits until it is in."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        ann.send(LOG_IN + b"hello\n")
        ann.sock.shutdown(socket.SHUT_WR)
        heard = await ann.hear_end()
        assert b"assigned the username 'ann'" in heard
        assert await said(here) == ["hello"]


@pytest.mark.parametrize("opening", [REGISTER, LOG_IN], ids=["register", "login"])
async def test_a_connection_lost_meanwhile_leaves_no_ghost(opening: bytes) -> None:
    """However far it had come: nobody is there, and whoever has the account can come in."""
    async with street() as here:
        if opening == LOG_IN:
            ann = await arrive(here)
            ann.send(b"/quit\n")
            await ann.hear_end()
        for turn in range(0, 40, 2):
            lost = await here.connect()
            lost.send(opening if opening == LOG_IN else f"/register ann{turn} {SECRET}\n".encode())
            await turns(turn)
            lost.sock.close()
            if turn % 4 and lost.connection is not None:
                # A connection that is letting somebody in does not read, and so does not see that it is lost.
                lost.connection.abort()
            await here.settle(lambda lost=lost: lost.was_closed)  # type: ignore[misc]
        ann = await here.connect()
        ann.send(opening)
        await ann.barrier()
        assert list(here.node.house.people) == [here.node.house.find_person("ann").id]  # type: ignore[union-attr]
        assert len(here.node.sessions) == 1


async def test_whoever_has_said_who_he_is_is_waited_with() -> None:
    """A busy server may look at a password for longer than one may take to say who one is: that is its own time."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        await ann.hear(b"username:\n")
        ann.send(LOG_IN)
        await here.settle(lambda: ann.connection is not None and ann.connection._pause.is_on)  # noqa: SLF001 - no byte tells
        here.node.clock.advance(here.limits.text_naming_seconds)
        await ann.hear(b"assigned the username 'ann'")
        here.node.clock.advance(here.limits.text_naming_seconds)
        await ann.barrier()
        assert len(here.node.sessions) == 2


async def test_a_wrong_password_gives_no_more_time() -> None:
    """Whoever was refused, and says nothing more, is sent away in the end."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        await ann.hear(b"username:\n")
        ann.send(b"ann\nguess\n")
        await ann.hear(notice(ASK_AGAIN))
        here.node.clock.advance(here.limits.text_naming_seconds)
        assert (await ann.hear_end()).endswith(notice(Closing.UNNAMED.sentence))


async def test_a_server_that_stops_waits_for_nobody_who_is_let_in() -> None:
    """Also where he has sent more than is heard at a time."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        await ann.hear(b"username:\n")
        await ann.send_all(LOG_IN + b"x\n" * SLICE_BYTES)
        await here.settle(lambda: ann.connection is not None and ann.connection._pause.is_on)  # noqa: SLF001 - no byte tells
        connection = ann.connection
        assert connection is not None
        connection.finish(lambda: connection.close(Closing.STOPPING))
        assert (await ann.hear_end()).endswith(notice(Closing.STOPPING.sentence))


async def test_where_nothing_can_be_stored_one_tries_again() -> None:
    """A refusal like others: the connection goes on."""
    async with street() as here:
        ann = await here.connect()
        here.store.fails = "append".__eq__
        ann.send(REGISTER)
        assert (await ann.hear(b"few seconds.\n")).endswith(notice(TRY_AGAIN.sentence))
        here.store.fails = lambda _: False
        ann.send(REGISTER)
        await ann.barrier()


async def test_what_is_typed_behind_a_log_in_or_log_out() -> None:
    """On a connection that is in: it is said by whom one is then, in the lobby, and the server goes on."""
    async with street() as here:
        await arrive(here)
        bob = await here.connect()
        await bob.arrive("bob")
        bob.send(f"/login ann {SECRET}\nas ann\n/logout\nas a guest\n/login ann\n{SECRET}\nas ann again\n".encode())
        await bob.barrier()
        kept = [record for record in await here.node.kept() if text_of(record)]
        assert [(record.event.name, text_of(record)) for record in kept] == [
            ("ann", "as ann"),
            ("ann2", "as a guest"),
            ("ann", "as ann again"),
        ]


async def test_who_knocks_and_moves_meanwhile() -> None:
    """Whoever waits to be let into the lobby and joins another room while the server tries again is in both."""
    async with street() as here:
        ann = await here.connect()
        here.store.fails = "append".__eq__
        ann.send(b"ann\n")
        await ann.hear(b"please wait.\n")
        here.store.fails = lambda _: False
        here.store.hold()
        ann.send(b"/join #tea\nhello\n/ping x\n")
        await here.settle(lambda: here.node.house.find_room(RoomKind.CHANNEL, "#tea") is not None)
        await turns(20)
        here.node.clock.advance(RETRY_SECONDS)
        here.store.release()
        await ann.hear(b"pong x\n")
        assert {room.name for room in here.node.house.find_person("ann").channels.values()} == {  # type: ignore[union-attr]
            LOBBY,
            "#tea",
        }


async def test_a_bug_while_somebody_is_let_in_is_his_alone() -> None:
    """One fault, one victim; nothing secret is logged with it."""
    async with street() as here:
        ann = await arrive(here)
        bob = await here.connect()
        here.vault.fails = _break
        with capture_logs() as logs:
            bob.send(LOG_IN)
            assert (await bob.hear_end()).endswith(notice(Closing.INTERNAL.sentence))
        assert SECRET not in repr(logs)
        await ann.barrier()


def _break(_method: str) -> bool:
    raise ZeroDivisionError


async def test_deleting_one_s_account_ends_all_connections() -> None:
    """With the reason; and the name is nobody's who comes next."""
    async with street() as here:
        ann = await arrive(here)
        again = await here.connect()
        again.send(LOG_IN)
        await again.barrier()
        ann.send(f"/unregister\n{SECRET}\n".encode())
        for one in (ann, again):
            assert (await one.hear_end()).endswith(notice(GONE))
        await here.settle(lambda: ann.was_closed and again.was_closed)
        assert here.node.house.people == {}


async def test_a_private_server_is_closed_to_guests_in_every_protocol() -> None:
    """They are told how to come in; whoever has an account does so also with an old client."""
    async with street(access=Access("registered")) as here:
        ann = await arrive(here)
        guest = await here.connect()
        guest.send(b"bob\n")
        await guest.hear(b"Log in with /login NAME, or open one with /register NAME PASSWORD\n")
        old = await here.connect(protocol=Protocol.HEADER_FRAMES)
        old.send(header("bob", f"/login ann {SECRET}", "hello"))
        await ann.hear(b"[ann] hello\n")
        old.receive()
        assert "Only people with an account may come in here." in str(read_pairs(old.received)[0])


async def test_guesses_at_the_door_are_slowed_down() -> None:
    """They cost no pace, but somebody who guesses has to wait, and is told how long."""
    async with street(Limits()) as here:
        await arrive(here)
        eve = await here.connect()
        eve.send(b"ann\n" + b"guess\n" * 6)
        await eve.hear(b"too many that were wrong. Try again in 12 seconds.\n")


async def test_what_a_transport_brings_all_the_same() -> None:
    """One that cannot stop reading at once, as inside TLS, may bring more, and the end: both wait."""
    async with street() as here:
        await arrive(here)
        ann = await here.connect()
        await ann.hear(b"username:\n")
        connection = ann.connection
        assert connection is not None
        ann.send(LOG_IN + b"one\n")
        await here.settle(lambda: connection._pause.is_on)  # noqa: SLF001 - no byte tells - no byte tells of it
        connection.receive(b"two\n")
        connection.receive(b"three\n")
        connection.eof_received()
        assert b"assigned the username 'ann'" in await ann.hear_end()
        assert await said(here) == ["one", "two", "three"]


async def test_who_moves_on_while_earlier_words_wait() -> None:
    """What is typed behind a line that waits for its turn waits behind it, and neither waits for the other for ever."""
    async with street() as here:
        ann = await here.connect()
        await ann.arrive("ann")

        async def hold(_: object) -> None:
            here.store.hold()

        here.store.on_kept = hold
        ann.send(b"/join #one\nin one\n/me waves\n/list\n")
        await here.settle(lambda: here.node.house.find_room(RoomKind.CHANNEL, "#one") is not None)
        one = await here.node.open_channel("#one")
        await here.settle(lambda: bool(one.settled.members) and one.pending == 1)
        here.store.on_kept = None
        ann.send(b"/join #two\nin two\n/ping end\n")
        await turns(20)
        here.store.release()
        await ann.hear(b"pong end\n")
        for room, texts in (("#one", ["in one", "waves"]), ("#two", ["in two"])):
            assert [text for record in await here.node.kept(room) if (text := text_of(record))] == texts


@pytest.mark.parametrize("is_there", [False, True])
async def test_what_waited_is_read_by_whoever_types_then(is_there: bool) -> None:
    """Where it is shown at once, though the conversation is not looked into; what nobody may have seen is not."""
    async with street(Limits()) as here:
        account = await here.node.accounts.open("ann", Register(SECRET), PEER)
        bob = await here.connect()
        await bob.arrive("bob")
        bob.send(b"/msg ann psst\n")
        await bob.barrier()
        for _ in range(2):
            await here.node.rooms.sweep()
        ann = await here.connect()
        ann.send(f"zoe\n/login ann {SECRET}\n".encode())
        await ann.hear(b"logged in as 'ann'")
        if is_there:
            here.node.clock.advance(1)
            await ann.barrier()
        here.node.clock.advance(1)
        ann.sock.close()
        await here.settle(lambda: account not in here.node.house.people)
        await here.node.unread.drain()
        unread = await here.node.unread.find(account)
        assert [place.room for place in unread.places] == ([] if is_there else ["@bob"])
