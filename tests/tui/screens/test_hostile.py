"""Servers that mean harm do none: nothing of theirs controls the terminal, stops the client or takes anything away."""

import unicodedata

from hubbub.tui.app import ChatApp
from hubbub.tui.choices import Choice, Who
from hubbub.tui.hearing import TYPING_KNOWN
from hubbub.tui.visible import PILED
from tests.tui.hostile import HOSTILE, Message, entered, happened, hostile, said, signalled, welcome
from tests.tui.screens.sitting import seated


def require_harmless(app: ChatApp) -> None:
    """Look at everything that is written to the terminal: no text of it is a control, and no link."""
    for strip in app.screen._compositor.render_strips(app.size):  # noqa: SLF001 - see `looking`
        for text, style, _ in strip:
            link = style.link or "" if style is not None else ""
            assert not any(unicodedata.category(sign) == "Cc" for sign in text + link), (text, link)
            assert not set("\u2028\u202e\u2066") & set(text + link), (text, link)


async def test_nothing_is_obeyed_by_the_terminal() -> None:
    """Not in what was said, by whom, about what, in drafts, names that are completed, refusals or questions."""
    events: list[Message] = [
        {"type": "topic_set", "author": "p2", "name": HOSTILE, "text": HOSTILE},
        {"type": "announced", "author": "p2", "name": HOSTILE, "text": HOSTILE},
        {"type": "renamed", "author": "p2", "name": HOSTILE, "new_name": HOSTILE},
        {"type": "removed", "author": "p2", "name": HOSTILE},
        {"type": "reacted", "author": "p2", "name": HOSTILE, "message": 1, "reaction": HOSTILE},
    ]
    file = {"id": HOSTILE, "name": f"../../{HOSTILE}", "media_type": HOSTILE, "size_bytes": 5}
    opening = [
        welcome(you={"id": "p1", "name": f"me{HOSTILE}"}),
        entered(topic={"text": HOSTILE, "name": HOSTILE, "time_ms": 1}, member_count=3),
        entered(f"#z{HOSTILE}", 9),
        said(1, f"https://x.example/{HOSTILE} [w](https://y.example/\x07\x1b\\) `{HOSTILE}`", name=f"e{HOSTILE}"),
        said(2, "a file", files=[file]),
        said(3, f"mine {HOSTILE}", author="p1"),
        *(happened(seq, event) for seq, event in enumerate(events, 4)),
        signalled(type="drafting", room="#lobby", text=f"begun {HOSTILE}"),
        signalled(type="typing", room="#lobby", name=HOSTILE, state="active"),
    ]
    async with hostile(*opening) as host, seated() as ann:
        await ann.come_in(host.address, "me")
        await ann.see("mine", "begun")
        for keys in ("tab", "tab", "ctrl+k", "escape", "f3", "escape", "k", "plus", "escape", "e", "ctrl+l", "f1"):
            require_harmless(ann.app)
            await ann.press(keys)
        require_harmless(ann.app)


async def test_what_is_written_holds_no_controls() -> None:
    """Somebody who goes on with what is given to him sends nothing that he does not see."""
    async with (
        hostile(welcome(), entered(), signalled(type="drafting", room="#lobby", text="a\x1b[2J\x07b")) as host,
        seated() as ann,
    ):
        await ann.come_in(host.address, "me")
        await ann.see("a[2Jb")
        assert ann.chat.composer.text == "a[2Jb"


async def test_times_that_cannot_be_are_as_near_as_they_can() -> None:
    """Before 1970 and behind the year 9999, too: in what was said, by date lines, and in answers."""
    times = (0, -1, -(2**53), 2**53, 10**14, 10**15)
    opening = [said(seq, f"at {time_ms}", time_ms) for seq, time_ms in enumerate(times, 1)]
    async with hostile(welcome(), entered(), *opening) as host, seated() as ann:
        await ann.come_in(host.address, "me")
        await ann.see(*(f"at {time_ms}" for time_ms in times))


async def test_numbers_that_nobody_can_count_with_end_the_connection() -> None:
    """What is kept on disk, and JavaScript, ends there; nothing is believed that comes with them."""
    for number in (2**53 + 1, 2**63, 2**64, -(2**53) - 1):
        async with hostile(welcome(), entered()) as host, seated() as ann:
            station = await ann.come_in(host.address, "me")
            host.tell(said(number, "too much"))
            await ann.until(lambda station=station: not station.is_online)  # type: ignore[misc]  # of this round
            assert "too much" not in ann.text


async def test_a_flood_of_rooms_is_no_server() -> None:
    """Many rooms are gone through at once; more than anybody is in are believed of nobody."""
    rooms = [{"id": one + 10, "name": f"#r{one}", "kind": "channel", "seq": 0} for one in range(10_001)]
    place = {"thread": 0, "unread": 1, "mentions": 0, "first": 1, "mark": 0}
    unread = [{"room": room["name"], **place} for room in rooms[:5_000]]
    async with hostile(welcome(rooms=rooms[:5_000], unread=unread)) as host, seated() as ann:
        await ann.come_in(host.address, "me")
        await ann.see("#r1000")
    async with hostile(welcome(rooms=rooms)) as host, seated() as ann:
        ann.desk.connect(Choice(host.address, Who("me")))
        await ann.see("more than 10000 rooms")


async def test_a_list_of_members_without_end_ends() -> None:
    """Though each page says that there are more: where nobody new is in it, and where there are too many."""
    page = [{"name": f"m{one}", "away": None} for one in range(500)]
    members = {"type": "members", "room": "#lobby", "members": page, "more": 10**9}
    async with hostile(welcome(), entered(), answers={"list_members": members}) as host, seated() as ann:
        station = await ann.come_in(host.address, "me")
        lobby = station.find("#lobby")
        await ann.until(lambda: lobby is not None and lobby.members is not None)
        await ann.see("m100")
        assert len([one for one in host.heard if one["type"] == "list_members"]) == 2


async def test_very_long_things_are_shown_in_part() -> None:
    """A text of megabytes, a word, a name, a topic and a pile of marks hold nobody up."""
    much = 8_000_000
    opening = [
        said(1, "w" * much),
        said(2, "\x1b" * (much // 4)),
        said(3, "a" + "\u0301" * 5_000 + "b"),
        said(4, "short", name="n" * much),
        said(5, "the last words"),
    ]
    lobby = entered(topic={"text": "t" * much, "name": "eve", "time_ms": 1})
    async with hostile(welcome(), lobby, *opening) as host, seated() as ann:
        await ann.come_in(host.address, "me")
        await ann.see("the last words", "a" + "\u0301" * PILED + "b")
        await ann.press("pageup", "pageup", "ctrl+home")
        await ann.until(lambda: not ann.chat.timeline.is_at_end)


async def test_many_who_write_are_few_who_are_shown() -> None:
    """A flood of them costs no more than some."""
    opening = [signalled(type="typing", room="#lobby", name=f"n{one}", state="active") for one in range(5_000)]
    async with hostile(welcome(), entered(), *opening, said(1, "the last words")) as host, seated() as ann:
        station = await ann.come_in(host.address, "me")
        await ann.see("the last words")
        lobby = station.find("#lobby")
        assert lobby is not None
        assert len(lobby.typing) == TYPING_KNOWN
