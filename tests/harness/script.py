"""A dialogue as values: who takes part, and what happens step by step. `parse.py` makes them, `play.py` plays them."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

Kind = Literal["s0", "s1", "s2", "s3", "s4", "netcat", "telnet", "page", "native", "irc", "irc3"]
"""What an actor joins with."""

ServerDeed = Literal["stops", "is interrupted", "is killed", "starts"]
"""What may happen to the server: SIGTERM, SIGINT (Ctrl+C), SIGKILL, a start on the same data."""

Verb = Literal["say", "whisper", "broadcast", "act", "join", "leave", "become"]
"""What an actor may hear somebody do."""


class ScriptError(Exception):
    """A script makes no sense; the text names file and line."""

    def __init__(self, path: Path, line: int, what: str) -> None:
        super().__init__(f"{path.name}:{line}: {what}")


@dataclass(frozen=True)
class Literally:
    """Exactly this line is shown (without its time stamp)."""

    text: str


@dataclass(frozen=True)
class Matching:
    """A line is shown in which this is found, in capitals or not."""

    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Doing:
    """Somebody is heard doing something, in the words of the listener's own protocol."""

    who: str
    verb: Verb
    text: str = ""
    in_pieces: bool = False
    """Whether the text may come in any number of pieces where a protocol limits their size."""


@dataclass(frozen=True)
class ServerSaying:
    """The server itself says exactly this, or something in which a pattern is found."""

    text: str | re.Pattern[str]


Expected = Literally | Matching | Doing | ServerSaying


@dataclass(frozen=True)
class Subject:
    """Who does or hears something: names, or everyone but some."""

    names: tuple[str, ...] = ()
    everyone: bool = False
    """Whether `names` are those who do not."""


@dataclass(frozen=True)
class Connects:
    """Open the connection; the program sends what it sends by itself."""

    who: Subject
    name: str = ""
    """The name that its user wants, where it is not the actor's."""


@dataclass(frozen=True)
class Arrives:
    """Connect and give a name; what is heard on arrival is skipped."""

    who: Subject
    name: str = ""
    """The name that its user wants, where it is not the actor's."""


TIME: Final = "{time}"
"""In a line that is typed many times: which of them it is."""


@dataclass(frozen=True)
class Says:
    """Type a line, once or many times, wholly or only half of it."""

    who: Subject
    text: str
    """With `TIME` where it stands for which of the times it is, from 1."""
    times: int = 1
    half: bool = False


@dataclass(frozen=True)
class SendsBytes:
    """Send bytes past the program."""

    who: Subject
    data: bytes


@dataclass(frozen=True)
class Uploads:
    """Send a file by HTTP, to where the server has told the client of IRC to send files."""

    who: Subject
    name: str
    content: str


@dataclass(frozen=True)
class Hears:
    """The next lines shown are these; with `at_last`, what comes before the first of them is skipped."""

    who: Subject
    expected: tuple[Expected, ...]
    at_last: bool = False


@dataclass(frozen=True)
class HearsNothing:
    """Nothing has been shown that was not heard yet, and nothing is on its way."""

    who: Subject


@dataclass(frozen=True)
class Skips:
    """Whatever has been shown by now, or is on its way, does not matter."""

    who: Subject


@dataclass(frozen=True)
class Ignores:
    """From now on lines like this are not looked at."""

    who: Subject
    expected: Expected


@dataclass(frozen=True)
class Leaves:
    """Close the connection, in order or with a reset."""

    who: Subject
    vanishing: bool = False


@dataclass(frozen=True)
class FinishesInput:
    """Say that no more will be typed, and go on reading."""

    who: Subject


@dataclass(frozen=True)
class IsDisconnected:
    """The server closes the connection."""

    who: Subject


@dataclass(frozen=True)
class IsAnswered:
    """Every telnet option that was offered or asked for has had its answer."""

    who: Subject


@dataclass(frozen=True)
class ServerAct:
    """Something is done to the server."""

    deed: ServerDeed


@dataclass(frozen=True)
class CrowdComes:
    """More people on IRC than there are parts for come in."""

    count: int
    into_lobby: bool
    """Whether they join it, as who arrives does."""


Action = (
    Connects
    | Arrives
    | Says
    | SendsBytes
    | Uploads
    | Hears
    | HearsNothing
    | Skips
    | Ignores
    | Leaves
    | FinishesInput
    | IsDisconnected
    | IsAnswered
    | ServerAct
    | CrowdComes
)


@dataclass(frozen=True)
class Step:
    """An action, the line of the script where it stands, and its words."""

    line: int
    words: str
    action: Action


@dataclass
class Script:
    """A whole dialogue."""

    path: Path
    rule: str = ""
    """The sentence that it proves."""
    cast: dict[str, Kind] = field(default_factory=dict)
    capabilities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What clients of IRC switch on, where the script says so."""
    one_port: bool = False
    """Whether everyone joins at the one port that finds out who speaks what; otherwise each at a pinned listener."""
    encrypted: tuple[str, ...] = ()
    """Who comes over TLS, to the one port, whatever listeners the others join at."""
    settings: dict[str, str] = field(default_factory=dict)
    administrator: str = ""
    """Who owns the server when the scene begins: the name of an account; empty for nobody."""
    steps: list[Step] = field(default_factory=list)
