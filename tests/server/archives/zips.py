"""Zip files as tests need them, good ones and bad ones."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hubbub.wire.transfer.lines import encode_line
from hubbub.wire.transfer.things import AccountThing, EndThing, Header, MessageThing, RoomThing

USERS = [
    {"id": "U1", "name": "ann.smith", "profile": {"display_name": "ann", "real_name": "Ann Smith"}},
    {"id": "U2", "name": "bob", "profile": {"display_name": ""}},
]

CHANNELS = [
    {
        "id": "C1",
        "name": "general",
        "created": 1_600_000_000,
        "creator": "U1",
        "is_archived": False,
        "members": ["U1", "U2"],
        "topic": {"value": "All &amp; sundry", "creator": "U2", "last_set": 1_600_000_001},
        "purpose": {"value": "for all", "creator": "U1", "last_set": 1_600_000_002},
    },
    {"id": "C2", "name": "old", "is_archived": True, "members": [], "topic": None},
]


def slack_message(number: int, text: str, **more: object) -> dict[str, object]:
    """Return a message by ann, so many seconds after a moment in 2023."""
    return {"type": "message", "user": "U1", "ts": ts(number), "text": text} | more


def ts(number: int) -> str:
    """Return the name of that message."""
    return f"{1_700_000_000 + number}.000100"


def write_zip(path: Path, files: Mapping[str, object]) -> Path:
    """Write a zip file of these files: bytes as they are, anything else as JSON with a line for each element."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else json.dumps(content, indent=1))
    return path


def write_slack(path: Path, *messages: Mapping[str, object], **more: object) -> Path:
    """Write an archive of Slack whose messages are of one day in #general; `more` are other lists, by name."""
    files = {"users.json": USERS, "channels.json": CHANNELS, "general/2023-11-14.json": list(messages)}
    return write_zip(path, files | {f"{name}.json": content for name, content in more.items()})


def own_lines(room: RoomThing, *messages: MessageThing, source: str = "hubbub:test") -> bytes:
    """Return hubbub's own export of a room."""
    lines = [encode_line(Header(1, source)), encode_line(room), *map(encode_line, messages)]
    return b"".join([*lines, encode_line(EndThing(len(messages)))])


def own_accounts(*accounts: AccountThing, source: str = "hubbub:test") -> bytes:
    """Return the accounts in the export of a server."""
    return encode_line(Header(1, source)) + b"".join(map(encode_line, accounts)) + encode_line(EndThing(0))
