"""Choosing: what is done with the message that is chosen: answered, edited, reacted to, copied."""

from abc import abstractmethod
from collections.abc import Hashable
from typing import Literal

import msgspec
from textual.widgets import Static

from hubbub.core.features.annotating import Delete, Edit, PinMessage, React, UnpinMessage, Unreact
from hubbub.core.message_answers import History, Hit, PinList, ThreadFound
from hubbub.core.queries import FindNear, FindThread, ListPins
from hubbub.tui.entries import Entry, Outgoing, entry_of
from hubbub.tui.marking import read_marks
from hubbub.tui.screens.asking import Answer, Ask, Given
from hubbub.tui.screens.excerpt import Excerpt
from hubbub.tui.screens.links import LinkPicker
from hubbub.tui.screens.picturing import Picturing
from hubbub.tui.screens.reacting import ReactionPicker
from hubbub.tui.screens.search import Chosen, Search
from hubbub.tui.station import Station
from hubbub.tui.visible import TEXT_CHARACTERS, cut_text, make_line_visible
from hubbub.tui.widgets.timeline import Timeline

THREAD = 100
"""How many answers of a thread are shown: the last ones."""


class About(msgspec.Struct, frozen=True):
    """What is being written is about a message."""

    kind: Literal["reply", "edit"]
    entry: Entry


