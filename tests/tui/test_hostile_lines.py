"""Line by line, too, a server that means harm controls no terminal."""

import asyncio
import unicodedata

import pytest

from tests.tui.hostile import HOSTILE, Message, entered, happened, hostile, welcome
from tests.tui.piping import piped

pytestmark = pytest.mark.usefixtures("own_home")


def listen_to(address: str) -> list[str]:
    """Come in, ask for what was said before, and return every line."""
    with piped(address, "--name", "me") as me:
        me.see("You are in #lobby.")
        me.write("/history")
        me.see("#3 ")
        me.write("/nonsense")
        me.see("There is no command")
        me.end()
    return me.shown


async def test_nothing_is_obeyed_by_the_terminal() -> None:
    """Neither in what happens, nor in lists, nor in complaints that nobody has asked for."""
    events: list[Message] = [
        {"type": "said", "author": "p2", "name": HOSTILE, "text": HOSTILE},
        {"type": "removed", "author": "p2", "name": HOSTILE},
        {"type": "topic_set", "author": "p2", "name": HOSTILE, "text": HOSTILE},
    ]
    listed = [
        {key: happened(seq, event)[key] for key in ("room", "seq", "time_ms", "event")}
        for seq, event in enumerate(events, 1)
    ]
    opening = [
        welcome(you={"id": "p1", "name": f"me{HOSTILE}"}),
        entered(topic={"text": HOSTILE, "name": HOSTILE, "time_ms": 1}),
        {"type": "refusal", "code": "bad_request", "sentence": f"Unasked {HOSTILE}"},
        *(happened(seq, event) for seq, event in enumerate(events, 1)),
    ]
    answers = {"find_history": {"type": "history", "room": "#lobby", "records": listed}}
    async with hostile(*opening, answers=answers) as host:
        shown = await asyncio.to_thread(listen_to, host.address)
    assert any("Unasked" in line for line in shown)
    for line in shown:
        assert not any(unicodedata.category(sign) == "Cc" for sign in line), line
        assert not set("\u2028\u202e\u2066") & set(line), line
        assert "Traceback" not in line
