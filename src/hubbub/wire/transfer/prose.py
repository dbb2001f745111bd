"""What the files that people read have in common: days, what a message answers, and what became of it."""

from collections import OrderedDict
from datetime import UTC, date, datetime
from typing import Final

from hubbub.core.texts import clean_line, plural
from hubbub.wire.transfer.things import FileThing, Header, MessageThing, RoomThing

REMEMBERED: Final = 1_000
"""How many messages are remembered to quote those that are answered: older ones are only linked."""

EXCERPT: Final = 80
"""Characters quoted of a message that is answered."""

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Context:
    """What has to be known of the messages before one."""

    def __init__(self) -> None:
        self._excerpts: OrderedDict[str, str] = OrderedDict()
        self._day: date | None = None

    def turn_day(self, message: MessageThing) -> str:
        """Return the heading of a day that begins with the message, or nothing."""
        day = message.time.astimezone(UTC).date()
        if day == self._day:
            return ""
        self._day = day
        return f"{_WEEKDAYS[day.weekday()]}, {day.isoformat()}"

    def remember(self, message: MessageThing) -> None:
        """Keep of a message what a later one may quote."""
        self._excerpts[message.id] = excerpt(message)
        if len(self._excerpts) > REMEMBERED:
            self._excerpts.popitem(last=False)

    def quote(self, message: MessageThing) -> str:
        """Return what the message answers, or nothing."""
        return self._excerpts.get(message.reply_to, "an earlier message") if message.reply_to else ""


def excerpt(message: MessageThing) -> str:
    """Return who said it and how it begins, in one line."""
    text = "a message that was deleted" if message.deleted else clean_line(message.text)
    text = text or ", ".join(clean_line(file.name) for file in message.files)
    if len(text) > EXCERPT:
        text = text[: EXCERPT - 1].rstrip() + "…"
    return f"{message.name}: {text}"


def clock_time(time: datetime) -> str:
    """Return the time of day, in UTC."""
    return f"{time.astimezone(UTC):%H:%M:%S}"


def count_messages(count: int) -> str:
    """Return how many messages there are, in words."""
    return "1 message" if count == 1 else f"{count} messages"


def tell_file(file: FileThing) -> str:
    """Return what a file is called, and how large it is."""
    return f"{clean_line(file.name)} ({file.size_bytes} bytes)"


def tell_gone(message: MessageThing) -> str:
    """Return that a message was deleted, by whom and why as far as that is known, or nothing."""
    gone = message.deleted
    if gone is None:
        return ""
    by = f" by {gone.by.name}" if gone.by else ""
    return f"This message was deleted{by}{': ' + clean_line(gone.reason) if gone.reason else ''}"


def tell_marks(message: MessageThing) -> list[str]:
    """Return what holds of a message besides its words: how it was said, and what became of it."""
    marks: list[str] = [] if message.manner == "text" else [message.manner]
    if message.edited is not None and not message.deleted:
        marks.append("edited")
    if message.to is not None:
        marks.append(f"to {plural(message.to)}")
    if message.is_pinned:
        marks.append("pinned")
    return marks


def tell_span(header: Header) -> str:
    """Return from when to when a file tells."""
    parts = [f"from {_moment(header.since)}"] if header.since else []
    parts += [f"before {_moment(header.until)}"] if header.until else []
    made = f"Exported {_moment(header.made)}. " if header.made else ""
    return f"{made}{'Messages ' + ' and '.join(parts) + '. ' if parts else ''}Times are UTC."


def title_of(room: RoomThing) -> str:
    """Return what a room is called, or whose conversation it is."""
    return room.name or ", ".join(member.name for member in room.members)


def _moment(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"
