"""Slack's archives: who, where, and what was said, and what is told of those that are not quite right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hubbub.core.roles import RoomRole
from hubbub.core.room_settings import Change
from hubbub.server.archives.opening import open_archive
from hubbub.wire.transfer.broken import BrokenArchive
from hubbub.wire.transfer.things import Gone, MessageThing, Officer, Person, RoomThing
from tests.server.archives.zips import CHANNELS, USERS, slack_message, ts, write_slack, write_zip


def read(path: Path) -> tuple[list[MessageThing], list[str]]:
    """Return everything said in #general, and what is told about it."""
    told: list[str] = []
    with open_archive(str(path)) as archive:
        return [message for _, message in archive.messages(archive.rooms[0], told.append)], told


def rooms(path: Path) -> list[RoomThing]:
    """Return the rooms."""
    with open_archive(str(path)) as archive:
        return list(archive.rooms)


def test_people_and_channels(tmp_path: Path) -> None:
    """What people are called, and what holds in a channel."""
    path = write_slack(tmp_path / "slack.zip")
    with open_archive(str(path)) as archive:
        assert archive.source == "slack"
        assert archive.people == {"U1": "ann", "U2": "bob", "USLACKBOT": "slackbot"}
        general, old = archive.rooms
    assert (general.id, general.name, general.settings) == ("C1", "#general", Change())
    assert general.members == (Person("ann", "U1"), Person("bob", "U2"))
    assert general.roles == (Officer("U1", "ann", RoomRole.OWNER),)
    assert general.topic is not None
    assert (general.topic.text, general.topic.name) == ("All & sundry · for all", "bob")
    assert old.settings.is_archived
    assert old.topic is None


def test_private_channels_and_conversations(tmp_path: Path) -> None:
    """Private channels are private rooms, conversations of several people groups, and those of two direct."""
    path = write_slack(
        tmp_path / "slack.zip",
        groups=[{"id": "G1", "name": "secret"}],
        mpims=[{"id": "G2", "name": "mpdm-ann--bob--carol-1"}],
        dms=[{"id": "D1", "members": ["U1", "U2"]}],
    )
    secret, several, two = rooms(path)[2:]
    assert (secret.name, secret.settings.access, secret.kind) == ("#secret", "private", "channel")
    assert (several.name, several.settings.access, several.kind) == ("#mpdm-ann--bob--carol-1", "private", "channel")
    assert (secret.settings.is_group, several.settings.is_group) == (None, True)
    assert (two.name, two.kind, [member.name for member in two.members]) == ("", "direct", ["ann", "bob"])


def test_what_was_said(tmp_path: Path) -> None:
    """Texts, actions, threads, edits, reactions, pins, files and programs; what merely happened is not said."""
    path = write_slack(
        tmp_path / "slack.zip",
        slack_message(1, "has joined", subtype="channel_join"),
        slack_message(2, "Hi <@U2>", edited={"user": "U1", "ts": ts(9)}, pinned_to=["C1"], thread_ts=ts(2)),
        slack_message(
            3, "hello", user="U2", thread_ts=ts(2), reactions=[{"name": "tada", "users": ["U1"], "count": 1}]
        ),
        slack_message(4, "waves", subtype="me_message"),
        slack_message(5, "", files=[{"title": "plan.pdf", "permalink": "https://f.example/1"}, {"mode": "tombstone"}]),
        slack_message(6, "built", subtype="bot_message", user=None, bot_id="B1", username="builder"),
        slack_message(7, "This message was deleted.", subtype="tombstone", user="USLACKBOT"),
        slack_message(8, "", attachments=[{"fallback": "short", "title": "Alarm", "text": "It *burns*"}]),
        slack_message(9, ""),
    )
    messages, told = read(path)
    assert [message.text for message in messages] == [
        "Hi @bob",
        "hello",
        "waves",
        "plan.pdf: https://f.example/1\n(a file: not kept by Slack)",
        "built",
        "",
        "Alarm\nIt **burns**",
    ]
    first, reply, waves, _, built, gone, _ = messages
    assert first.time == datetime(2023, 11, 14, 22, 13, 22, tzinfo=UTC)
    assert (first.author, first.name, first.is_pinned, first.reply_to) == ("U1", "ann", True, "")
    assert first.edited == datetime(2023, 11, 14, 22, 13, 29, tzinfo=UTC)
    assert (reply.reply_to, reply.thread) == (ts(2), ts(2))
    assert reply.reactions == {"🎉": (Person("ann", "U1"),)}
    assert waves.manner == "action"
    assert (built.name, built.author) == ("builder", "B1")
    assert gone.deleted == Gone()
    assert told == []


