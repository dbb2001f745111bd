"""Search phrases: how what was found looks in plain lines, marked so that it can be seen without colours."""

from collections.abc import Sequence
from typing import Final

from hubbub.core.features.messages import Said
from hubbub.core.message_answers import Found, Hit
from hubbub.phrasing.stamps import day_and_minute

EXCERPT: Final = 160
"""Most characters that are shown of a line in which something was found: two or three lines of a terminal."""

BEFORE: Final = 50
"""How many of them stand before the first thing that was found, where it stands farther behind."""

Span = tuple[int, int]


def found(answer: Found) -> list[str]:
    """List what was found, a line each: where, when, who, and the line with what was looked for between stars.

    The number before each is what it is called by afterwards.
    """
    lines = [f"#{number} {_hit(hit)}" for number, hit in enumerate(answer.hits, 1)] or ["Nothing was found."]
    if answer.cursor and not answer.is_complete:
        lines.append("Not everything was looked through: /search more goes on.")
    elif answer.cursor:
        lines.append("There is more: /search more")
    elif not answer.is_complete:
        lines.append("Not everything that was said can be found yet. Search again in a minute.")
    return lines


def _hit(hit: Hit) -> str:
    event = hit.record.event
    when = day_and_minute(hit.record.time_ms)
    text: str = getattr(event, "text", "")
    names = ", ".join(view.name for view in event.files) if isinstance(event, Said) else ""
    line = " ".join(filter(None, [excerpt(text, hit.spans), f"[{names}]" if names else ""]))
    return f"{hit.room} {when} {event.name}: {line}"


def excerpt(text: str, spans: Sequence[Span]) -> str:
    """Return the line of the text in which the first span stands, or a part of it, each span between stars."""
    spans = spans or ((0, 0),)
    begin, end = _line_around(text, spans[0])
    if end - begin > EXCERPT:
        begin = max(begin, min(spans[0][0] - BEFORE, end - EXCERPT))
        cut = min(end, begin + EXCERPT)
        behind = "…" if cut < end else ""
        before = "…" if text[begin - 1 : begin].strip("\n") else ""
        return f"{before}{_marked(text, begin, cut, spans)}{behind}"
    return _marked(text, begin, end, spans)


def _line_around(text: str, span: Span) -> Span:
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    return begin, len(text) if end < 0 else end


def _marked(text: str, begin: int, end: int, spans: Sequence[Span]) -> str:
    """Return a part of a text, with stars around the spans in it."""
    shown, place = "", begin
    for first, last in spans:
        first, last = max(first, begin), min(last, end)  # noqa: PLW2901 - a span that is cut
        if first < last:
            shown += f"{text[place:first]}*{text[first:last]}*"
            place = last
    return shown + text[place:end]
