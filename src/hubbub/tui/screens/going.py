"""Going: which place is before one, and how one comes to another."""

from collections.abc import Hashable, Mapping

from hubbub.core.kinds import Seq
from hubbub.tui import hints
from hubbub.tui.buffers import Buffer, BufferKey
from hubbub.tui.changes import DraftTaken
from hubbub.tui.desk import Desk
from hubbub.tui.entries import Entry
from hubbub.tui.reading import BufferSource
from hubbub.tui.screens import around
from hubbub.tui.screens.switching import Switcher
from hubbub.tui.screens.working import Working
from hubbub.tui.station import Station
from hubbub.tui.widgets.composer import Composer
from hubbub.tui.widgets.drawer import Nothing
from hubbub.tui.widgets.timeline import Timeline


class Going(Working):
    """See the module."""

    def __init__(self, desk: Desk, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.desk = desk
        self.keymap = keymap
        """The keys that somebody has set himself, by what they do."""
        self.timeline = Timeline(id="timeline")
        self.composer = Composer(keymap, id="composer")
        self.current: Buffer | None = None
        """The place that is before one; None where there is none at all."""
        self.source: BufferSource | None = None
        self._tops: dict[BufferKey, tuple[Hashable, int] | None] = {}
        """Where one stood in each place when one left it."""

    @property
    def station(self) -> Station | None:
        """Where the place is that is before one; the first one where there is none."""
        if self.current is not None:
            return self.find_station(self.current)
        return self.desk.stations[0] if self.desk.stations else None

    def find_station(self, buffer: Buffer) -> Station | None:
        """Return where a place is; None where one has left that server."""
        return next((station for station in self.desk.stations if station.name == buffer.server), None)

    @property
    def rooms(self) -> list[Buffer]:
        """All places where something can be said."""
        return [buffer for buffer in around.places(self.desk.stations) if buffer.kind != "server"]

    def go_to(self, buffer: Buffer) -> None:
        """Have a place before one, as one has left it."""
        station = self.find_station(buffer)
        if station is None or buffer is self.current:
            return
        self.leave()
        self.current = buffer
        self.source = _source_of(station, buffer, buffer.read_to if buffer.unread else None)
        self.timeline.show(self.source, station.you.name, top=self._tops.get(buffer.key))
        self.composer.load(buffer.draft)
        if self.timeline.has_focus:
            # Nothing is chosen there, and what is typed would be lost, or do something to what is chosen next.
            self.composer.focus()
        self.arrived(station, buffer)

    def arrived(self, station: Station, buffer: Buffer) -> None:
        """Take note that another place is before one; to be derived."""

    def leave(self) -> None:
        """Keep where one stands and what one has begun to write."""
        buffer = self.current
        station = None if buffer is None else self.find_station(buffer)
        if buffer is None or station is None:
            return
        self._tops[buffer.key] = self.timeline.top
        self.keep_draft()

    def keep_draft(self) -> None:
        """Keep what one has begun to write, unless it stands elsewhere already."""
        buffer = self.current
        station = None if buffer is None else self.find_station(buffer)
        if buffer is not None and station is not None and not self.is_editing:
            station.set_draft(buffer, self.composer.text)

    def take_draft(self, taken: DraftTaken) -> None:
        """Go on writing what was begun elsewhere, unless something was written here in this very moment."""
        if taken.buffer is not self.current or self.is_editing:
            return
        if self.composer.text == taken.before:
            self.composer.load(taken.buffer.draft)
        else:
            self.keep_draft()

    @property
    def is_editing(self) -> bool:
        """Whether what is being written is another message's new text."""
        return False

    def leave_gone(self) -> None:
        """Go elsewhere, where the place before one is there no longer."""
        places = around.places(self.desk.stations)
        if self.current in places:
            return
        # One may have begun to write before there is a place; what was begun in one that is gone stays there.
        was_nowhere = self.current is None
        begun = self.composer.text if was_nowhere else ""
        self.current = self.source = None
        if not places:
            # Before the first server is reached, there is nothing to be helped with.
            self.timeline.show(Nothing("" if was_nowhere else hints.NOWHERE), "")
            return
        self.go_to((self.rooms or places)[0])
        if begun:
            self.go_on_with(begun)

    def go_on_with(self, begun: str) -> None:
        """Go on writing what was begun elsewhere, below what is begun here."""
        here = self.composer.text
        self.composer.load(f"{here}\n{begun}" if here else begun)

    def show_again(self) -> None:
        """Draw the place before one as somebody else, or from another beginning."""
        station, buffer, source = self.station, self.current, self.source
        if station is None or buffer is None or source is None:
            return
        top = self.timeline.top
        self.source = _source_of(station, buffer, source.new_from)
        self.timeline.show(self.source, station.you.name, top=top)

    def jump(self, entry: Entry) -> None:
        """See a message of the place before one, and choose it."""
        self.timeline.scroll_to(entry.seq)
        self.timeline.select(entry.seq)
        self.timeline.focus()

    # What keys do.

    def action_place(self, number: int) -> None:
        """Go to the place with a number."""
        places = around.numbered(self.desk.stations)
        if number <= len(places):
            self.go_to(places[number - 1])

    def action_step(self, by: int) -> None:
        """Go to the place above or below."""
        places = around.places(self.desk.stations)
        if places:
            at = places.index(self.current) if self.current in places else 0
            self.go_to(places[(at + by) % len(places)])

    def action_next_active(self) -> None:
        """Go where something is new."""
        buffer = around.next_active(self.desk.stations, self.current)
        if buffer is not None:
            self.go_to(buffer)

    def action_go_to(self) -> None:
        """Choose where to go."""

        def go(key: Hashable | None) -> None:
            buffer = next((one for one in around.places(self.desk.stations) if one.key == key), None)
            if buffer is not None:
                self.go_to(buffer)

        self.put_before(Switcher(self.desk, self.current), go)

    def action_page(self, by: int) -> None:
        """Go up or down by a screen, but for a line."""
        self.timeline.scroll_by(by * max(self.timeline.size.height - 1, 1))

    def action_oldest(self) -> None:
        """See the oldest message that is here."""
        if self.source is not None and len(self.source):
            self.timeline.scroll_to(self.source.key(0))

    def action_end(self) -> None:
        """See the end."""
        self.timeline.select(None)
        self.timeline.scroll_to_end()


def _source_of(station: Station, buffer: Buffer, new_from: Seq | None) -> BufferSource:
    """Return a place as it is drawn, with a line behind the record `new_from`, if there is one."""
    hint = hints.about(buffer, station.endpoint.host, is_online=station.is_online)
    return BufferSource(buffer, station.you, station.endpoint.base_url, new_from, hint=hint)
