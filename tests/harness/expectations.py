"""Read what is expected to be heard: a quoted line, a pattern, what somebody does, what the server says."""

import re
from typing import Final, get_args

from tests.harness import script as s
from tests.harness.texts import TEXT, BadTextError, read_text

NAME: Final = r"(?P<who>[\w-]+|\"[^\"]+\")"
"""Somebody who is heard: as he is called in the chat, quoted where that is no word."""

_SERVER_SAYS: Final = re.compile(rf"the server say (?:{TEXT}|/(?P<pattern>.+)/)")
_DEED: Final = (
    rf"(?P<spoken>say|whisper|broadcast|act) {TEXT}|(?P<silent>join|leave)|(?P<renamed>become) (?P<new>[\w-]+)"
)
_DOING: Final = re.compile(rf"{NAME} (?:{_DEED})")
_IN_PIECES: Final = " in pieces"


def read_expected(words: str) -> s.Expected:
    """Read what is expected to be heard; raise `BadTextError` if it is none of the forms."""
    in_pieces = words.endswith(_IN_PIECES)
    words = words.removesuffix(_IN_PIECES)
    if words.startswith('"') and not _DOING.fullmatch(words):
        return s.Literally(read_text(words))
    if len(words) > 1 and words[0] == words[-1] == "/":
        return s.Matching(_pattern(words[1:-1]))
    if match := _SERVER_SAYS.fullmatch(words):
        return s.ServerSaying(_pattern(match["pattern"]) if match["pattern"] else read_text(match["text"]))
    if match := _DOING.fullmatch(words):
        return _doing(match, in_pieces=in_pieces)
    raise BadTextError(f"cannot be heard: {words}")


def _doing(match: re.Match[str], *, in_pieces: bool) -> s.Doing:
    who = match["who"].strip('"')
    verb: s.Verb
    for verb in get_args(s.Verb):
        if verb in {match["spoken"], match["silent"], match["renamed"]}:
            text = read_text(match["text"]) if match["text"] else match["new"] or ""
            return s.Doing(who, verb, text, in_pieces)
    raise BadTextError(f"nobody does that: {match[0]}")


def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source, re.IGNORECASE | re.DOTALL)
    except re.error as error:
        raise BadTextError(f"not a pattern: /{source}/ ({error})") from error
