"""Marking: a text's marks read, so that it can be drawn: spans of one look each. Pure. docs/topics/markdown.md."""

import re
from enum import Flag, auto
from typing import Final, Literal, NamedTuple

from hubbub.core.mentions import CALLS_ALL
from hubbub.tui.visible import make_visible

MOST_SPANS: Final = 400
"""A text with more is shown as it was written: nobody sets so many marks by hand."""


MOST_OPEN: Final = 50
"""Most marks that wait for another like them; of more, the oldest are text. It bounds what a text costs its reader."""


class Look(Flag):
    """How a span looks."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRUCK = auto()
    CODE = auto()
    HIDDEN = auto()
    """Not to be read before somebody asks for it."""
    LINK = auto()
    ROOM = auto()
    CALL = auto()
    """Somebody is called."""
    CALLS_ME = auto()
    """The reader is."""
    NAME = auto()
    """Who says it, where that stands in the text."""


class Span(NamedTuple):
    """A part of a line."""

    text: str
    look: Look = Look.PLAIN
    url: str = ""


Kind = Literal["text", "quote", "code", "item"]


class MarkedLine(NamedTuple):
    """A line as it was written."""

    spans: tuple[Span, ...]
    kind: Kind = "text"
    lead: str = ""
    """What stands before it; the lines that it is broken into are indented by its width."""


def read_marks(text: str, my_name: str = "", *, is_plain: bool = False) -> tuple[MarkedLine, ...]:
    """Return how a text looks to somebody: a line for each of its lines. Marks alone on theirs are not there."""
    visible = make_visible(text)
    if is_plain:
        return tuple(MarkedLine((Span(line),)) for line in visible.split("\n"))
    lines = tuple(_read_lines(visible, my_name.casefold()))
    if sum(len(line.spans) for line in lines) > MOST_SPANS:
        return read_marks(text, is_plain=True)
    return lines


def join_looks(lines: tuple[MarkedLine, ...]) -> Look:
    """Return all looks that occur."""
    looks = Look.PLAIN
    for line in lines:
        for span in line.spans:
            looks |= span.look
    return looks


def _read_lines(text: str, me: str) -> list[MarkedLine]:
    lines: list[MarkedLine] = []
    is_code = False
    for line in text.split("\n"):
        if _FENCE.fullmatch(line):
            is_code = not is_code
        elif is_code:
            lines.append(MarkedLine((Span(line, Look.CODE),), "code", "  "))
        elif line.startswith(">"):
            lines.append(MarkedLine(_read_inline(line[1:].lstrip(), me), "quote", "▎ "))
        elif found := _ITEM.match(line):
            lead = f"{found[1]}{'•' if found[2] in '-*+' else found[2]} "
            lines.append(MarkedLine(_read_inline(line[found.end() :], me), "item", lead))
        else:
            lines.append(MarkedLine(_read_inline(line, me)))
    return lines or [MarkedLine(())]


_FENCE: Final = re.compile(r" {0,3}```[\w+#.-]*\s*")
_ITEM: Final = re.compile(r"( {0,8})([-*+]|\d{1,4}[.)]) (?=\S)")

_TOKEN: Final = re.compile(
    r"(?P<code>`{1,3})(?P<inside>(?:(?!(?P=code)).){1,500})(?P=code)"
    r"|\\(?P<escaped>[*_~`|\\<>\[\]()#@])"
    r"|\[(?P<words>[^\[\]\n]{1,300})\]\((?P<target>(?:https?://|mailto:|ircs?://|hubbub://)[^\s()<>]{1,2000})\)"
    r"|<(?P<quoted>(?:https?://|mailto:|ircs?://|hubbub://)[^\s<>]{1,2000})>"
    r"|(?P<bare>(?:https?|ircs?|hubbub)://[^\s<>]{1,2000})"
    r"|(?<![\w@])@(?P<call>\w[\w.^{}\-]{0,31})"
    r"|(?<![\w&#/])#(?P<room>\w[\w.\-]{0,49})"
    r"|(?P<mark>\*{1,3}|_{1,3}|~~|\|\|)"
)

_BY_MARK: Final = {
    "*": Look.ITALIC,
    "_": Look.ITALIC,
    "**": Look.BOLD,
    "__": Look.BOLD,
    "***": Look.BOLD | Look.ITALIC,
    "___": Look.BOLD | Look.ITALIC,
    "~~": Look.STRUCK,
    "||": Look.HIDDEN,
}

_AFTER_LINK: Final = ".,;:!?'\"*_~"
"""What a sentence puts behind a link. GFM 6.9."""


class _Opener(NamedTuple):
    mark: str
    place: int
    """Which of the spans it is."""


def _read_inline(line: str, me: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    openers: list[_Opener] = []
    at = 0
    while found := _TOKEN.search(line, at):
        if found.start() > at:
            spans.append(Span(line[at : found.start()]))
        at = found.end()
        if mark := found["mark"]:
            _take_mark(line, found, mark, spans, openers)
            continue
        span, left = _read_token(found, me)
        spans.append(span)
        at -= left
    if at < len(line):
        spans.append(Span(line[at:]))
    return _joined(spans)


def _read_token(found: re.Match[str], me: str) -> tuple[Span, int]:
    """Return what a token looks like, and how many of its characters are not of it after all."""
    if found["inside"]:
        return Span(found["inside"], Look.CODE), 0
    if found["escaped"]:
        return Span(found["escaped"]), 0
    if found["words"]:
        return Span(found["words"], Look.LINK, found["target"]), 0
    if found["quoted"]:
        return Span(found["quoted"].removeprefix("mailto:"), Look.LINK, found["quoted"]), 0
    if bare := found["bare"]:
        kept = _trim_link(bare)
        return Span(kept, Look.LINK, kept), len(bare) - len(kept)
    if call := found["call"]:
        kept = call.rstrip(".-^{}_") or call
        look = Look.CALLS_ME if kept.casefold() in {me, CALLS_ALL} else Look.CALL
        return Span(f"@{kept}", look), len(call) - len(kept)
    room = found["room"].rstrip(".-")
    return Span(f"#{room}", Look.ROOM), len(found["room"]) - len(room)


def _trim_link(url: str) -> str:
    """Return a bare link without what the sentence puts behind it, a bracket that it did not open included."""
    while url and (url[-1] in _AFTER_LINK or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


def _take_mark(line: str, found: re.Match[str], mark: str, spans: list[Span], openers: list[_Opener]) -> None:
    before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
    is_open = bool(after) and not after.isspace() and (mark[0] != "_" or not before.isalnum())
    is_close = bool(before) and not before.isspace() and (mark[0] != "_" or not after.isalnum())
    place = next((place for place in reversed(range(len(openers))) if openers[place].mark == mark), None)
    if is_close and place is not None and openers[place].place < len(spans) - 1:
        opener = openers[place]
        del openers[place:]
        spans[opener.place] = Span("")
        for inside in range(opener.place + 1, len(spans)):
            span = spans[inside]
            spans[inside] = span._replace(look=span.look | _BY_MARK[mark])
        return
    if is_open:
        del openers[: -MOST_OPEN + 1]
        openers.append(_Opener(mark, len(spans)))
    spans.append(Span(mark))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans, neighbours that look the same as one."""
    joined: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if joined and joined[-1].look == span.look and joined[-1].url == span.url and not span.url:
            joined[-1] = span._replace(text=joined[-1].text + span.text)
        else:
            joined.append(span)
    return tuple(joined)