class Choosing(Picturing):
    """See the module."""

    about: About | None = None
    """What is being written is about; None where it is about nothing."""

    @property
    def is_editing(self) -> bool:
        """Whether what is being written is another message's new text."""
        return self.about is not None and self.about.kind == "edit"

    def leave(self) -> None:
        """Answer and edit nothing of the place that one leaves."""
        if self.is_editing and self.current is not None:
            self.composer.load(self.current.draft)
        self.be_about(None)
        super().leave()

    @property
    def chosen(self) -> Entry | Outgoing | None:
        """The message that is chosen."""
        key, source = self.timeline.selected, self.source
        if key is None or source is None or not len(source):
            return None
        place = source.find(key)
        standing = source.at(place)
        return standing if source.key(place) == key and isinstance(standing, Entry | Outgoing) else None

    def be_about(self, about: About | None) -> None:
        """Write about a message from now on, or about none."""
        self.about = about
        bar = self.query_one("#about", Static)
        bar.set_class(about is not None, "-shown")
        if about is not None:
            doing = "Editing" if about.kind == "edit" else f"Answering {about.entry.name}:"
            bar.update(make_line_visible(f"{doing} {about.entry.text}"))

    def action_choose(self) -> None:
        """Choose a message; first stop what is being written about one."""
        if self.about is not None:
            was_editing = self.is_editing
            self.be_about(None)
            if was_editing:
                self.composer.load(self.current.draft if self.current is not None else "")
        elif self.source is not None and len(self.source):
            self.timeline.focus()
            self.timeline.select_by(0)
            if self.timeline.selected is None:
                self.composer.focus()

    def action_choose_by(self, by: int) -> None:
        """Choose the next message."""
        self.timeline.select_by(by)

    def action_write(self) -> None:
        """Write again."""
        self.timeline.select(None)
        self.composer.focus()

    def action_reply(self) -> None:
        """Answer the chosen message."""
        if isinstance(entry := self.chosen, Entry) and entry.kind != "removed":
            self.be_about(About("reply", entry))
            self.action_write()

    def action_edit(self) -> None:
        """Edit one's own message; what is not sent yet is written anew."""
        standing, station = self.chosen, self.station
        match standing:
            case Entry(is_mine=True) if 0 < len(standing.text) <= TEXT_CHARACTERS:
                self.be_about(About("edit", standing))
                self.composer.load(standing.text)
                self.action_write()
            case Outgoing() if station is not None:
                station.take_back(standing.nonce)
                self.composer.load(standing.text)
                self.action_write()
            case _:
                self.complain("Only what one has said oneself can be edited.")

    def action_again(self) -> None:
        """Send again what was refused."""
        standing, station, buffer = self.chosen, self.station, self.current
        if (
            isinstance(standing, Outgoing)
            and standing.state == "refused"
            and station is not None
            and buffer is not None
        ):
            station.take_back(standing.nonce)
            station.send(standing.request, buffer)
            self.action_write()

    def action_delete(self) -> None:
        """Delete the chosen message, once somebody has said so twice."""
        standing, station = self.chosen, self.station
        if station is None:
            return
        if isinstance(standing, Outgoing):
            station.take_back(standing.nonce)
            self.action_write()
        elif isinstance(entry := standing, Entry) and entry.kind != "removed":

            def delete(given: Given | None) -> None:
                if given is not None and given.answer == "delete":
                    self.work(station.ask(Delete(entry.id)))

            answers = (Answer("keep", "Keep it"), Answer("delete", "Delete it", is_usual=True, is_grave=True))
            words = make_line_visible(entry.text)[:200]
            self.put_before(Ask("Delete this message?", f"{entry.name}: {words}", answers), delete)

    def action_react(self) -> None:
        """React to the chosen message, or take it back where one has."""
        entry, station = self.chosen, self.station
        if not isinstance(entry, Entry) or entry.kind == "removed" or station is None:
            return

        def react(reaction: Hashable | None) -> None:
            if isinstance(reaction, str):
                has = station.you.id in entry.note.reactions.get(reaction, {})
                self.work(station.ask(Unreact(entry.id, reaction) if has else React(entry.id, reaction)))

        self.put_before(ReactionPicker(entry, station.you.id), react)

    def action_pin(self) -> None:
        """Pin the chosen message, or pin it no longer."""
        entry, station = self.chosen, self.station
        if isinstance(entry, Entry) and station is not None and self.current is not None:
            self.work(self._turn_pin(entry, self.current.name))

    async def _turn_pin(self, entry: Entry, room: str) -> None:
        station = self.station
        if station is None:
            return
        answer = await station.ask(ListPins(room))
        is_pinned = isinstance(answer, PinList) and any(pin.record.seq == entry.seq for pin in answer.pins)
        await station.ask(UnpinMessage(entry.id) if is_pinned else PinMessage(entry.id))
        self.notify("It is pinned no longer." if is_pinned else "It is pinned.", markup=False)

    def action_copy(self) -> None:
        """Copy the text of the chosen message."""
        standing = self.chosen
        if standing is not None and standing.text:
            self.copy(standing.text)
            self.action_write()

    def copy(self, text: str) -> None:
        """Ask the terminal to keep a text, as OSC 52 does."""
        self.app.copy_to_clipboard(text)
        self.notify("Copied, if the terminal lets programs do that.", markup=False, timeout=2)

    def action_open(self) -> None:
        """Open the link or the file of the chosen message; of several, somebody chooses."""
        standing, station = self.chosen, self.station
        if standing is None or station is None:
            return
        files = [station.link_to(file) for file in standing.files] if isinstance(standing, Entry) else []
        texts = [span.url for line in read_marks(cut_text(standing.text)) for span in line.spans if span.url]
        links = list(dict.fromkeys([*files, *texts]))
        if len(links) == 1:
            self.open_link(links[0])
        elif links:
            self.put_before(LinkPicker(links), self._open_chosen)
        else:
            self.complain("There is no link in it.")

    def _open_chosen(self, link: Hashable | None) -> None:
        if isinstance(link, str):
            self.open_link(link)

    @abstractmethod
    def open_link(self, url: str) -> bool:
        """Open a link; return False where that cannot be."""

    def action_thread(self) -> None:
        """See the answers to the chosen message, and to what it answers."""
        entry = self.chosen
        if isinstance(entry, Entry):
            self.work(self._show_thread(entry))

    async def _show_thread(self, entry: Entry) -> None:
        station = self.station
        if station is None:
            return
        answer = await station.ask(FindThread(entry.id, THREAD))
        if isinstance(answer, ThreadFound):
            entries = [entry_of(record, station.you.id) for record in answer.records]
            self.show_excerpt("Thread", entries, entry.seq)

    def action_search(self) -> None:
        """Search what was said, and go to what was found."""
        station = self.station
        if station is not None:
            self.put_before(Search(station), lambda found: self._go_to_hit(station, found))

    def _go_to_hit(self, station: Station, found: object) -> None:
        if not isinstance(found, Chosen):
            return
        buffer = station.find(found.hit.room)
        if buffer is not None:
            self.go_to(buffer)
            entry = buffer.entry_at(found.hit.record.seq)
            if entry is not None:
                self.jump(entry)
                return
        self.work(self._show_around_hit(station, found.hit))

    async def _show_around_hit(self, station: Station, hit: Hit) -> None:
        """Show what was said around a hit that is older than what is here."""
        answer = await station.ask(FindNear(hit.record.id, "around", THREAD))
        if isinstance(answer, History):
            entries = [entry_of(record, station.you.id) for record in answer.records]
            self.show_excerpt(f"{hit.room}, long ago", entries, hit.record.seq)

    def show_excerpt(self, title: str, entries: list[Entry], seq: int) -> None:
        """Show some messages in front of everything, one of them chosen; answer the one that somebody takes."""
        station, buffer = self.station, self.current
        if station is None or buffer is None:
            return

        def take(entry: Entry | None) -> None:
            if entry is not None:
                self.be_about(About("reply", entry))
            self.action_write()

        excerpt = Excerpt(title, entries, buffer.name, station, seq)
        if self.pictures is not None:
            excerpt.gallery = self.gallery
        self.put_before(excerpt, take)

    def on_timeline_touched(self, event: Timeline.Touched) -> None:
        """Choose what was pointed at."""
        self.timeline.focus()
        self.timeline.select(event.key)

    def make_edit(self, about: About, text: str) -> None:
        """Let the message that was being edited say something else."""
        station = self.station
        if station is not None and text != about.entry.text:
            self.work(station.ask(Edit(about.entry.id, text)))