def test_days_come_in_order_and_so_do_messages(tmp_path: Path) -> None:
    """Whatever the order of the files in the archive, and of the messages in a file; in a folder of its own, too."""
    path = write_zip(
        tmp_path / "slack.zip",
        {
            "export/general/2023-11-15.json": [slack_message(90_000, "d"), slack_message(89_000, "c")],
            "export/general/canvas.json": b"no JSON",
            "export/general/2023-11-14.json": [slack_message(1, "a"), slack_message(2, "b")],
            "export/channels.json": CHANNELS,
            "export/users.json": USERS,
        },
    )
    assert "".join(message.text for message in read(path)[0]) == "abcd"


def test_what_is_odd_is_told_and_read(tmp_path: Path) -> None:
    """Somebody nobody knows, a message that stands there twice, and an answer to a later one."""
    path = write_slack(
        tmp_path / "slack.zip",
        slack_message(1, "a", user="U9"),
        slack_message(2, "b"),
        slack_message(2, "b again"),
        slack_message(3, "c", thread_ts=ts(4)),
        slack_message(4, "d", thread_ts=ts(3)),
    )
    messages, told = read(path)
    assert [(message.name, message.text, message.reply_to) for message in messages] == [
        ("U9", "a", ""),
        ("ann", "b", ""),
        ("ann", "c", ""),
        ("ann", "d", ts(3)),
    ]
    assert [sentence.partition("general/")[2] for sentence in told] == [
        "2023-11-14.json, line 2: users.json does not say who U9 is; that stays his name.",
        f"2023-11-14.json, line 14: the message {ts(2)} stands there twice; the first one is taken.",
        "2023-11-14.json, line 20: the message answers one that was said after it; it is taken as no answer.",
    ]


BROKEN = [
    ({"channels.json": b'[{"id": "C1",\n "name": 7}]'}, "channels.json, line 1: that is not what should stand here"),
    ({"channels.json": b"{"}, "channels.json, line 1: this should be a JSON array"),
    ({"channels.json": b"\xff"}, "channels.json, line 1: byte 0xFF is not UTF-8"),
    ({"users.json": b"[1]"}, "users.json, line 1: that is not what should stand here"),
    ({"general/2023-11-14.json": b'[\n{"ts": "soon"}]'}, "2023-11-14.json, line 2: 'soon' is no time of Slack's"),
    (
        {"general/2023-11-14.json": b'[\n{"ts": "1.000001", "thread_ts": "x", "text": "a"}]'},
        "line 2: 'x' is no time of Slack's",
    ),
    ({"general/2023-11-14.json": b'[\n{"user": "U1"}]'}, "2023-11-14.json, line 2: .*missing required field `ts`"),
    ({"general/2023-11-14.json": b'[\n{"ts": "1.000001"}'}, "2023-11-14.json, line 2: here a comma or the end"),
]
"""Files in the place of good ones, and words of the sentence."""


@pytest.mark.parametrize(("files", "words"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_broken_is_told_with_its_place(tmp_path: Path, files: dict[str, object], words: str) -> None:
    """One sentence with the archive, the file in it and the line."""
    path = write_zip(tmp_path / "slack.zip", {"users.json": USERS, "channels.json": CHANNELS} | files)
    with pytest.raises(BrokenArchive, match=words):
        read(path)


def test_an_archive_of_nobody_is_told(tmp_path: Path) -> None:
    """Without channels.json it is not Slack's."""
    path = write_zip(tmp_path / "other.zip", {"users.json": USERS})
    with pytest.raises(BrokenArchive, match=r"other.zip: there is neither accounts.jsonl .* nor channels.json"):
        read(path)
