"""The programs of the README, docs/how-to/bots.md and docs/protocol.md: what is shown there runs."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from hubbub.client import Joined, Said, connect
from tests.harness.server import Server
from tests.outside.raw import PATIENCE_SECONDS
from tests.outside.shell import Running, Shell

ROOT: Final = Path(__file__).parents[2]

README: Final = ROOT / "README.md"

PROTOCOL: Final = ROOT / "docs" / "protocol.md"

GUIDE: Final = ROOT / "docs" / "how-to" / "bots.md"


def programs(page: Path) -> list[str]:
    """Return the programs that a page shows."""
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.name)
async def test_the_bot_answers(page: Path, server: Server, tmp_path: Path) -> None:
    """It is in the lobby at once, answers what is meant for it and nothing else, and ends with Ctrl+C."""
    bot = programs(page)[0]
    assert len([line for line in bot.splitlines() if line.strip()]) <= 10
    address = f"127.0.0.1:{server.address().port}"
    file = tmp_path / "bot.py"
    file.write_text(bot.replace("localhost:4242", address), encoding="utf-8")
    question = ""
    async with connect(address, name="ann") as ann:
        with Running([sys.executable, str(file)], Shell(tmp_path, address).environment) as running:
            async with asyncio.timeout(PATIENCE_SECONDS):
                async for record in ann:
                    if isinstance(record.event, Joined):
                        await ann.say("#lobby", "hello")
                        question = await ann.say("#lobby", "!echo !echo hello")
                    elif isinstance(record.event, Said) and not record.is_mine:
                        break
            assert (record.event.name, record.text) == ("echo", "!echo hello")
            assert isinstance(record.event, Said)
            assert f"{record.room_id}-{record.event.reply_to}" == question
            running.interrupt()
            assert await asyncio.to_thread(running.wait) == (0, "")


def test_a_bot_without_a_server_says_so(tmp_path: Path) -> None:
    """One sentence, not where in the library it went wrong."""
    file = tmp_path / "bot.py"
    file.write_text(programs(README)[0].replace("localhost:4242", "127.0.0.1:1"), encoding="utf-8")
    with Running([sys.executable, str(file)], Shell(tmp_path, "").environment) as running:
        assert running.wait() == (1, "No server at hubbub://127.0.0.1:1: Connection refused.\n")


def test_the_client_of_the_protocol_talks(server: Server, tmp_path: Path) -> None:
    """It needs no library of ours, says what is typed, shows what is said and refused, and goes when all is said."""
    client = programs(PROTOCOL)[0].replace("4242", str(server.address().port))
    assert "hubbub" not in client
    file = tmp_path / "client.py"
    file.write_text(client, encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, str(file)],
        input="hello, students\n\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    said, refused, goodbye = answer.stdout.splitlines()
    assert (said, goodbye) == ("ann: hello, students", "Goodbye.")
    assert refused.endswith(".")


async def test_the_example_runs_to_its_end(server: Server, tmp_path: Path) -> None:
    """It says, tells, is refused, reads what was said, and ends when it hears something."""
    address = f"127.0.0.1:{server.address().port}"
    file = tmp_path / "example.py"
    file.write_text(programs(GUIDE)[1].replace("localhost:4242", address), encoding="utf-8")
    async with connect(address, name="bob") as bob:
        with Running([sys.executable, str(file)], Shell(tmp_path, address).environment) as running:
            lines = [await asyncio.to_thread(running.read_line) for _ in range(5)]
            assert await asyncio.to_thread(running.wait) == (0, "")
        assert bob.name == "bob"
    assert lines[:2] == ["bob delivered", "carol unknown"]
    assert lines[2].startswith("no_such_room ")
    assert lines[3].endswith(" ann hello, everybody")
    assert lines[4] == "#tea ann hello"


def test_every_example_of_the_guide_is_python() -> None:
    """Those that only show how to connect, too."""
    assert len(programs(README)) == 1
    for program in programs(GUIDE):
        compile(program, str(GUIDE), "exec")
