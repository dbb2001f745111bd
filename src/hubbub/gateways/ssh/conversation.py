"""The SSH conversation: the text protocol's lines, for somebody of whom it is known from the start who he is."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import msgspec

from hubbub.core.account_answers import LoggedIn
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal, RoomId
from hubbub.core.limits import Limits
from hubbub.core.room import Room, RoomKind
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import EARLY_TRIES, Depart, Intent, Intents, Introduce, Reply
from hubbub.gateways.door import Door
from hubbub.gateways.plain import NOTHING
from hubbub.gateways.ssh.completing import complete
from hubbub.gateways.ssh.screen import LEAVE
from hubbub.gateways.talking import Talking
from hubbub.gateways.text.phrasebook import TextVoice
from hubbub.phrasing import phrases
from hubbub.service.entrance import Proven
from hubbub.service.packets import Fragility
from hubbub.wire.errors import WireError
from hubbub.wire.lines import Line, LineReader
from hubbub.wire.slash.table import COMMANDS, parse_slash

PROMPT: Final = "Please type a username, or /login NAME if you have an account:"

OWN_NAME: Final = "If it is yours: /login {name} lets you in, and /ssh-key add KEY makes your key known from then on."
"""What is told whose name belongs to an account, and who has proved nothing."""

_SUGGESTED: Final = frozenset({"bad_name", "name_taken", "name_reserved", "look_alike"})
"""Why a guest comes in under another name than his own."""

_LEAVE: Final = LEAVE.decode().rstrip()


class SshSettings(msgspec.Struct, frozen=True):
    """What all SSH conversations share."""

    plain_voice: TextVoice
    """For whoever has no terminal, or none with colours."""
    colour_voice: TextVoice
    limits: Limits


class Entry(msgspec.Struct, frozen=True):
    """Who comes in."""

    name: str
    """What he calls himself."""
    proven: Proven | None = None
    """Whose account he has; None for a guest."""


class SshConversation(Talking):
    """One client's talk in lines of text; it is also what the lines on its screen are written for."""

    __slots__ = (
        "_door",
        "_entry",
        "_heard",
        "_hears_own",
        "_lines",
        "_voice",
        "_wanted",
        "naming_seconds",
    )

    protocol = "ssh"
    early_tries = EARLY_TRIES
    quiet_seconds = 0.0
    fragility: Fragility | None = None

    def __init__(self, settings: SshSettings, entry: Entry, *, coloured: bool) -> None:
        self._voice = settings.colour_voice if coloured else settings.plain_voice
        super().__init__(self._voice)
        self._lines = LineReader(settings.limits.line_bytes)
        self._door = Door()
        self._entry = entry
        self._heard: dict[RoomId, Room] = {}
        self._wanted = ""
        """The name it asked for last."""
        self._hears_own = coloured
        self.naming_seconds = settings.limits.text_naming_seconds

    # What its screen asks

    @property
    def prompt(self) -> str:
        """Return which room is spoken to."""
        if self.hides_input:
            return "password: "
        return f"{self._talk.room}> " if self._talk.room else "> "

    @property
    def hides_input(self) -> bool:
        """Return whether a password is awaited."""
        return self._talk.awaits_secret or bool(self._door.claiming)

    @property
    def hears_itself(self) -> bool:
        """Return whether what is said is heard again, as it is kept."""
        return self._hears_own and bool(self._talk.room)

    def complete(self, line: str, place: int) -> tuple[str, int]:
        """Complete commands, and the rooms and names that are heard."""
        channels = [room for room in self._heard.values() if room.kind is RoomKind.CHANNEL]
        names = chain.from_iterable((member.name for member in room.members.values()) for room in self._heard.values())
        return complete(line, place, COMMANDS, (room.name for room in channels), names)

    # What its connection asks

    def begin(self) -> Intents:
        """Greet, and let it come in."""
        yield Reply(self._voice.notice("Welcome to hubbub!"))
        self._wanted = self._entry.name
        yield Introduce(self._entry.name, self._entry.proven)

    def receive_data(self, data: bytes) -> Intents:
        """Take bytes: whole lines are heard at once."""
        self._talk.begin_input()
        return self._hear(self._lines.receive_data(data))

    def receive_quiet(self) -> Intents:
        """Make nothing of a silence."""
        return NOTHING

    def receive_eof(self) -> Intents:
        """Take what came last for a line, ended or not."""
        rest = self._lines.receive_eof()
        return NOTHING if rest is None else self._hear_line(rest)

    def introduced(self, name: str) -> Intents:
        """Confirm the name, and go to the lobby."""
        return self._talk.introduced(name, f"You are '{name}'.")

    def welcomed_back(self, answer: LoggedIn) -> Intents:
        """Confirm the name, and show the rooms that are its own."""
        return self._talk.welcomed_back(answer, f"You are logged in as '{answer.name}'.")

    def not_introduced(self, refusal: Refusal) -> Intents:
        """Come in under a name that is free, once; then ask for one, or for a password."""
        entry, self._entry = self._entry, Entry("")
        if entry.name and entry.proven is None and refusal.code in _SUGGESTED and refusal.suggestion:
            yield from self._talk.notice(refusal.sentence)
            if refusal.code == "name_reserved":
                yield from self._talk.notice(OWN_NAME.format(name=entry.name))
            yield from self._introduce(Introduce(refusal.suggestion))
            return
        yield from self._talk.notice(phrases.refused(refusal))
        yield from self._talk.notice(self._door.refuse(self._wanted, refusal) or PROMPT)

    def attached(self, room: Room) -> Intents:
        """Note whose names may be typed."""
        self._heard[room.id] = room
        return NOTHING

    def detached(self, room: Room) -> Intents:
        """Forget them."""
        self._heard.pop(room.id, None)
        return NOTHING

    def farewell(self, sentence: str, closing: Closing = Closing.GONE) -> bytes:  # noqa: ARG002 - the sentence says it
        """Return the last sentence."""
        return self._voice.notice(sentence) if sentence else b""

    def _hear(self, lines: Sequence[Line]) -> Iterator[Intent]:
        for line in lines:
            yield from self._hear_line(line)

    def _hear_line(self, line: Line) -> Intents:
        if isinstance(line, WireError):
            return self._talk.notice(line.sentence)
        if line == _LEAVE:
            return (Depart(""),)
        if not self._talk.name:
            return self._hear_name(line)
        return self._talk.in_turn(self._talk.hear_line, line)

    def _hear_name(self, line: str) -> Intents:
        """Take a plain line for a name, or the one after `/nick`; or log in, or open an account."""
        heard = self._door.hear(line)
        if isinstance(heard, Introduce):
            return self._introduce(heard)
        if heard is not None:
            return self._talk.notice(heard.sentence or PROMPT)
        if line.startswith("/"):
            meaning = parse_slash(line, "")
            if isinstance(meaning, Rename):
                return self._introduce(Introduce(meaning.name))
            return self._talk.before_name(meaning, PROMPT)
        return self._introduce(Introduce(line.strip())) if line.strip() else self._talk.notice(PROMPT)

    def _introduce(self, introduction: Introduce) -> Intents:
        self._wanted = introduction.name
        return (introduction,)
