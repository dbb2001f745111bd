"""Servers that mean harm do none: nothing of theirs controls the terminal, stops the client or takes anything away."""

import unicodedata

from hubbub.tui.app import ChatApp
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
