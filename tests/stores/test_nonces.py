"""Nonces in a store: what was said with one is known for a while, after a restart too."""

from hubbub.core.features.messages import Announced, Said
from hubbub.core.kinds import PersonId, Seq
from hubbub.core.room import RoomKind
from hubbub.service.ports import Draft, SentMessage, Store
from tests.stores.conftest import OpenStore

ANN = PersonId("ann")
BOB = PersonId("bob")
BEFORE, NOW = 1_000, 2_000


async def test_what_was_sent_with_a_nonce_is_known(store: Store, open_store: OpenStore) -> None:
    """The newest first, as many as are wanted, and nothing that had none."""
    room = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    await store.append([Draft(room, Said(ANN, "ann", "old", nonce="0"))], BEFORE)
    await store.append([Draft(room, Said(ANN, "ann", "plain")), Draft(room, Said(BOB, "bob", "new", nonce="0"))], NOW)
    await store.append([Draft(room, Announced(ANN, "ann", "all", "1"))], NOW + 1)
    store = await open_store()
    news = [SentMessage(room, Seq(4), ANN, "1"), SentMessage(room, Seq(3), BOB, "0")]
    assert await store.load_sent(BEFORE, 10) == [*news, SentMessage(room, Seq(1), ANN, "0")]
    assert await store.load_sent(BEFORE + 1, 10) == news
    assert await store.load_sent(0, 1) == news[:1]
    await store.forget_sent(NOW)
    assert await store.load_sent(0, 10) == news
    assert [record.seq for record in await store.load_records(room, Seq(0), 10)] == [1, 2, 3, 4]


async def test_a_nonce_is_known_by_its_first_message(store: Store) -> None:
    """Two nodes may have kept it, each not knowing of the other."""
    room = (await store.open_room(RoomKind.CHANNEL, "#tea", "#tea")).id
    for time_ms in (BEFORE, NOW):
        await store.append([Draft(room, Said(ANN, "ann", "hi", nonce="0"))], time_ms)
    assert Seq(1) in {sent.seq for sent in await store.load_sent(0, 10)}
