"""What the users of each kind of client see when something happens: the scripts' common words, said in each dialect."""

import re
from dataclasses import dataclass
from typing import Final

from tests.harness.script import Doing, Expected, Kind, Literally, Matching, ServerSaying, Verb

TEXT_KINDS: Final = frozenset({"s0", "s4", "netcat", "telnet"})
"""The kinds that join by the text protocol, where every line begins with a time stamp."""

IRC_KINDS: Final[frozenset[Kind]] = frozenset({"irc", "irc3"})
"""The kinds that speak IRC, whose users join the lobby as they join any channel."""

STAMP: Final = re.compile(r"\[(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\] ")
"""The time stamp of the text protocol, as S4's client knows it."""

UNSTAMPED: Final = "(no time) "
"""Put before a line of the text protocol without a time stamp, so that no expectation is met by it."""

PAIR_BYTES: Final = 1400
"""The longest frame that S1 and S3 bear, in bytes on the wire: one that no network cuts in two."""

_TEXT: Final[dict[Verb, str]] = {
    "say": r"\[{who}\] {text}",
    "whisper": r"\[PRIVATE FROM {who}\] {text}",
    "broadcast": r"\[BROADCAST FROM {who}\] {text}",
    "act": r"\* {who} {text}",
    "join": r"\[SERVER\] User '{who}' has joined the chat\.",
    "leave": r"\[SERVER\] User '{who}' has left the chat\.",
    "become": r"\[SERVER\] User '{who}' is now known as '{text}'\.",
}
_FRAMES: Final[dict[Verb, str]] = {
    "say": r"{who}{is_said} {text}",
    "whisper": r"{who} \[private\]{is_said} {text}",
    "broadcast": r"{who} \[broadcast\]{is_said} {text}",
    "act": r"(?:(?:{who}|server){is_said} )?\* {who} {text}",
    "become": r"server{is_said} .*{who}.*{text}.*",
}
_OBJECTS: Final[dict[Verb, str]] = {**_FRAMES, "join": "{who} joined", "leave": "{who} left"}

_TAGS: Final = r"(?:@\S+ )?"
_SOURCE: Final = _TAGS + r":{who}!~u@HOST\.(?:guest|account) "
_IRC: Final[dict[Verb, str]] = {
    "say": _SOURCE + r"PRIVMSG #\S+ :{text}",
    "whisper": _SOURCE + r"PRIVMSG [^#\s]\S* :{text}",
    "broadcast": _SOURCE + r"NOTICE \$\$\* :{text}",
    "act": _SOURCE + "PRIVMSG \\S+ :\x01ACTION {text}\x01",
    "join": _SOURCE + r"JOIN #\S+(?: \S+ :.*)?",
    "leave": _SOURCE + r"(?:PART #\S+|QUIT)(?: :.*)?",
    "become": _SOURCE + r"NICK :?{text}",
}

SHAPES: Final[dict[Kind, dict[Verb, str]]] = {
    "s0": _TEXT,
    "s1": _FRAMES,
    "s2": _OBJECTS,
    "s3": _FRAMES,
    "s4": _TEXT,
    "netcat": _TEXT,
    "telnet": _TEXT,
    "page": _FRAMES,
    "native": _OBJECTS,
    "irc": _IRC,
    "irc3": _IRC,
}
"""For each kind of listener, the shape of each thing heard, as a pattern with places for who, text and separator.

S1's and S3's protocols, and the page of S0, have no word for joining and leaving: nothing is shown then.
"""


@dataclass(frozen=True)
class Wanted:
    """One line that is waited for."""

    pattern: re.Pattern[str]
    """Found in the line (anchored where all of it is given)."""
    words: str
    """The same for people."""

    def meets(self, line: str) -> bool:
        """Say whether this is such a line."""
        return self.pattern.search(line) is not None


def normalise(kind: Kind, line: str) -> str:
    """Take the time stamp off a line of the text protocol, mark a line without one; leave other kinds' lines alone."""
    if kind not in TEXT_KINDS:
        return line
    without, stamps = STAMP.subn("", line, count=1) if STAMP.match(line) else (line, 0)
    return without if stamps else UNSTAMPED + line


def wanted_lines(kind: Kind, expected: Expected) -> list[Wanted]:
    """Say what a listener of a kind is shown: one line, or one for each line of a text on the text protocol."""
    match expected:
        case Literally(text):
            return [_exactly(re.escape(text), text)]
        case Matching(pattern):
            return [Wanted(pattern, f"/{pattern.pattern}/")]
        case ServerSaying(text):
            return [_said_by_server(kind, text)]
        case Doing() if expected.verb not in SHAPES[kind]:
            return []
        case Doing():
            parts = expected.text.split("\n") if kind in TEXT_KINDS else [expected.text]
            return [
                _exactly(_shape(kind, expected, part), f"{expected.who} {expected.verb} {part!r}") for part in parts
            ]


def take_piece(kind: Kind, doing: Doing, rest: str, line: str) -> str | None:
    """Take the piece that a line holds off the rest of a long text; None if the line is no such piece, or too long.

    Spaces are not compared: a text may be split at one, with or without it, and one may stand for an empty line.
    """
    shape = SHAPES[kind][doing.verb].replace("{text}", "(?P<piece>.*)")
    match = re.fullmatch(_fill(kind, shape, doing.who, ""), line, re.DOTALL)
    if match is None or (kind in {"s1", "s3"} and _wire_bytes(kind, line) > PAIR_BYTES):
        return None
    piece, rest = _without_spaces(match["piece"]), _without_spaces(rest)
    return rest.removeprefix(piece) if rest.startswith(piece) else None


def _exactly(pattern: str, words: str) -> Wanted:
    return Wanted(re.compile(f"^{pattern}$", re.DOTALL), words)


def _said_by_server(kind: Kind, text: str | re.Pattern[str]) -> Wanted:
    if isinstance(text, str):
        return _exactly(_server_prefix(kind) + re.escape(text), f"the server say {text!r}")
    joined = re.compile(f"^{_server_prefix(kind)}.*(?:{text.pattern})", text.flags)
    return Wanted(joined, f"the server say /{text.pattern}/")


def _server_prefix(kind: Kind) -> str:
    if kind in IRC_KINDS:
        return _TAGS + r"NOTICE \S+ :"
    return r"\[SERVER\] " if kind in TEXT_KINDS else f"server{_is_said(kind)} "


def _shape(kind: Kind, doing: Doing, part: str) -> str:
    return _fill(kind, SHAPES[kind][doing.verb], doing.who, part)


def _fill(kind: Kind, shape: str, who: str, text: str) -> str:
    values = {"{who}": re.escape(who), "{text}": re.escape(text), "{is_said}": _is_said(kind)}
    return re.sub(r"\{(?:who|text|is_said)\}", lambda place: values[place[0]], shape)


def _is_said(kind: Kind) -> str:
    """Say what stands between sender and text: S1's client writes an arrow, the others a colon."""
    return " >" if kind == "s1" else ":"


def _wire_bytes(kind: Kind, line: str) -> int:
    shown = len(line.encode())
    # S1: two headers of 10 bytes, and ` > ` is the client's own. S3: two bytes of length.
    return shown - len(" > ") + 20 if kind == "s1" else shown + 2


def _without_spaces(text: str) -> str:
    return "".join(text.split())
