"""Showing what was said: a line for people, or an object of JSON for programs."""

import json
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import click

from hubbub.core.texts import clean_line, plural, remove_controls

if TYPE_CHECKING:
    from hubbub.client import Record
    from hubbub.core.catalog import AnyEvent

INDENT: Final = "    "
"""Before the further lines of a message, so that none can be taken for another's."""


def plain(text: str) -> str:
    """Return somebody else's words without what could control a terminal."""
    return remove_controls(text)


def show_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON can say
    """Write a line of JSON; to a terminal in ASCII only, for some characters control it."""
    click.echo(json.dumps(value, ensure_ascii=sys.stdout.isatty()))


def as_json(record: "Record[AnyEvent]") -> dict[str, Any]:
    """Return a record as an object."""
    import msgspec

    return {
        "id": record.id,
        "room": record.room,
        "seq": record.seq,
        "time": record.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "is_mine": record.is_mine,
        "event": msgspec.to_builtins(record.event),
    }


def show_record(
    record: "Record[AnyEvent]", base_url: str, *, is_json: bool, with_room: bool, with_id: bool = False
) -> None:
    """Write what happened; nothing where only programs want to know. Links to files begin with `base_url`."""
    if is_json:
        show_json(as_json(record))
    elif words := describe(record.event):
        where = f"{clean_line(record.room)} " if with_room else ""
        head = f"{_dim(say_time(record.time))} {_dim(record.id) + ' ' if with_id else ''}{where}"
        files = "".join(f"\n{INDENT}{line}" for line in _file_lines(record.event, base_url))
        click.echo(f"{head}{words}{files}", color=is_coloured())


def describe(event: "AnyEvent") -> str:  # noqa: C901 - a table
    """Return what happened in words for people; empty for what matters to programs only."""
    from hubbub.core.features.annotating import Deleted, Edited, Reacted, Removed
    from hubbub.core.features.membership import Joined, Left
    from hubbub.core.features.messages import Announced, Confided, Said
    from hubbub.core.features.moderation import Kicked
    from hubbub.core.features.renaming import Renamed
    from hubbub.core.features.topics import TopicSet

    name = clean_line(event.name)
    match event:
        case Said(manner="action", text=text):
            return f"* {_bold(name)} {_indent(text)}"
        case Said(text=text):
            return f"{_bold(name)}: {_indent(text)}".rstrip()
        case Confided(to=to, text=text):
            return f"{_bold(name)} to {plural(to)}: {_indent(text)}"
        case Announced(text=text):
            return f"{_bold(name)} to everyone: {_indent(text)}"
        case Edited(text=text):
            return f"{_bold(name)} fixed: {_indent(text)}"
        case Removed():
            return _dim(f"a message of {name} was deleted")
        case Deleted():
            return _dim(f"{name} deleted a message")
        case Reacted(reaction=reaction):
            return _dim(f"{name} reacted {clean_line(reaction)}")
        case Joined():
            return _dim(f"{name} joined")
        case Left():
            return _dim(f"{name} left")
        case Kicked(person_name=person_name):
            return _dim(f"{clean_line(person_name)} was put out by {name}")
        case Renamed(new_name=new_name):
            return _dim(f"{name} is now called {clean_line(new_name)}")
        case TopicSet(text=text):
            return _dim(f"{name} set the topic: {clean_line(text)}")
        case _:
            return ""


def _file_lines(event: "AnyEvent", base_url: str) -> list[str]:
    from hubbub.client.attaching import DOWNLOADS
    from hubbub.core.features.messages import Said

    if not isinstance(event, Said):
        return []
    return [f"{clean_line(file.name)}, {file.size_bytes} bytes: {base_url}{DOWNLOADS}{file.id}" for file in event.files]


def say_time(time: datetime) -> str:
    """Return a time as it is here; with the day, unless that is today."""
    here = time.astimezone()
    is_today = here.date() == datetime.now(here.tzinfo).date()
    return f"{here:%H:%M:%S}" if is_today else f"{here:%Y-%m-%d %H:%M}"


def is_coloured() -> bool:
    """Whether to write in colours: to terminals, unless somebody minds. https://no-color.org."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _indent(text: str) -> str:
    return plain(text).replace("\n", f"\n{INDENT}")


def _bold(text: str) -> str:
    return click.style(text, bold=True) if is_coloured() else text


def _dim(text: str) -> str:
    return click.style(text, dim=True) if is_coloured() else text
