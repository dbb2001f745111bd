"""Markdown: an export for people, in CommonMark.

What somebody wrote stands in a block quotation as he wrote it: whatever it opens ends with the quotation. Three things
would reach out of it, and are escaped: raw HTML, automatic links in angle brackets, and the definitions of links.
(Not by a backslash where another one may stand before it.)
"""

import re
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

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>~^|&$]|^\d*[#+\-.)=:])")
"""What may mean something in CommonMark and its dialects, anywhere or at the beginning of a line."""

_HTML: Final = re.compile(r"<(?=[A-Za-z/!?])")
"""What begins a tag, a comment, a declaration or an automatic link. CommonMark 0.31.2 sections 6.5 and 6.6."""

_DEFINITION: Final = re.compile(r"^([\s>*+\-\d.)]*)\[(?![ xX]\] |[^\]\n]*\]\()", re.MULTILINE)
"""What may begin the definition of a link, which holds in the whole document: `[` first in a line, other than of a
task or a link. CommonMark 0.31.2 section 4.7."""


class MarkdownWriter:
    """Writes one room. Constant memory, however long it is."""

    def __init__(self) -> None:
        self._context = Context()

    def begin(self, header: Header, room: RoomThing) -> str:
        """Return the head of the document."""
        topic = f"{escape(room.topic.text)}\n\n" if room.topic else ""
        return f"# {escape(title_of(room))}\n\n{topic}{escape(tell_span(header))}\n"

    def write(self, message: MessageThing) -> str:
        """Return one message, under a heading where a day begins."""
        day = self._context.turn_day(message)
        answered = self._context.quote(message)
        self._context.remember(message)
        head = " · ".join([f"**{escape(message.name)}** {clock_time(message.time)}", *tell_marks(message)])
        return "".join(
            [
                f"\n## {escape(day)}\n" if day else "",
                f"\n{head}\n",
                f"\n↩ {escape(answered)}\n" if answered else "",
                f"\n*{escape(tell_gone(message))}*\n" if message.deleted else f"\n{quote(message.text)}\n",
                *(f"\n📎 {escape(tell_file(file))}\n" for file in message.files),
                f"\n{_reactions(message)}\n" if message.reactions else "",
            ]
        )

    def end(self, messages: int) -> str:
        """Return the foot of the document."""
        return f"\n---\n\n{count_messages(messages)}\n"


def escape(text: str) -> str:
    """Return a line that means nothing but itself."""
    return _SPECIAL.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def quote(text: str) -> str:
    """Return a text of any lines as a block quotation."""
    harmless = _DEFINITION.sub(r"\1\\[", _HTML.sub("&lt;", text.replace("\r", "\n")))
    return "\n".join(f"> {line}".rstrip() for line in harmless.split("\n"))


def _reactions(message: MessageThing) -> str:
    return " · ".join(
        f"{escape(reaction)} {escape(', '.join(person.name for person in people))}"
        for reaction, people in message.reactions.items()
    )
