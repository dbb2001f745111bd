"""Finding: everybody finds what was said in his own rooms and conversations, and nothing else."""

import pytest

from hubbub.core.account_requests import DeleteAccount
from hubbub.core.directory import DELETED
from hubbub.core.features.annotating import Delete, Edit, PinMessage
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.renaming import Rename
from hubbub.core.features.settings import ChangeSettings
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Found
from hubbub.core.notes import LastMessage
from hubbub.core.queries import FindMessages
from hubbub.core.room import LOBBY
from hubbub.core.room_settings import Change
from hubbub.service.searching import SEARCH_LIMIT
from tests.service.guests import Guest, text_of
from tests.service.members import PASSWORD, log_in, sign_up
from tests.service.node import Node


async def search(guest: Guest, text: str, limit: int = 50, cursor: str = "") -> Found:
    """Ask, and be answered with what was found."""
    answer = await guest.ask(FindMessages(text, limit, cursor=cursor))
    assert isinstance(answer, Found), answer
    return answer


async def find(guest: Guest, text: str) -> list[str]:
    """Return what somebody finds, each with its room, in the order of the alphabet."""
    found = await search(guest, text)
    assert found.is_complete
    return sorted(f"{hit.room} {text_of(hit.record)}" for hit in found.hits)


async def refused(guest: Guest, text: str, cursor: str = "") -> tuple[str, str]:
    """Return with which code and sentence a search was refused."""
    answer = await guest.ask(FindMessages(text, 50, cursor=cursor))
    assert isinstance(answer, Refusal), answer
    return answer.code, answer.sentence


async def people(node: Node, *names: str) -> list[Guest]:
    """Let these come into the lobby."""
    guests = [Guest(node, name) for name in names]
    for guest in guests:
        await guest.ask(Join(LOBBY))
    return guests


async def test_what_was_said_is_found_with_what_was_looked_for(node: Node) -> None:
    """The very moment it was acknowledged."""
    ann, bob = await people(node, "ann", "bob")
    await ann.ask(Say(LOBBY, "Hot tea, or steam?"))
    found = await search(bob, "tea")
    assert found.text == "tea"
    (hit,) = found.hits
    assert hit.room == LOBBY
    assert [text_of(hit.record)[begin:end] for begin, end in hit.spans] == ["tea", "tea"]
    assert hit.record == (await node.kept())[-1]


async def test_only_one_s_own_rooms_are_searched(node: Node) -> None:
    """Those one is in, and the conversations that are one's own."""
    ann, bob, carol = await people(node, "ann", "bob", "carol")
    await ann.ask(Join("#tea"))
    await ann.ask(Say("#tea", "green cup"))
    await ann.ask(Tell(("bob",), "secret cup"))
    await bob.ask(Tell(("ann",), "answered cup"))
    await ann.ask(Tell(("ann",), "own cup"))
    await ann.ask(Broadcast("announced cup"))
    await ann.ask(Say(LOBBY, "public cup"))
    assert await find(carol, "cup") == [f"{LOBBY} public cup"]
    assert await find(bob, "cup") == [f"{LOBBY} public cup", "@ann answered cup", "@ann secret cup"]
    own = [f"{LOBBY} public cup", "#tea green cup", "@ann own cup", "@bob answered cup", "@bob secret cup"]
    assert await find(ann, "cup") == own
    await ann.ask(Leave("#tea"))
    assert "#tea green cup" not in await find(ann, "cup")
    assert (await refused(ann, "cup in:#tea"))[0] in {"not_a_member", "no_such_room"}


