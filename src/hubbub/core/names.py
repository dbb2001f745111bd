r"""Names: what people and rooms may be called, and which names are the same.

Two names are the same when their keys are: PRECIS UsernameCaseMapped (RFC 8265) of what was typed. What is shown keeps
its capitals, by UsernameCasePreserved. PRECIS admits the letters, marks and digits of all scripts and visible ASCII; it
refuses spaces, controls, invisible characters, symbols, and what only turns the direction of text.

Of ASCII's punctuation, a person's name may hold what a nickname on IRC may (RFC 2812 section 2.3.1) without brackets
and backslash, and the ``.`` and ``'`` of so many real names. The rest means something somewhere:

* ``,`` separates names in ``/msg ann,bob`` and in IRC's lists of targets;
* ``:`` ends the name in ``name: text`` and ``SEND ann,bob: text``, and begins the last parameter on IRC;
* ``!`` and ``@`` divide name, user and host on IRC, and ``@`` begins a mention;
* ``#`` begins a room's name; ``/`` begins a command and divides a path;
* ``*`` and ``?`` stand for any characters in IRC's masks, and in shells;
* ``[`` and ``]`` stand around a name in the text protocol, where ``bob][SERVER`` would speak as someone else; so do
  ``<`` and ``>`` in IRC clients;
* ``"`` and ``\`` quote and escape, in shells and in ``SEND ["o'hara"]: text``;
* ``& + % ~ $ ( ) ; =`` mark rooms, rights, masks and tags on IRC, or divide commands in shells.

A name begins with a letter, a digit or ``_``: ``{`` would begin the native protocol, ``-`` an option of a command, the
others a quotation, and a combining mark would change what stands before the name. It does not end with the full stop
of a sentence, and is no number: ``/history 20`` and the header of a frame hold numbers.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from hubbub.core.kinds import Refused

if TYPE_CHECKING:
    from precis_i18n.profile import Profile

NAME_LIMIT: Final = 32
"""Longest name of a person, in characters as shown. The architecture, section 5."""

ROOM_NAME_LIMIT: Final = 64
"""Longest name of a room, in characters as shown, its `#` included. CHANNELLEN of many IRC networks."""

RESERVED_KEYS: Final = frozenset(
    [
        # These speak for the server, in one dialect or another.
        *("server", "system", "hubbub"),
        # These mean many people, or whoever reads them, in a mention or a command.
        *("all", "channel", "everybody", "everyone", "here", "me", "nobody", "room", "you"),
        # These are told passwords by people who know IRC.
        *("botserv", "chanserv", "histserv", "hostserv", "memoserv", "nickserv", "operserv", "saslserv"),
    ]
)
"""Keys of names that nobody may take."""

SUGGESTED_NUMBER_LIMIT: Final = 2**20
"""About the highest number that a suggestion puts behind a name: more than people on any server."""

_MARKS: Final = "_-.'^`{|}"
_QUICK_NAME: Final = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9{re.escape(_MARKS)}]{{0,{NAME_LIMIT - 1}}}")
_QUICK_ROOM_NAME: Final = re.compile(rf"#[A-Za-z0-9_.+-]{{1,{ROOM_NAME_LIMIT - 1}}}")

_NO_NAME_MARK: Final = re.compile(rf"(?![A-Za-z0-9{re.escape(_MARKS)}])[\x00-\x7f]")
_NO_ROOM_MARK: Final = re.compile(r"""[\x00- \x7f,:*?@"\\/<>\[\]`|]""")
"""In a room's name, what separates, masks, quotes, or stands around it. `#c++` and `##python` are fine."""

