"""HTML: an export for people, one file that needs nothing else, shows in any browser and prints.

It has no scripts, and a policy that lets none run: whatever somebody wrote is text.
"""

import re
from html import escape
from typing import Final

from hubbub.wire.transfer.prose import (
    Context,
    clock_time,
    count_messages,
    tell_file,
    tell_gone,
    tell_marks,
    tell_span,
    title_of,
)
from hubbub.wire.transfer.things import Header, MessageThing, RoomThing

_LINK: Final = re.compile(r"(https?://[^\s<>\"'`]*[^\s<>\"'`.,:;!?)\]])")
"""An address in a text, without the punctuation behind it."""

_STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1d2129; --dim: #5d6673; --paper: #fff; --line: #e3e6ea; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6ea; --dim: #a0a8b4; --paper: #16181d; --line: #31353d; --link: #8ab4f8; }
}
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { position: sticky; top: 0; margin: 2rem 0 .5rem; padding: .3rem 0; background: var(--paper);
  border-bottom: 1px solid var(--line); font-size: .9rem; color: var(--dim); }
a { color: var(--link); }
header p, footer { color: var(--dim); }
article { padding: .35rem 0; break-inside: avoid; }
article:target { background: color-mix(in srgb, var(--link) 12%, transparent); }
.head { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.head a, .mark { font-size: .8rem; color: var(--dim); text-decoration: none; }
.head a:hover { text-decoration: underline; }
.reply { display: block; padding-inline-start: .6rem; border-inline-start: 3px solid var(--line); font-size: .85rem;
  color: var(--dim); text-decoration: none; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.action { font-style: italic; }
.gone { font-style: italic; color: var(--dim); }
.reactions { display: flex; flex-wrap: wrap; gap: .3rem; margin: .2rem 0 0; padding: 0; list-style: none;
  font-size: .85rem; }
.reactions li { padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem; overflow-wrap: anywhere; }
@media print { h2 { position: static; } body { max-width: none; } }
"""


class HtmlWriter:
    """Writes one room. Constant memory, however long it is."""

    def __init__(self) -> None:
        self._context = Context()
        self._is_day_open = False

    def begin(self, header: Header, room: RoomThing) -> str:
        """Return the head of the page."""
        title = escape(title_of(room))
        topic = f'<p dir="auto">{escape(room.topic.text)}</p>\n' if room.topic else ""
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
            f'<header>\n<h1 dir="auto">{title}</h1>\n{topic}<p>{escape(tell_span(header))}</p>\n</header>\n<main>\n'
        )

    def write(self, message: MessageThing) -> str:
        """Return one message, in a new section where a day begins."""
        day = self._context.turn_day(message)
        answered = self._context.quote(message)
        self._context.remember(message)
        return f"{self._turn_day(day)}{_article(message, answered)}"

    def end(self, messages: int) -> str:
        """Return the foot of the page."""
        close = "</section>\n" if self._is_day_open else ""
        return f"{close}</main>\n<footer><p>{count_messages(messages)}</p></footer>\n</body>\n</html>\n"

    def _turn_day(self, day: str) -> str:
        if not day:
            return ""
        close = "</section>\n" if self._is_day_open else ""
        self._is_day_open = True
        return f"{close}<section>\n<h2>{escape(day)}</h2>\n"


def _article(message: MessageThing, answered: str) -> str:
    anchor = escape(message.id)
    marks = "".join(f' <span class="mark">{escape(mark)}</span>' for mark in tell_marks(message))
    reply = (
        f'<a class="reply" dir="auto" href="#m{escape(message.reply_to)}">{escape(answered)}</a>\n' if answered else ""
    )
    return (
        f'<article id="m{anchor}">\n'
        f'<div class="head"><span class="name" dir="auto">{escape(message.name)}</span> '
        f'<a href="#m{anchor}"><time datetime="{message.time.isoformat()}">{clock_time(message.time)}</time></a>'
        f"{marks}</div>\n{reply}{_body(message)}{_reactions(message)}</article>\n"
    )


def _body(message: MessageThing) -> str:
    if message.deleted:
        return f'<div class="gone" dir="auto">{escape(tell_gone(message))}</div>\n'
    kind = "text action" if message.manner == "action" else "text"
    files = "".join(f'<div class="file" dir="auto">📎 {escape(tell_file(file))}</div>\n' for file in message.files)
    return f'<div class="{kind}" dir="auto">{_link(message.text)}</div>\n{files}'


def _link(text: str) -> str:
    """Return the text escaped, its addresses as links that tell nobody where they stand."""
    pieces = _LINK.split(text)
    return "".join(
        f'<a href="{escape(piece)}" rel="noopener noreferrer nofollow">{escape(piece)}</a>'
        if place % 2
        else escape(piece)
        for place, piece in enumerate(pieces)
    )


def _reactions(message: MessageThing) -> str:
    if not message.reactions:
        return ""
    items = "".join(
        f'<li title="{escape(", ".join(person.name for person in people))}">{escape(reaction)} {len(people)}</li>'
        for reaction, people in message.reactions.items()
    )
    return f'<ul class="reactions">{items}</ul>\n'
