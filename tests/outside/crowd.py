"""Many people who say thousands of things in one breath, and who remember what they were shown and promised."""

import re
import selectors
import time
from collections.abc import Callable
from typing import Final, Self

from tests.outside.raw import PATIENCE_SECONDS, Raw
from tests.outside.saying import words
from tests.seeds.client import Address

_LINE: Final = re.compile(
    rb"^\[\d\d:\d\d:\d\d\] "
    rb"(?:\[SERVER\] pong (?P<pong>\d+)"
    rb"|(?P<refusal>\[SERVER\] The server cannot store anything at the moment.*)"
    rb"|\[(?P<who>p\d+)\] (?P<text>.*))$"
)
"""What matters of what is shown: an answer, a refusal for a while, or what somebody says."""

_RECEIVE_BYTES: Final = 1 << 20

_SEND_BYTES: Final = 1 << 9
"""Most that is sent at a time, so that everybody speaks and listens for a while."""


class Speaker:
    """One person on the text protocol of a server, in the lobby."""

    def __init__(self, address: Address, name: str) -> None:
        """Come in, and wait until that is done."""
        self.name = name
        self.said: list[str] = []
        """Everything that is to be said, in order."""
        self.kept: list[str] = []
        """What was answered, and not refused: it has to be there for ever."""
        self.refused: list[str] = []
        """What was said in the same breath as something that was refused."""
        self.shown: list[tuple[str, str]] = []
        """Who said what, of what was shown."""
        self.is_gone = False
        self.raw = Raw(address)
        self.raw.send(f"{name}\n".encode())
        self.raw.ping("in")
        self._breaths: list[list[str]] = []
        self._answers = 0
        self._outgoing = b""
        self._incoming = b""
        self._was_refused = False

    @property
    def is_done(self) -> bool:
        """Whether everything that was said is answered."""
        return not self._outgoing and self._answers == len(self._breaths)

    @property
    def unsent_bytes(self) -> int:
        """Return how much has not been sent yet."""
        return len(self._outgoing)

    @property
    def wants(self) -> int:
        """Return what to wait for: a mask of `selectors`."""
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outgoing else 0)

    def prepare(self, label: str, count: int, per_breath: int) -> None:
        """Have so many messages to say; after every few of them, ask for an answer and wait for none."""
        texts = [words(f"{label} {self.name} {number}") for number in range(count)]
        for start in range(0, count, per_breath):
            breath = texts[start : start + per_breath]
            lines = [*breath, f"/ping {len(self._breaths)}"]
            self._breaths.append(breath)
            self._outgoing += "".join(f"{line}\n" for line in lines).encode()
        self.said += texts

    def send_some(self) -> None:
        """Send as much as goes without waiting."""
        self._outgoing = self._outgoing[self.raw.send_now(self._outgoing[:_SEND_BYTES]) :]

    def hear_some(self) -> None:
        """Take what has come."""
        data = self.raw.receive_now(_RECEIVE_BYTES)
        self.is_gone = data == b""
        *lines, self._incoming = (self._incoming + data).split(b"\n")
        for line in lines:
            self._hear_line(line)

    def _hear_line(self, line: bytes) -> None:
        heard = _LINE.match(line)
        assert heard, f"{self.name} was shown {line!r}"
        if heard["who"]:
            self.shown.append((heard["who"].decode(), heard["text"].decode()))
        elif heard["refusal"]:
            self._was_refused = True
        else:
            assert int(heard["pong"]) == self._answers, "answers come in the order of the questions"
            (self.refused if self._was_refused else self.kept).extend(self._breaths[self._answers])
            self._answers += 1
            self._was_refused = False


class Crowd:
    """Speakers who all speak and listen at the same time, on one thread."""

    def __init__(self, address: Address, size: int, label: str, messages: int, per_breath: int) -> None:
        """Come in, and have so many messages each to say."""
        self._label = label
        self.speakers = [Speaker(address, f"p{number}") for number in range(size)]
        for speaker in self.speakers:
            speaker.prepare(label, messages, per_breath)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for speaker in self.speakers:
            speaker.raw.reset()

    @property
    def is_done(self) -> bool:
        """Whether everybody's messages are all answered."""
        return all(speaker.is_done for speaker in self.speakers)

    def talk_until_shown(self, messages: int) -> None:
        """Talk until so many messages were shown, over all listeners."""
        self.talk_until(lambda: sum(len(speaker.shown) for speaker in self.speakers) >= messages)

    def talk_until_sent(self, share: float) -> None:
        """Talk until so much of everything is on its way, and somebody has been shown something."""
        everything = sum(speaker.unsent_bytes for speaker in self.speakers)
        self.talk_until(
            lambda: (
                sum(speaker.unsent_bytes for speaker in self.speakers) <= (1 - share) * everything
                and any(speaker.shown for speaker in self.speakers)
            )
        )

    def talk_until_answered(self, messages: int) -> None:
        """Talk until so many messages were answered, kept or not."""
        self.talk_until(lambda: sum(len(speaker.kept) + len(speaker.refused) for speaker in self.speakers) >= messages)

    def talk_until_gone(self) -> None:
        """Hear what is left to be heard from a server that is dead."""
        self.talk_until(lambda: all(speaker.is_gone for speaker in self.speakers))

    def talk_until(self, is_enough: Callable[[], bool]) -> None:
        """Send and hear until a condition holds; fail if that takes too long."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with selectors.DefaultSelector() as selector:
            for speaker in self.speakers:
                if not speaker.is_gone:
                    selector.register(speaker.raw, speaker.wants, speaker)
            while not is_enough():
                assert time.monotonic() < deadline, f"not within {PATIENCE_SECONDS:g} s"
                for key, mask in selector.select(PATIENCE_SECONDS):
                    speaker = key.data
                    if mask & selectors.EVENT_WRITE:
                        speaker.send_some()
                    if mask & selectors.EVENT_READ:
                        speaker.hear_some()
                    if speaker.is_gone:
                        selector.unregister(speaker.raw)
                    else:
                        selector.modify(speaker.raw, speaker.wants, speaker)

    def require_truth(self, said_in_lobby: list[tuple[str, str]]) -> None:
        """Compare what everybody remembers with what is stored: nothing lost, repeated, invented or out of order."""
        stored = [(name, text) for name, text in said_in_lobby if text.startswith(words(f"{self._label} "))]
        for speaker in self.speakers:
            own = [text for name, text in stored if name == speaker.name]
            unanswered = speaker.said[len(speaker.kept) + len(speaker.refused) :]
            refused = set(speaker.refused)
            # What was answered is there if it was not refused; of the rest, nobody knows how much, but it is the first.
            assert [text for text in own if text not in refused] == speaker.kept + unanswered[
                : len(own) - len(speaker.kept)
            ]
            others = [(name, text) for name, text in stored if name != speaker.name]
            assert speaker.shown == others[: len(speaker.shown)]