_NUMBERED: Final = re.compile(r"(.*[^0-9])([1-9][0-9]{0,2})")
_NAME_CATEGORIES: Final = frozenset(["Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "Nd"])
"""What most characters of non-ASCII names are; PRECIS has the last word. RFC 8264 section 9.1."""

_GUEST: Final = "guest"
"""What someone is called of whose wish nothing can be kept; a number follows."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """What someone or something is called."""

    shown: str
    """As people see it."""
    key: str
    """As it is compared: names with equal keys are the same."""


class _UnfitError(Exception):
    """What was typed cannot be a name; the text says why."""


def parse_name(text: str) -> Name:
    """Return the name that someone wants to have.

    Raises `Refused` with `bad_name` and a legal suggestion; whether that one is free, only `suggest_name` can ask.
    """
    if _is_quick_name(text):
        key = text.lower()
        if key not in RESERVED_KEYS:
            return Name(text, key)
    try:
        return _parse_person(text)
    except _UnfitError as unfit:
        raise Refused("bad_name", str(unfit), suggestion=suggest_name(text, lambda _: True)) from None


def parse_room_name(text: str) -> Name:
    """Return the room name that someone means; a `#` is put before it where there is none.

    Raises `Refused` with `bad_room_name` and, where something of the name can be kept, a suggestion.
    """
    if not text.startswith("#"):
        text = "#" + text
    if _QUICK_ROOM_NAME.fullmatch(text):
        return Name(text, text.lower())
    try:
        return _parse_room(text)
    except _UnfitError as unfit:
        raise Refused("bad_room_name", str(unfit), suggestion=_suggest_room_name(text)) from None


def room_name_like(text: str, end: str = "") -> Name:
    """Return a legal room name as near to a text as can be, with an end that is never cut off.

    Raises `Refused` with `bad_room_name` where nothing of it can be kept.
    """
    stem = _NO_ROOM_MARK.sub("", text)[: ROOM_NAME_LIMIT - 1 - len(end)]
    return parse_room_name(f"#{stem}{end}")


def find_key(text: str) -> str:
    """Return the key under which to look for whoever is called so, or "" where nobody can be. Never raises."""
    if _is_quick_name(text):
        key = text.lower()
        return "" if key in RESERVED_KEYS else key
    try:
        return _parse_person(text).key
    except _UnfitError:
        return ""


def find_pattern_key(text: str) -> str:
    """Return the pattern of keys that a pattern of names stands for; where PRECIS refuses it, nothing has to fit it."""
    if text.isascii():
        return text.lower()
    try:
        return _fold(text).key
    except _UnfitError:
        return unicodedata.normalize("NFC", text.lower())


def suggest_name(wanted: str, is_free: Callable[[str], bool]) -> str:
    """Return a legal name, near the wanted one, whose key `is_free` says nobody has.

    Asks `is_free` a hundred times at most, however many names are taken. Raises `Refused` with `name_taken` where the
    answer was always no.
    """
    name = _keep_legal(wanted)
    if name:
        if is_free(find_key(name)):
            return name
        numbered = _NUMBERED.fullmatch(name)
        if numbered:
            found = _find_free_number(numbered[1], int(numbered[2]) + 1, is_free)
        else:
            found = _find_free_number(name + "_" if name[-1].isdigit() else name, 2, is_free)
        if found:
            return found
    found = _find_free_number(_GUEST, 1, is_free)
    if not found:
        raise Refused("name_taken", "That name is taken, and so are all like it. Choose another.")
    return found


def _is_quick_name(text: str) -> bool:
    """Say whether the name is of those on which PRECIS does nothing but turn capitals into small letters."""
    return bool(_QUICK_NAME.fullmatch(text)) and text[-1] != "." and not text.isdecimal()


def _parse_person(text: str) -> Name:
    if not text:
        raise _UnfitError("A name has at least one character.")
    _require_length(text, NAME_LIMIT)
    _require_marks(text, _NO_NAME_MARK)
    name = _fold(text)
    # Wide forms of marks have become the marks, and some letters two, so the rules hold for what is shown.
    _require_length(name.shown, NAME_LIMIT)
    _require_marks(name.shown, _NO_NAME_MARK)
    first, last = name.shown[0], name.shown[-1]
    if (first in _MARKS and first != "_") or unicodedata.category(first).startswith("M"):
        raise _UnfitError("A name begins with a letter, a digit or _.")
    if last == ".":
        raise _UnfitError("A name does not end with a full stop.")
    if name.shown.isdecimal():
        raise _UnfitError("A number is no name.")
    if name.key in RESERVED_KEYS:
        raise _UnfitError(f"Nobody may be called “{name.shown}”.")
    return name


def _parse_room(text: str) -> Name:
    if text == "#":
        raise _UnfitError("A room's name has at least one character after the #.")
    _require_length(text, ROOM_NAME_LIMIT)
    _require_marks(text, _NO_ROOM_MARK)
    name = _fold(text[1:])
    _require_length("#" + name.shown, ROOM_NAME_LIMIT)
    _require_marks(name.shown, _NO_ROOM_MARK)
    if unicodedata.category(name.shown[0]).startswith("M"):
        raise _UnfitError("A room's name begins with a letter, a digit or a mark that stands alone.")
    return Name("#" + name.shown, "#" + name.key)


def _require_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise _UnfitError(f"That name has {len(text)} characters, and {limit} is the most.")


def _require_marks(text: str, forbidden: re.Pattern[str]) -> None:
    found = forbidden.search(text)
    if not found:
        return
    if found[0] == " ":
        raise _UnfitError("A name cannot contain spaces.")
    raise _UnfitError(f"A name cannot contain {_describe(found[0])}.")


def _fold(text: str) -> Name:
    """Apply PRECIS; raises `_UnfitError`."""
    preserve, fold = _profiles()
    try:
        shown = preserve.enforce(text)
        return Name(shown, fold.enforce(shown))
    except UnicodeEncodeError as error:
        if error.reason.endswith("bidi_rule"):
            raise _UnfitError("A name is written in one direction, from its first character to its last.") from None
        if error.end - error.start != 1:
            raise _UnfitError("That cannot be a name.") from None
        raise _UnfitError(f"A name cannot contain {_describe(error.object[error.start])}.") from None


@cache
def _profiles() -> tuple["Profile", "Profile"]:
    """Return the profiles for what is shown and what is compared, loaded when the first unusual name comes."""
    from precis_i18n import get_profile  # noqa: PLC0415 - a server of plain names never needs its tables

    return get_profile("UsernameCasePreserved"), get_profile("UsernameCaseMapped")


def _describe(character: str) -> str:
    """Return the character for a sentence, harmless on any terminal."""
    if character.isprintable() and not unicodedata.category(character).startswith("M"):
        return f"“{character}”"
    return f"U+{ord(character):04X}"


def _keep_legal(wanted: str) -> str:
    """Return what a name can keep of the wanted one, or ""."""
    text = "_".join(unicodedata.normalize("NFKC", wanted[: 2 * NAME_LIMIT]).split())
    text = "".join(filter(may_stand_in_name, text)).lstrip(_MARKS.replace("_", ""))
    text = text[:NAME_LIMIT].rstrip(".")
    if text.isdecimal():
        text = (_GUEST + text)[:NAME_LIMIT]
    try:
        return _parse_person(text).shown
    except _UnfitError:
        return ""


def may_stand_in_name(character: str) -> bool:
    """Return whether a name may hold the character, not as its first perhaps."""
    if character.isascii():
        return not _NO_NAME_MARK.match(character)
    return unicodedata.category(character) in _NAME_CATEGORIES


def _find_free_number(stem: str, first: int, is_free: Callable[[str], bool]) -> str:
    """Return the stem with a number from `first` on that makes it free, or "".

    Strides double until they meet a free number, then the gap is halved: of a thousand people called alike, each asks
    twenty times, not a thousand.
    """

    def is_taken(number: int) -> bool:
        key = find_key(_add_number(stem, number))
        return not key or not is_free(key)

    taken, stride = first - 1, 1
    while is_taken(taken + stride):
        taken += stride
        stride *= 2
        if stride > SUGGESTED_NUMBER_LIMIT:
            return ""
    free = taken + stride
    while free - taken > 1:
        middle = (taken + free) // 2
        if is_taken(middle):
            taken = middle
        else:
            free = middle
    return _add_number(stem, free)


def _add_number(stem: str, number: int) -> str:
    digits = str(number)
    return stem[: NAME_LIMIT - len(digits)] + digits


def _suggest_room_name(wanted: str) -> str:
    text = "_".join(wanted[: 2 * ROOM_NAME_LIMIT].split())
    text = _NO_ROOM_MARK.sub("", text)[:ROOM_NAME_LIMIT]
    try:
        return _parse_room(text).shown
    except _UnfitError:
        return ""
