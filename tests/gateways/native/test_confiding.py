"""Confiding to native clients: they hear what is said to some of a room by the role they have, also on coming back."""

from hubbub.core.features.annotating import Deleted
from hubbub.core.features.messages import Confided, Said
from hubbub.core.kinds import Seq
from hubbub.core.roles import RoomRole
from hubbub.wire.native import AnswerMessage, DoneMessage, FromServer, RecordMessage, RefusalMessage, Resumed
from tests.gateways.connections import Street
from tests.gateways.native.clients import IDENTITY, Client, connect, events_in, place
from tests.service.members import PASSWORD


async def tea(here: Street) -> tuple[Client, Client, Client]:
    """Bob owns #tea, Ann is a moderator there, and Carol a mere member; they have heard nothing yet."""
    people = await connect(here), await connect(here), await connect(here)
    for client, name in zip(people, ("bob", "ann", "carol"), strict=True):
        await client.hello(name, password=PASSWORD, register=True, rooms=["#tea"])
        await client.settle()
    await people[0].ask("set_role", room="#tea", name="ann", role="moderator")
    for client in people:
        await client.settle()
    return people


async def say(client: Client, text: str, to: str = "member") -> str:
    """Say something in #tea, and return which message it is."""
    done = await client.ask("say", room="#tea", text=text, to=to)
    assert isinstance(done, DoneMessage)
    return done.message


async def come_back(here: Street, client: Client, name: str, seq: int) -> list[FromServer]:
    """Lose a connection, and return what another one is brought of #tea behind that record."""
    client.peer.sock.close()
    await here.settle(lambda: client.peer.was_closed)
    again = await connect(here)
    live = await here.node.open_channel("#tea")
    await again.hello(name, password=PASSWORD, since={str(live.id): seq}, server=IDENTITY)
    heard = await again.settle()
    return heard[next(place for place, one in enumerate(heard) if isinstance(one, RecordMessage)) :]


async def test_it_is_asked_for_by_a_field() -> None:
    """And is heard as an event of its own, by whoever said it too; one that names no role is not understood."""
    async with place() as here:
        bob, ann, carol = await tea(here)
        message = await say(carol, "help", "moderator")
        (event,) = events_in(await ann.settle())
        assert event == Confided(carol.id, "carol", "help", RoomRole.MODERATOR)
        assert events_in(await bob.settle()) == events_in(await carol.settle()) == [event]
        await say(ann, "yes", "owner")
        assert events_in(await carol.settle()) == []
        refused = await carol.ask("say", room="#tea", text="help", to="captain")
        assert isinstance(refused, RefusalMessage)
        found = await bob.ask("find_message", message=message)
        assert isinstance(found, AnswerMessage)


async def test_what_was_missed() -> None:
    """Each is brought what is for him, and told that this is all; of the rest, also of what is deleted, nothing."""
    async with place() as here:
        bob, ann, carol = await tea(here)
        head = (await here.node.open_channel("#tea")).settled.seq
        await say(bob, "one")
        await say(bob, "for ann", "moderator")
        gone = await say(bob, "gone", "moderator")
        await bob.ask("delete", message=gone)
        await say(ann, "for bob", "owner")
        last = Resumed((await here.node.open_channel("#tea")).id, Seq(head + 5))
        to_ann, to_carol = await come_back(here, ann, "ann", head), await come_back(here, carol, "carol", head)
        assert [type(event) for event in events_in(to_ann)] == [Said, Confided, Deleted, Confided]
        assert [type(event) for event in events_in(to_carol)] == [Said]
        assert to_ann[-1] == to_carol[-1] == last
