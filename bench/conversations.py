"""Members of one room talking, with a bounded number of messages in flight."""

from collections.abc import Callable, Sequence
from itertools import cycle

from bench.crowd import Crowd, LoadError, Member
from bench.listeners import TEXT_BYTES, timed_text


class Conversation:
    """A number of messages said by the speakers in turn.

    A message is in flight until everybody else in the room has it. `heard` tells how many lines the members have
    received so far; where several rooms share a crowd, each needs its own count. `words` are what is sent in order to
    say something, the text filled in; without them it is said where everybody is from the beginning.
    """

    def __init__(  # noqa: PLR0913 - a conversation is these seven things
        self,
        crowd: Crowd,
        members: Sequence[Member],
        speakers: Sequence[Member],
        *,
        messages: int,
        in_flight: int,
        heard: Callable[[], int],
        words: bytes = b"",
    ) -> None:
        self.crowd = crowd
        self.words = words or crowd.tongue.say
        self.audience = len(members) - 1
        self.messages = messages
        self.in_flight = in_flight
        # A speaker says several lines at once where many may be in flight: half its share, so that the other half is
        # still being worked on when it goes on.
        self.lines_at_once = max(1, in_flight // len(speakers) // 2)
        self.speakers = cycle(speakers)
        self.heard = heard
        self.heard_before = heard()
        self.said = 0

    @property
    def delivered(self) -> int:
        """Count the messages that everybody has."""
        return (self.heard() - self.heard_before) // self.audience

    def go_on(self) -> bool:
        """Say as much as may be in flight; true when all is said and delivered."""
        delivered = self.delivered
        while self.said < self.messages and self.said - delivered + self.lines_at_once <= self.in_flight:
            lines = min(self.lines_at_once, self.messages - self.said)
            self.crowd.send(next(self.speakers), self.words % timed_text() * lines)
            self.said += lines
        return delivered >= self.messages


def hold(crowd: Crowd, conversations: Sequence[Conversation]) -> None:
    """Have all the conversations at once and return when everything said has been delivered, and nothing else.

    Raises `LoadError` when they stall, or when anything else than the messages arrived meanwhile: lines are counted,
    not read, so a figure would be false then. All names must have the same length, and all lines.
    """
    bytes_before = crowd.bytes_received
    pump(crowd, conversations)
    line_bytes = len(crowd.tongue.heard % (crowd.members[0].name.encode(), bytes(TEXT_BYTES)))
    expected = line_bytes * sum(c.messages * c.audience for c in conversations)
    received = crowd.bytes_received - bytes_before
    if received != expected:
        raise LoadError(f"{received} bytes arrived where the messages said make {expected}")


def pump(crowd: Crowd, conversations: Sequence[Conversation]) -> None:
    """Have all the conversations at once and return when everything said has been delivered; raises `LoadError`."""

    def go_on() -> bool:
        # Each one has to go on: `all` would ask none behind the first that is not done.
        return sum(conversation.go_on() for conversation in conversations) == len(conversations)

    def describe() -> str:
        delivered = sum(conversation.delivered for conversation in conversations)
        return f"the delivery of {sum(c.messages for c in conversations)} messages; {delivered} were delivered to all"

    crowd.pump_until(go_on, describe)
