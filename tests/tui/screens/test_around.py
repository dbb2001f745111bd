"""Around: what the list and the bars say of rooms, and where one goes next."""

import pytest

from hubbub.tui.buffers import Buffer
from hubbub.tui.choices import Choice, Who
from hubbub.tui.screens.around import count_calls, next_active, say_about, say_typing
from hubbub.tui.station import Station


def buffer(name: str, *, unread: int = 0, calls: int = 0, is_muted: bool = False) -> Buffer:
    """Return a place."""
    made = Buffer("here", name, "direct" if name.startswith("@") else "channel")
    made.unread, made.calls, made.level, made.is_joined = unread, calls, "nothing" if is_muted else "default", True
    return made


@pytest.mark.parametrize(
    ("one", "calls"),
    [
        (buffer("#tea", unread=3), 0),
        (buffer("#tea", unread=3, calls=1), 1),
        (buffer("@bob", unread=3), 3),
        (buffer("@bob", unread=3, is_muted=True), 0),
    ],
)
def test_what_calls_one_is_counted(one: Buffer, calls: int) -> None:
    """In a conversation of two everything does, unless it is muted."""
    assert count_calls(one) == calls


def test_where_one_is_called_comes_before_where_something_is_new() -> None:
    """From where one is downwards, and round; what is muted is passed by."""
    station = Station(Choice("here.example", Who("ann")), lambda _: None)
    rooms = {name: station.buffers.ensure(name, "channel") for name in ("#a", "#b", "#c", "#d")}
    rooms["#b"].unread = rooms["#d"].unread = 1
    assert next_active([station], rooms["#a"]) is rooms["#b"]
    assert next_active([station], rooms["#b"]) is rooms["#d"]
    rooms["#c"].unread = rooms["#c"].calls = 1
    assert next_active([station], rooms["#a"]) is rooms["#c"]
    rooms["#b"].level = "nothing"
    rooms["#c"].unread = rooms["#c"].calls = 0
    assert next_active([station], rooms["#d"]) is None


def test_of_many_who_write_the_number_is_told() -> None:
    """Of few the names; whoever has stopped in the middle is not among them."""
    tea = buffer("#tea")
    tea.note_typing("cleo", "active")
    tea.note_typing("bob", "paused")
    assert say_typing(tea) == "cleo is writing …"
    tea.note_typing("bob", "active")
    assert say_typing(tea) == "bob and cleo are writing …"
    for name in ("dora", "emil"):
        tea.note_typing(name, "active")
    assert say_typing(tea) == "4 people are writing …"


def test_what_a_room_is_like_is_told_beside_its_topic() -> None:
    """How many are there, of what one is told, and whether it is heard at all."""
    tea = buffer("#tea", is_muted=True)
    tea.member_count = 1
    assert say_about(tea) == "only you · muted"
    tea.member_count, tea.level, tea.is_joined = 12, "mentions", False
    assert say_about(tea) == "12 here · mentions only · not joined"