async def test_a_room_can_be_named(node: Node) -> None:
    """A channel, or the conversation with somebody; any of several."""
    ann, bob, _ = await people(node, "ann", "bob", "carol")
    for room in ("#tea", "#milk"):
        await ann.ask(Join(room))
        await ann.ask(Say(room, f"{room} cup"))
    await ann.ask(Tell(("bob",), "secret cup"))
    assert await find(ann, "cup in:#tea") == ["#tea #tea cup"]
    assert await find(ann, "cup in:tea") == ["#tea #tea cup"]
    assert await find(ann, "cup in:@bob") == await find(ann, "cup in:BOB") == ["@bob secret cup"]
    assert await find(bob, "cup in:@ann") == ["@ann secret cup"]
    assert await find(ann, "cup in:#tea in:@bob") == ["#tea #tea cup", "@bob secret cup"]
    assert await find(ann, "cup in:carol") == []
    assert await refused(ann, "in:@zoe cup") == ("unknown_person", "User 'zoe' not found.")
    assert (await refused(ann, "in:#beer cup"))[0] == "no_such_room"
    assert (await refused(bob, "in:#tea cup"))[0] == "not_a_member"


async def test_a_room_that_hides_its_past_hides_it_from_a_search(node: Node) -> None:
    """From whoever came later; and a private room hides that it is there."""
    ann = await sign_up(node, "ann")
    await ann.ask(Join("#tea"))
    await ann.ask(Say("#tea", "old cup"))
    await ann.ask(ChangeSettings("#tea", Change(history="joined")))
    (bob,) = await people(node, "bob")
    await bob.ask(Join("#tea"))
    await ann.ask(Say("#tea", "new cup"))
    assert await find(bob, "cup") == ["#tea new cup"]
    assert await find(ann, "cup") == ["#tea new cup", "#tea old cup"]
    await ann.ask(ChangeSettings("#tea", Change(access="private")))
    (carol,) = await people(node, "carol")
    assert (await refused(carol, "cup in:#tea"))[0] == "no_such_room"


async def test_it_is_found_by_who_said_it(node: Node) -> None:
    """Whatever he was called then, here or not; and of those who are gone, by what they were called."""
    ann, bob, carol = await people(node, "ann", "bob", "carol")
    await ann.ask(Say(LOBBY, "cup of ann"))
    await bob.ask(Say(LOBBY, "cup of bob"))
    await ann.ask(Rename("anna"))
    await ann.ask(Say(LOBBY, "cup of anna"))
    both = [f"{LOBBY} cup of ann", f"{LOBBY} cup of anna"]
    assert await find(carol, "from:anna") == await find(carol, "cup from:@ANNA") == both
    assert await find(ann, "from:me") == both
    assert await find(carol, "from:ann") == [f"{LOBBY} cup of ann"], "nobody is called so now"
    assert await find(carol, "from:anna from:bob ann") == both
    bob.leave()
    await node.settle()
    assert await find(carol, "from:bob cup") == [f"{LOBBY} cup of bob"]
    assert await find(carol, "from:zoe") == []
    assert (await refused(carol, "from:#tea"))[0] == "unknown_person"
    assert await refused(carol, "from:") == ("bad_query", "Write who has said it right behind from: as in from:ann")


async def test_somebody_with_an_account_is_found_when_he_is_away(node: Node) -> None:
    """By his name; once his account is deleted, by none, and what he said is nobody's."""
    ann = await sign_up(node, "ann")
    await ann.ask(Join(LOBBY))
    (bob,) = await people(node, "bob")
    await ann.ask(Say(LOBBY, "cup of tea"))
    await ann.ask(Tell(("bob",), "secret cup"))
    assert await find(bob, "cup from:ann") == [f"{LOBBY} cup of tea", "@ann secret cup"]
    ann.leave()
    await node.settle()
    assert await find(bob, "cup from:ann") == [f"{LOBBY} cup of tea", "@ann secret cup"]
    again = await log_in(node, "ann")
    again.send(DeleteAccount(PASSWORD))
    await node.answer_all()
    assert await find(bob, "cup from:ann") == []
    found = await search(bob, "cup")
    assert [hit.record.event.name for hit in found.hits] == [DELETED, DELETED]
    assert sorted(hit.room for hit in found.hits) == sorted([LOBBY, DELETED])


