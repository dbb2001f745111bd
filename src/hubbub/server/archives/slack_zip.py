"""Slack's exports: lists of people and channels, and for each channel a folder with a file for each day."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from hubbub.server.archives.zip_archive import ZipArchive
from hubbub.service.archives import Warn
from hubbub.wire.transfer.broken import BrokenArchive, explain, say_where
from hubbub.wire.transfer.json_items import read_items
from hubbub.wire.transfer.slack import Slack, UnfitTime, answers_later, name_of
from hubbub.wire.transfer.slack_shapes import SlackChannel, SlackMessage, SlackUser
from hubbub.wire.transfer.things import MessageThing, RoomThing

SOURCE: Final = "slack"
"""One for all of Slack: the ids of its channels and people are given once."""

CHANNELS: Final = "channels.json"
"""By this file an export of Slack is known; it may stand in a folder."""

_DAY: Final = re.compile(r"(.+)/[0-9]{4}-[0-9]{2}-[0-9]{2}\.json")

SLACKBOT: Final = {"USLACKBOT": "slackbot"}
"""Who speaks for Slack itself, and stands in no list of people."""

T = TypeVar("T")


class SlackArchive:
    """What Slack has exported."""

    source = SOURCE

    def __init__(self, archive: ZipArchive, prefix: str) -> None:
        """Read who and what is in it. Raises `BrokenArchive`."""
        self._archive = archive
        self._prefix = prefix
        users = self._list("users.json", SlackUser)
        self.people: Mapping[str, str] = SLACKBOT | {user.id: name_of(user) for user in users}
        channels = self._list(CHANNELS, SlackChannel)
        groups, mpims = self._list("groups.json", SlackChannel), self._list("mpims.json", SlackChannel)
        dms = self._list("dms.json", SlackChannel)
        names = {one.id: f"#{one.name}" for one in (*channels, *groups) if one.name}
        self._slack = slack = Slack(self.people, names)
        self.rooms: Sequence[RoomThing] = [
            *map(slack.room, channels),
            *(slack.room(one, is_private=True) for one in groups),
            *(slack.room(one, is_group=True) for one in mpims),
            *(slack.room(one, "direct") for one in dms),
        ]
        self._folders = {one.id: one.name or one.id for one in (*channels, *groups, *mpims, *dms)}
        self._days = self._find_days()
        self.size_bytes = sum(archive.size_of(name) for folder in self._folders.values() for name in self._days[folder])

    def messages(self, room: RoomThing, warn: Warn) -> Iterator[tuple[int, MessageThing]]:
        """Yield what was said there. Raises `BrokenArchive`."""
        last = ""
        for name in self._days[self._folders[room.id]]:
            file, unread = self._archive.label(name), self._archive.size_of(name)
            for line, message in self._read_day(name):
                where = say_where(file, line)
                if message.ts == last:
                    warn(f"{where}: the message {message.ts} stands there twice; the first one is taken.")
                    continue
                last = message.ts
                thing = self._read_message(message, file, line)
                if thing is not None:
                    self._warn_of(message, where, warn)
                    yield unread, thing
                    unread = 0

    def _read_message(self, message: SlackMessage, file: str, line: int) -> MessageThing | None:
        try:
            return self._slack.message(message)
        except UnfitTime as unfit:
            raise BrokenArchive(str(unfit), file, line) from unfit

    def _warn_of(self, message: SlackMessage, where: str, warn: Warn) -> None:
        if not self._slack.knows(message):
            warn(f"{where}: users.json does not say who {message.user} is; that stays his name.")
        if answers_later(message):
            warn(f"{where}: the message answers one that was said after it; it is taken as no answer.")

    def _read_day(self, name: str) -> list[tuple[int, SlackMessage]]:
        """Return a day's messages in the order they were said in."""
        items = read_items(self._archive.read(name), self._archive.label(name))
        messages = [(line, _convert(item, SlackMessage, self._archive.label(name), line)) for line, item in items]
        return sorted(messages, key=lambda one: one[1].ts)

    def _list(self, name: str, kind: type[T]) -> list[T]:
        """Return what a list in the archive holds; nothing where there is no such list."""
        name = self._prefix + name
        if name not in self._archive:
            return []
        file = self._archive.label(name)
        return [_convert(item, kind, file, line) for line, item in read_items(self._archive.read(name), file)]

    def _find_days(self) -> Mapping[str, list[str]]:
        days: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._archive.names:
            found = _DAY.fullmatch(name.removeprefix(self._prefix))
            if found:
                days[found[1]].append(name)
        return days


def find_prefix(archive: ZipArchive) -> str | None:
    """Return the folder in which an export of Slack stands, with its `/`, or "", or None where there is none."""
    if CHANNELS in archive:
        return ""
    folders = [name.removesuffix(CHANNELS) for name in archive.names if name.endswith("/" + CHANNELS)]
    return folders[0] if len(folders) == 1 and folders[0].count("/") == 1 else None


def _convert(item: object, kind: type[T], file: str, line: int) -> T:
    try:
        return msgspec.convert(item, kind)
    except msgspec.ValidationError as error:
        raise BrokenArchive(explain(error), file, line) from error
