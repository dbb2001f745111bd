"""Around: what the sidebar, the bars and the list of people say. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never

from hubbub.client.endpoints import PORT
from hubbub.core.texts import join_words
from hubbub.tui import states
from hubbub.tui.buffers import Buffer
from hubbub.tui.station import Station
from hubbub.tui.widgets.people import PersonRow
from hubbub.tui.widgets.sidebar import Health, PlaceRow, Row, ServerRow

NUMBERED: Final = 9
"""How many places have a number: as many as there are digits to press."""

TYPING_NAMED: Final = 3
"""How many of those who are writing are named."""

_MILLISECONDS: Final = 1_000


def in_order(station: Station) -> list[Buffer]:
    """Return a station's rooms and conversations as they are listed: rooms first, each by name."""
    return sorted(
        (buffer for buffer in station.buffers if buffer.kind != "server"),
        key=lambda buffer: (buffer.kind != "channel", buffer.is_group, buffer.name.casefold()),
    )


def places(stations: Iterable[Station]) -> list[Buffer]:
    """Return every place, as it is listed: a server's own lines, then its rooms."""
    return [buffer for station in stations for buffer in (station.buffers.server, *in_order(station))]


def numbered(stations: Iterable[Station]) -> list[Buffer]:
    """Return those places that have a number, in order."""
    return [buffer for buffer in places(stations) if buffer.kind != "server"][:NUMBERED]


def sidebar_rows(stations: Sequence[Station], current: Buffer | None) -> list[Row]:
    """Return what the sidebar lists."""
    numbers = {buffer.key: number for number, buffer in enumerate(numbered(stations), 1)}
    rows: list[Row] = []
    for station in stations:
        server = station.buffers.server
        rows.append(ServerRow(server.key, say_server(station.name), health_of(station)))
        rows += [_place_row(buffer, numbers.get(buffer.key, 0), current) for buffer in in_order(station)]
    return rows


def count_calls(buffer: Buffer) -> int:
    """Return how often one is called there: everything in a conversation of two calls one."""
    return buffer.unread if buffer.kind == "direct" and not buffer.is_muted else buffer.calls


def _place_row(buffer: Buffer, number: int, current: Buffer | None) -> PlaceRow:
    is_draft = bool(buffer.draft) and buffer is not current
    return PlaceRow(
        buffer.key,
        buffer.title,
        number,
        buffer.unread,
        count_calls(buffer),
        buffer.is_muted,
        is_draft,
        has_refused=any(one.state == "refused" for one in buffer.outgoing),
    )


def next_active(stations: Iterable[Station], current: Buffer | None) -> Buffer | None:
    """Return where to go next: where one is called, else where something is new; None where nothing is."""
    order = [buffer for buffer in places(stations) if buffer is not current]
    at = next((place for place, buffer in enumerate(places(stations)) if buffer is current), 0)
    order = order[at:] + order[:at]
    called = (buffer for buffer in order if count_calls(buffer))
    unread = (buffer for buffer in order if buffer.unread and not buffer.is_muted)
    return next(called, None) or next(unread, None)


def say_server(name: str) -> str:
    """Return what a server is called where it is shown: its port only where that is not the usual one."""
    return name.removesuffix(f":{PORT}")


def health_of(station: Station) -> Health:
    """Return whether a server is there."""
    match station.state:
        case states.Online():
            return "online"
        case states.Connecting() | states.Waiting():
            return "coming"
        case states.Asking() | states.Ended() | states.Closed():
            return "gone"
        case _:
            assert_never(station.state)


def say_state(station: Station, now_ms: int) -> str:
    """Return how it stands with a server, in a line."""
    name = say_server(station.name)
    waiting = f" · {station.waiting} to be sent" if station.waiting else ""
    match station.state:
        case states.Online():
            away = ", away" if station.is_away else ""
            return f"{station.you.name} on {name}{away}{waiting}"
        case states.Connecting():
            return f"Reaching {name} …{waiting}"
        case states.Waiting(sentence=sentence, until_ms=until_ms):
            seconds = 0 if until_ms is None else max((until_ms - now_ms) // _MILLISECONDS + 1, 1)
            again = f" Again in {seconds} s." if seconds else " Trying again …"
            return f"{sentence}{again}{waiting}"
        case states.Asking():
            return f"{name} has a question."
        case states.Ended(sentence=sentence):
            return f"{sentence}{waiting}"
        case states.Closed():
            return f"Not connected to {name}.{waiting}"
        case _:
            assert_never(station.state)


def say_typing(buffer: Buffer) -> str:
    """Return who is writing."""
    names = sorted(name for name, state in buffer.typing.items() if state == "active")
    if not names:
        return ""
    if len(names) > TYPING_NAMED:
        return f"{len(names)} people are writing …"
    return f"{join_words(names)} {'is' if len(names) == 1 else 'are'} writing …"


def say_about(buffer: Buffer) -> str:
    """Return what stands at the right of the topic."""
    parts = []
    if buffer.kind == "channel" and buffer.member_count:
        parts.append(f"{buffer.member_count} here" if buffer.member_count > 1 else "only you")
    if buffer.level != "default":
        parts.append({"nothing": "muted", "mentions": "mentions only"}.get(buffer.level, buffer.level))
    if buffer.kind == "channel" and not buffer.is_joined:
        parts.append("not joined")
    return " · ".join(parts)


def people_rows(buffer: Buffer) -> list[PersonRow]:
    """Return who is in a room: those who are there first, each by name."""
    members = (buffer.members or {}).values()
    rows = [PersonRow(one.name, "⚙" if one.is_bot else "", one.is_present and one.away is None) for one in members]
    return sorted(rows, key=lambda row: (not row.is_there, row.name.casefold()))


def names_to_call(buffer: Buffer, me: str) -> list[str]:
    """Return whom one may want to name: who spoke last first, then everybody by name."""
    spoke = [entry.name for entry in reversed(buffer.spoken(100))]
    others = sorted(buffer.members or (), key=str.casefold)
    alone = [buffer.name.removeprefix("@")] if buffer.kind == "direct" else []
    return [name for name in dict.fromkeys([*spoke, *alone, *others]) if name != me]
