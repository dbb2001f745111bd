"""Conversations with guests who have left: found by the name that they had, as long as nobody else has it."""

from hubbub.core.attention_answers import Marked, MarkFound
from hubbub.core.attention_requests import FindMark, MarkRead
from hubbub.core.features.accounts import CloseAccount
from hubbub.core.features.messages import Tell
from hubbub.core.kinds import Refusal, Seq
from hubbub.core.message_answers import History
from hubbub.core.queries import FindExport, FindHistory
from tests.service.guests import Guest, text_of
from tests.service.members import register, sign_up
from tests.service.node import Node


async def texts(guest: Guest, room: str) -> list[str] | str:
    """Return what was said there, or why that is not told."""
    answer = await guest.ask(FindHistory(room, 9))
    if isinstance(answer, Refusal):
        return answer.code
    assert isinstance(answer, History)
    return [answer.room, *map(text_of, answer.records)]


async def leave(node: Node, guest: Guest) -> None:
    """Let somebody go."""
    guest.leave()
    await node.settle()


async def test_the_last_guest_of_that_name_is_meant(node: Node) -> None:
    """However it is written, once he has said something, and nothing of it is there for anybody else."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for number in ("one", "two"):
        zoe = Guest(node, "Zoe")
        await zoe.ask(Tell(("ann",), number))
        await ann.ask(Tell(("zoe",), f"not {number}"))
        await leave(node, zoe)
    silent = Guest(node, "zoe")
    await ann.ask(Tell(("zoe",), "who are you?"))
    await leave(node, silent)
    assert await texts(ann, "@ZOE") == ["@Zoe", "two", "not two"]
    assert not isinstance(await ann.ask(FindExport("@zoe")), Refusal)
    assert await texts(bob, "@zoe") == "unknown_person"
    assert await texts(ann, "@max") == "unknown_person"


async def test_a_name_is_his_who_has_it(node: Node) -> None:
    """A guest who comes under the name of another one gets nothing of his, nor does an account."""
    ann, zoe = Guest(node, "ann"), Guest(node, "zoe")
    await zoe.ask(Tell(("ann",), "one"))
    await leave(node, zoe)
    next_one = Guest(node, "zoe")
    assert await texts(ann, "@zoe") == ["@zoe"]
    assert await texts(next_one, "@ann") == ["@ann"]
    await register(next_one)
    await leave(node, next_one)
    assert await texts(ann, "@zoe") == ["@zoe"]


async def test_a_name_that_was_deleted_is_found_no_more(node: Node) -> None:
    """Nobody is to know what he was called."""
    ann, zoe = Guest(node, "ann"), await sign_up(node, "zoe")
    await zoe.ask(Tell(("ann",), "one"))
    await node.requests.perform(zoe.session, CloseAccount())
    await node.settle()
    assert await texts(ann, "@zoe") == "unknown_person"


async def test_it_is_marked_as_read(node: Node) -> None:
    """By the same name."""
    ann, zoe = await sign_up(node, "ann"), Guest(node, "zoe")
    await zoe.ask(Tell(("ann",), "one"))
    await leave(node, zoe)
    assert await ann.ask(MarkRead("@zoe")) == Marked("@zoe", Seq(0), Seq(1))
    found = await ann.ask(FindMark("@zoe"))
    assert isinstance(found, MarkFound)
    assert found.seq == 1
