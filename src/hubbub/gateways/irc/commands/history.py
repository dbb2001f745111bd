"""History: CHATHISTORY, what was said before, and where.

https://ircv3.net/specs/extensions/chathistory
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.conversations import CONVERSATION
from hubbub.core.message_answers import ActiveList, History
from hubbub.core.queries import FindHistory, ListActive
from hubbub.core.room import Room
from hubbub.gateways.irc import places, points
from hubbub.gateways.irc.batches import batch
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.playback import lines_of, play
from hubbub.gateways.irc.points import BadPoint, Point, parse_point
from hubbub.gateways.irc.talk import Question, Step, Talk, as_parameter
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.timestamps import AtTime, format_time, parse_selector

MOST: Final = 100
"""Most messages of one answer. `CHATHISTORY` in 005."""

FURTHER: Final = 8
"""How often, at most, so many more are asked for where some of a page are not shown, because they were deleted."""

TARGETS_BATCH: Final = "draft/chathistory-targets"

LATEST: Final = "*"
"""Stands for no message at all, where what was said last is wanted."""

LEAST: Final[Mapping[str, int]] = {"LATEST": 4, "BEFORE": 4, "AFTER": 4, "AROUND": 4, "BETWEEN": 5, "TARGETS": 4}
"""Subcommands, and how many parameters each has, itself included."""


def chathistory(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """Tell what was said, by subcommands."""
    params = message.params
    subcommand = params[0].upper() if params else ""
    shown = as_parameter(subcommand)
    if params and subcommand not in LEAST:
        yield talk.fail("CHATHISTORY", "INVALID_PARAMS", shown, text="There is no such subcommand")
    elif not params or len(params) < LEAST[subcommand]:
        yield talk.fail("CHATHISTORY", "INVALID_PARAMS", shown, text="That needs more parameters")
    elif (limit := _limit(params[LEAST[subcommand] - 1])) == 0:
        yield talk.fail("CHATHISTORY", "INVALID_PARAMS", shown, text="The limit is a number from 1 on")
    elif subcommand == "TARGETS":
        yield from _list_targets(talk, params[1], params[2], limit)
    else:
        asking = _Asking(talk, subcommand, params[1], limit)
        selectors = params[2 : LEAST[subcommand] - 1]
        yield from places.look(talk, params[1], partial(asking.begin, selectors))


def _limit(text: str) -> int:
    """Return how many messages are wanted, at most as many as there may be; 0 for what is no number."""
    return min(int(text[:9]), MOST) if text.isascii() and text.isdecimal() else 0


class _Asking:
    """One subcommand that is carried out."""

    def __init__(self, talk: Talk, subcommand: str, target: str, limit: int) -> None:
        self._talk = talk
        self._subcommand = subcommand
        self._target = target
        room = target if target.startswith("#") else CONVERSATION + target
        self._query = FindHistory(room, limit, with_events=talk.has(Capability.EVENT_PLAYBACK))
        """What was said last; a page in another place is this with that place."""
        self._shown: list[Record] = []
        """What there is of the page, oldest first."""
        self._further = FURTHER
        """How often more may be asked for."""

    def begin(self, selectors: Sequence[str], place: Room | None) -> Iterator[Step]:
        """Ask for the page that is meant."""
        is_latest = self._subcommand == "LATEST"
        try:
            asked = [parse_point(place, one) for one in selectors if not (is_latest and one == LATEST)]
        except BadPoint as bad:
            context = (self._subcommand, as_parameter(self._target))
            yield self._talk.fail("CHATHISTORY", bad.code, *context, text=str(bad))
            return
        match self._subcommand:
            case "LATEST":
                yield self._ask(self._query, *[partial(points.is_after, point) for point in asked])
            case "BEFORE":
                yield self._ask(points.before(self._query, asked[0]))
            case "AFTER":
                yield self._ask(points.after(self._query, asked[0]))
            case "AROUND":
                yield self._ask(points.around(self._query, asked[0]))
            case _:
                yield self._ask_between(*asked)

    def _ask(self, query: FindHistory, *keeps: Callable[[Record], bool]) -> Question:
        """Ask for a page, and tell those of its records that are to be kept."""
        return Question(query, partial(self._tell, query, keeps))

    def _ask_between(self, first: Point, last: Point) -> Question:
        """Ask for what is between two points, from the first one on, whichever is earlier."""
        is_back = points.is_later(first, last)
        if is_back is None:
            # If nothing is between them one way, look the other way.
            query = points.after(self._query, first)
            return Question(query, partial(self._tell_or_go_back, query, first, last))
        if is_back:
            return self._ask(points.before(self._query, first), partial(points.is_after, last))
        return self._ask(points.after(self._query, first), partial(points.is_before, last))

    def _tell_or_go_back(self, query: FindHistory, first: Point, last: Point, answer: Answer) -> Iterator[Step]:
        if isinstance(answer, History) and not any(points.is_before(last, record) for record in answer.records):
            yield self._ask(points.before(self._query, first), partial(points.is_after, last))
        else:
            yield from self._tell(query, [partial(points.is_before, last)], answer)

    def _tell(self, query: FindHistory, keeps: Sequence[Callable[[Record], bool]], answer: Answer) -> Iterator[Step]:
        """Tell a page, once it is full of what is shown, or nothing more is there: clients take less for the end."""
        talk, target = self._talk, self._target
        if not isinstance(answer, History):
            text = "There are no messages there that you may read"
            yield talk.fail("CHATHISTORY", "INVALID_TARGET", self._subcommand, as_parameter(target), text=text)
            return
        place = places.found(talk, target, answer)
        records = [record for record in answer.records if all(keep(record) for keep in keeps)]
        self._add(query, [record for record in records if place is not None and lines_of(talk, place, record)])
        is_more = len(records) == query.limit and len(self._shown) < self._query.limit
        if place is not None and is_more and self._further and not points.is_around(query):
            self._further -= 1
            yield self._ask(points.beyond(query, records, MOST), *keeps)
        else:
            yield from play(talk, target, place, self._shown)

    def _add(self, query: FindHistory, records: list[Record]) -> None:
        limit = self._query.limit
        self._shown = (self._shown + records)[:limit] if points.is_onward(query) else (records + self._shown)[-limit:]


def _list_targets(talk: Talk, first: str, last: str, limit: int) -> Iterator[Step]:
    """Tell where something was said between two times."""
    moments = [moment.time_ms for one in (first, last) if isinstance(moment := parse_selector(one), AtTime)]
    if len(moments) < 2:  # noqa: PLR2004 - both of them
        text = "Say timestamp=YYYY-MM-DDThh:mm:ss.sssZ twice"
        yield talk.fail("CHATHISTORY", "INVALID_PARAMS", "TARGETS", text=text)
        return
    asked = ListActive(limit, max(0, min(moments)), max(0, *moments))
    yield Question(asked, partial(_tell_targets, talk))


def _tell_targets(talk: Talk, answer: Answer) -> Iterator[Step]:
    if not isinstance(answer, ActiveList):
        yield talk.fail("CHATHISTORY", "MESSAGE_ERROR", "TARGETS", text="That cannot be told at the moment")
        return
    lines = [
        talk.line("CHATHISTORY", "TARGETS", name, format_time(active.time_ms))
        for active in answer.places
        if " " not in (name := active.room.removeprefix(CONVERSATION))
    ]
    yield from batch(talk, TARGETS_BATCH, lines) if talk.has(Capability.BATCH) else lines


COMMANDS: Final[Mapping[str, Entry]] = {"CHATHISTORY": Entry(chathistory)}
