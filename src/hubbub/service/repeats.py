"""Repeats: what a client sends again, because it cannot know whether it arrived, is said once and answered alike."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.core.answers import Answer
from hubbub.core.catalog import SPOKEN_EVENTS, AnyCommand, AnyEvent, Record
from hubbub.core.conversations import called_now, partner
from hubbub.core.features.annotating import Reply
from hubbub.core.features.hooks import Post
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.message_answers import Done, Outcome, Told
from hubbub.core.room import Room
from hubbub.service.ports import Clock, Store
from hubbub.service.recent import Recent

Answered = Callable[[Answer | Exception], None]
"""Called once, on the loop: with the answer, or with what went wrong if that was a bug."""

REMEMBERED: Final = 20_000
"""Most sendings whose answers are remembered: 200 clients with an outbox of 100 each, about 8 MB, and 28 MB at most."""

LONG_BYTES: Final = 1_000
"""What a short answer costs at most; long is what tells much again, or what became of it for each of many."""

OUTCOME_BYTES: Final = 200
"""What one outcome costs besides its texts: an object, and the strings that it holds."""

LONG_REMEMBERED: Final = 200
"""Most long answers that are remembered: with a text of 16 KiB and 256 names, some 80 kB each, 16 MB."""

REMEMBERED_SECONDS: Final = 3_600.0
"""How long: a client that comes back later has been told by its room's records what arrived."""

NONCED: Final = (Say, Tell, Broadcast, Reply, Post)
"""What can be sent twice."""


def nonce_of(command: AnyCommand) -> str:
    """Return what its client calls what it sends; empty where it does not say."""
    return command.nonce if isinstance(command, NONCED) else ""


class _Sending:
    """Something that was sent with a nonce."""

    __slots__ = ("answer", "waiting")

    def __init__(self) -> None:
        self.answer: Answer | None = None
        """What came of it; None before that is known."""
        self.waiting: list[Answered] = []
        """Who sent it again meanwhile."""


class Repeats:
    """Knows what was sent lately."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self._sendings: Recent[tuple[PersonId, str], _Sending] = Recent(REMEMBERED, REMEMBERED_SECONDS)
        self._long: Recent[tuple[PersonId, str], _Sending] = Recent(LONG_REMEMBERED, REMEMBERED_SECONDS)
        """Those whose answers are long. Whoever makes many has only others like them forgotten."""
        self._before: dict[tuple[RoomId, PersonId, str], Seq] = {}
        """What was said not long before this start."""

    async def open(self, store: Store) -> None:
        """Learn what was said not long ago. Raises `StoreUnavailable`."""
        for sent in await store.load_sent(self._since_ms(), REMEMBERED):
            self._before[sent.room, sent.author, sent.nonce] = sent.seq

    async def tidy(self, store: Store) -> None:
        """Let the store forget what was said too long ago. Raises `StoreUnavailable`."""
        await store.forget_sent(self._since_ms())

    def _since_ms(self) -> int:
        return self._clock.time_ms() - int(REMEMBERED_SECONDS * 1_000)

    def is_repeat(self, author: PersonId, nonce: str, answered: Answered) -> bool:
        """Whether somebody has sent this before; then he is answered as he was, or will be."""
        key, now = (author, nonce), self._clock.monotonic()
        known = self._sendings.find(key, now) or self._long.find(key, now)
        if known is None:
            return False
        if known.answer is None:
            known.waiting.append(answered)
        else:
            answered(known.answer)
        return True

    def begin(self, author: PersonId, nonce: str, answered: Answered) -> Answered:
        """Note that this is being sent, and return whom to answer: everybody who sends it meanwhile."""
        sending = _Sending()
        key = author, nonce
        self._sendings.keep(key, sending, self._clock.monotonic())

        def answer(given: Answer | Exception) -> None:
            if isinstance(given, Refusal | Exception):
                # It was not said, so it may be tried again.
                self._sendings.drop(key)
            else:
                sending.answer = given
                if _is_long(given):
                    self._sendings.drop(key)
                    self._long.keep(key, sending, self._clock.monotonic())
            waiting, sending.waiting = sending.waiting, []
            for one in (answered, *waiting):
                one(given)

        return answer

    def find_kept(self, events: Sequence[tuple[Room, AnyEvent]]) -> dict[int, Record]:
        """Return those of the events, by place, that stand in their rooms already: said before this start."""
        kept = {}
        for place, (room, event) in enumerate(events):
            if isinstance(event, SPOKEN_EVENTS):
                seq = self._before.get((room.id, event.author, event.nonce))
                if seq is not None:
                    kept[place] = Record(room.id, seq, 0, event)
        return kept

    def name_messages(self, author: PersonId, answer: Answer, records: Sequence[Record]) -> Answer:
        """Return the answer with the ids of the messages that came of it."""
        match answer:
            case Done() if records and isinstance(records[0].event, SPOKEN_EVENTS):
                return Done(records[0].id)
            case Told():
                said = [record for record in records if isinstance(record.event, SPOKEN_EVENTS)]
                ids = {self._told(author, record): record.id for record in said}
                return replace(
                    answer, outcomes=tuple(replace(one, message=ids.get(one.name, "")) for one in answer.outcomes)
                )
            case _:
                return answer

    def _told(self, author: PersonId, record: Record) -> str:
        """Return who was told this, as he is called."""
        return called_now(self._house, partner(author, self._house.rooms[record.room].key))


def _is_long(answer: Answer) -> bool:
    return isinstance(answer, Told) and len(answer.text) + sum(_cost_of(one) for one in answer.outcomes) > LONG_BYTES


def _cost_of(outcome: Outcome) -> int:
    return OUTCOME_BYTES + len(outcome.name) + len(outcome.away or "")
