"""Points: the moments and messages by which clients say what part of the past they mean. IRCv3 chathistory."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from hubbub.core.catalog import Record
from hubbub.core.kinds import Refused, Seq
from hubbub.core.notes import parse_ref
from hubbub.core.queries import FindHistory
from hubbub.core.room import Room
from hubbub.wire.irc.timestamps import AtMessage, AtTime, parse_selector

Point = AtTime | Seq
"""A moment, or a message of the room that is asked about."""


KINDS: Final = ("msgid", "timestamp")
"""By what a message can be meant, the better one first. `MSGREFTYPES` in 005."""


class BadPoint(Exception):  # noqa: N818 - named by what is wrong
    """A selector that means no message here; the text says why, and so does the code of a standard reply."""

    def __init__(self, sentence: str, code: str = "INVALID_PARAMS") -> None:
        super().__init__(sentence)
        self.code = code


def parse_point(place: Room | None, selector: str) -> Point:
    """Return what a selector means in a room; raises `BadPoint`."""
    match parse_selector(selector):
        case AtTime() as moment:
            return moment
        case AtMessage(message):
            try:
                ref = parse_ref(message)
            except Refused as refused:
                raise BadPoint(refused.refusal.sentence) from None
            if place is not None and ref.room != place.id:
                raise BadPoint("That message was said somewhere else")
            return ref.seq
        case None if selector.partition("=")[0] not in KINDS and "=" in selector:
            raise BadPoint("Messages are meant by timestamp= or msgid=", "INVALID_MSGREFTYPE")
        case None:
            raise BadPoint("Say timestamp=YYYY-MM-DDThh:mm:ss.sssZ or msgid=ID")


def before(query: FindHistory, point: Point) -> FindHistory:
    """Ask for what was before."""
    if isinstance(point, AtTime):
        return replace(query, before_ms=max(0, point.time_ms))
    return replace(query, before=point)


def after(query: FindHistory, point: Point) -> FindHistory:
    """Ask for what came after."""
    if isinstance(point, AtTime):
        return replace(query, after_ms=max(0, point.time_ms))
    return replace(query, after=point)


def around(query: FindHistory, point: Point) -> FindHistory:
    """Ask for what was before and after, and for the message itself."""
    if isinstance(point, AtTime):
        return replace(query, at_ms=max(0, point.time_ms))
    return replace(query, around=point)


def is_around(query: FindHistory) -> bool:
    """Return whether both sides are asked about."""
    return query.around is not None or query.at_ms is not None


def is_onward(query: FindHistory) -> bool:
    """Return whether it is asked what came after, the earliest first."""
    return query.after is not None or query.after_ms is not None


def beyond(query: FindHistory, records: Sequence[Record], limit: int) -> FindHistory:
    """Ask for what lies beyond a page that was the answer."""
    everywhere = FindHistory(query.room, limit, with_events=query.with_events)
    return after(everywhere, records[-1].seq) if is_onward(query) else before(everywhere, records[0].seq)


def is_after(point: Point, record: Record) -> bool:
    """Return whether something came later."""
    return record.time_ms > point.time_ms if isinstance(point, AtTime) else record.seq > point


def is_before(point: Point, record: Record) -> bool:
    """Return whether something was earlier."""
    return record.time_ms < point.time_ms if isinstance(point, AtTime) else record.seq < point


def is_later(first: Point, last: Point) -> bool | None:
    """Return whether the first point is later than the last; None where nobody knows yet."""
    if isinstance(first, AtTime):
        return first.time_ms > last.time_ms if isinstance(last, AtTime) else None
    return None if isinstance(last, AtTime) else first > last
