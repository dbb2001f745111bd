"""Things as the tests write them."""

from datetime import UTC, datetime

from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.wire.transfer.things import Gone, Header, MessageThing, Person, RoomThing, TopicThing, Version, to_time

NOON_MS = 1_764_072_000_000
"""Tuesday, 2025-11-25, at 12:00 UTC."""

HEADER = Header(1, "hubbub:test", made=datetime(2026, 11, 25, tzinfo=UTC))
ROOM = RoomThing("5", "#tea", topic=TopicThing("Tea, and <cake>"))


def said(number: int, text: str, **more: object) -> MessageThing:
    """Return a message by ann, a second after the one before it."""
    return replace(MessageThing(str(number), to_time(NOON_MS + number * 1_000), "ann", text=text), **more)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
PEOPLE = st.builds(Person, name=TEXTS, id=TEXTS)
TIMES = st.integers(0, 4_000_000_000_000).map(to_time)
MESSAGES = st.builds(
    MessageThing,
    id=TEXTS,
    time=TIMES,
    name=TEXTS,
    author=TEXTS,
    text=TEXTS,
    manner=st.sampled_from(["text", "action", "notice"]),
    reply_to=TEXTS,
    thread=TEXTS,
    edited=st.none() | TIMES,
    versions=st.lists(st.builds(Version, text=TEXTS, time=TIMES), max_size=2).map(tuple),
    deleted=st.none() | st.builds(Gone, by=st.none() | PEOPLE, reason=TEXTS),
    reactions=st.dictionaries(TEXTS, st.lists(PEOPLE, max_size=2).map(tuple), max_size=2),
    is_pinned=st.booleans(),
)