async def test_whoever_is_blocked_is_not_found(node: Node) -> None:
    """As long as he is."""
    ann, bob = await people(node, "ann", "bob")
    await bob.ask(Say(LOBBY, "cup of bob"))
    await ann.ask(Block(("bob",), seconds=60))
    assert await find(ann, "cup") == []
    node.clock.advance(61)
    assert await find(ann, "cup") == [f"{LOBBY} cup of bob"]
    await ann.ask(Block(("bob",)))
    assert await find(ann, "cup from:bob") == []
    await ann.ask(Say(LOBBY, "cup of ann"))
    await bob.ask(Say(LOBBY, "last cup"))
    found = await search(ann, "cup", limit=1)
    assert [text_of(hit.record) for hit in found.hits] == ["cup of ann"], "a page is not short for those not heard"
    await ann.ask(Unblock(("bob",)))
    assert len(await find(ann, "cup")) == 3


async def test_what_was_edited_or_deleted_is_found_as_it_is(node: Node) -> None:
    """Never as it was."""
    ann, bob = await people(node, "ann", "bob")
    await ann.ask(Say(LOBBY, "green tea"))
    await ann.ask(Edit(LastMessage(LOBBY, "mine"), "black coffee"))
    assert await find(bob, "green") == []
    assert await find(bob, "coffee") == [f"{LOBBY} black coffee"]
    await ann.ask(Delete(LastMessage(LOBBY, "mine")))
    assert await find(bob, "coffee") == await find(bob, "from:ann") == []


async def test_pinned_messages_can_be_looked_for(node: Node) -> None:
    """In all rooms, as long as they are pinned."""
    ann = await sign_up(node, "ann")
    await ann.ask(Join("#tea"))
    for text in ("first cup", "second cup"):
        await ann.ask(Say("#tea", text))
        if text == "first cup":
            await ann.ask(PinMessage(LastMessage("#tea")))
    assert await find(ann, "is:pinned") == await find(ann, "cup is:pinned") == ["#tea first cup"]
    assert await find(ann, "second is:pinned") == []
    assert await find(ann, "has:file") == []


async def test_pages_follow_each_other(node: Node) -> None:
    """As long as there is more; a page has so many hits at most, and so many bytes, but one hit at least."""
    (ann,) = await people(node, "ann")
    for number in range(SEARCH_LIMIT + 5):
        await ann.ask(Say(LOBBY, f"cup {number}"))
    first = await search(ann, "cup", limit=1_000)
    assert len(first.hits) == SEARCH_LIMIT
    second = await search(ann, "cup", cursor=first.cursor)
    assert [text_of(hit.record) for hit in second.hits] == [f"cup {number}" for number in range(4, -1, -1)]
    assert not second.cursor
    assert len((await search(ann, "cup", limit=-1)).hits) == 1
    assert (await refused(ann, "cup", cursor="nonsense"))[0] == "bad_query"


async def test_long_texts_make_short_pages(node: Node) -> None:
    """Whoever reads them gets the others on the next pages."""
    (ann,) = await people(node, "ann")
    for number in range(40):
        await ann.ask(Say(LOBBY, f"cup {number} {'x' * 12_000}"))
    found, cursor, pages = 0, "", 0
    while cursor or not pages:
        page = await search(ann, "cup", cursor=cursor)
        found, cursor, pages = found + len(page.hits), page.cursor, pages + 1
    assert found == 40
    assert pages > 1


@pytest.mark.parametrize("text", ['"tea', "!?", "", "a " * 10_000, "before:never"])
async def test_what_cannot_be_understood_is_refused(node: Node, text: str) -> None:
    """With a sentence."""
    (ann,) = await people(node, "ann")
    code, sentence = await refused(ann, text)
    assert code == "bad_query"
    assert len(sentence) > 20
