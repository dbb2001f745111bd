"""Reporting: what happens, line by line, for `plain`."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.features.messages import Tell
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Told
from hubbub.phrasing import phrases
from hubbub.phrasing.file_phrases import FileLinks
from hubbub.tui.answering import tell_outcomes
from hubbub.tui.buffers import Buffer
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Entry, Outgoing
from hubbub.tui.lines import Lines, Writing
from hubbub.tui.settings import Times
from hubbub.tui.telling import INDENT, tell_listed, tell_record
from hubbub.tui.visible import make_visible

EARLIER: Final = 10
"""How many of the last messages are shown of a room that one turns to for the first time."""


class Reporting:
    """Writes lines, and knows what was written."""

    def __init__(self, desk: Desk, lines: Lines, times: Times) -> None:
        self._desk = desk
        self._lines = lines
        self._writing = Writing(lines.begun)
        self._time_form = _FORMS[times]
        self._shown = ""
        """Which room the last line was from."""
        self._begun: set[Buffer] = set()
        """Of which rooms everything new is shown."""
        self._echoed: set[str] = set()
        """What one has seen when one wrote it."""
        self._noted: set[str] = set()
        self.has_failed = False
        """Whether anything was not said that was to be."""

    def is_begun(self, buffer: Buffer) -> bool:
        """Return whether everything new in a room is shown."""
        return buffer in self._begun

    def begin(self, buffers: Iterable[Buffer]) -> None:
        """Show everything new in these rooms from now on."""
        self._begun.update(buffers)

    def recall(self, buffer: Buffer) -> None:
        """Show the last of what was said in a room, if nothing of it was shown yet, to whoever types."""
        if buffer in self._begun:
            return
        self._begun.add(buffer)
        earlier = buffer.spoken(EARLIER) if self._lines.is_typed else []
        if earlier:
            self._writing.line(f"Earlier in {self.label(buffer)}:")
            links = self._links_of(buffer)
            for entry in earlier:
                self._writing.line(tell_listed(entry.record, links))

    def tell(self, sentences: Sequence[str], *, is_error: bool = False) -> None:
        """Show what answers a line."""
        for sentence in sentences:
            (self._writing.remark if is_error else self._writing.line)(_fold(sentence))

    def show_entry(self, buffer: Buffer, entry: Entry) -> None:
        """Write what stands in a buffer now, but for one's own words, which whoever types has seen."""
        if not (entry.nonce in self._echoed and self._lines.is_typed):
            self.show(buffer, entry.record)

    def show(self, buffer: Buffer, record: Record) -> None:
        """Write what has happened, with the name of the room before it where that is another one than before."""
        text = tell_record(record, buffer.name, self._links_of(buffer))
        if not text:
            return
        label = self.label(buffer)
        if label != self._shown:
            self._shown = label
            text = f"{make_visible(label)} {text}"
        self._writing.line(f"{time.strftime(self._time_form)}{text}")

    def note_outgoing(self, buffer: Buffer, *, is_online: bool) -> None:
        """Say once of what cannot be sent at present that it waits."""
        for one in buffer.outgoing:
            if one.nonce in self._noted:
                continue
            self._noted.add(one.nonce)
            if is_online:
                self._echoed.add(one.nonce)
            else:
                self.remark("There is no connection. It waits, and is said as soon as there is one.")

    def show_outcome(self, outgoing: Outgoing, outcome: Answer | Refusal) -> None:
        """Say what became of a message, where that is not simply that it was said."""
        if isinstance(outcome, Refusal):
            self._fail(f"Not said: {phrases.refused(outcome)}")
        elif isinstance(outcome, Told):
            self.tell(tell_outcomes(outcome))
            if isinstance(outgoing.request, Tell) and not any(one.message for one in outcome.outcomes):
                self._fail("Nobody was told.")

    def _fail(self, sentence: str) -> None:
        self.remark(sentence)
        self.has_failed = True

    def label(self, buffer: Buffer) -> str:
        """Return what a room is called, with its server where there are several."""
        if len(self._desk.stations) > 1:
            return f"{buffer.server} {buffer.name}".rstrip()
        return buffer.title

    def _links_of(self, buffer: Buffer) -> FileLinks:
        return FileLinks(self._desk.station_of(buffer).endpoint.base_url)

    def remark(self, sentence: str) -> None:
        """Say something that the client has to say itself."""
        self._writing.remark(_fold(sentence))


_FORMS: Final[Mapping[Times, str]] = {"none": "", "minutes": "%H:%M ", "seconds": "%H:%M:%S "}
"""How the time before each line is written."""


def _fold(sentence: str) -> str:
    return make_visible(sentence).replace("\n", f"\n{INDENT}")
