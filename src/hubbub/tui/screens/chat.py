"""The chat: servers and rooms at the left, what was said, who is there, and below them where one writes."""

from collections.abc import Mapping
from time import monotonic
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static

from hubbub.tui import changes, states
from hubbub.tui.acting import now_ms
from hubbub.tui.buffers import Buffer
from hubbub.tui.changes import Change
from hubbub.tui.client_commands import is_command
from hubbub.tui.desk import Desk
from hubbub.tui.memory import Memory
from hubbub.tui.passing import Absences, say_announced, say_passing, say_refused
from hubbub.tui.screens import around
from hubbub.tui.screens.interviewing import Interviewing
from hubbub.tui.station import Station
from hubbub.tui.widgets.bars import TopicBar
from hubbub.tui.widgets.bindings import bindings_for
from hubbub.tui.widgets.painted import Painted
from hubbub.tui.widgets.people import People
from hubbub.tui.widgets.sidebar import Sidebar
from hubbub.tui.widgets.timeline import Timeline

HINTS: Final = "F1 keys · Ctrl+K go to · Esc choose"
CHOOSING_HINTS: Final = "r answer · e edit · d delete · y copy · ? keys"

FRAME_SECONDS: Final = 0.1
"""How long the timeline stands at least before it is drawn again: nobody reads faster."""

_SEEN: Final = (
    changes.EntryAdded,
    changes.EntryRevised,
    changes.EntriesInserted,
    changes.EntriesReplaced,
    changes.OutgoingChanged,
)
"""What changes what is seen of a place."""


class ChatScreen(Interviewing):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_for("everywhere")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - it is annotated where it comes from, as no class variable
        (0, "-w-small"),
        (64, "-w-medium"),
        (104, "-w-large"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-h-small"), (10, "-h-large")]  # noqa: RUF012 - see above

    def __init__(self, desk: Desk, memory: Memory, keymap: Mapping[str, str]) -> None:
        super().__init__(desk, memory, keymap)
        self._topic = TopicBar(id="topic")
        self._sidebar = Sidebar(id="sidebar")
        self._people = People(id="people")
        self._clock: Timer | None = None
        self._drawn_at = 0.0
        """When the timeline was drawn last because of what has happened, on the clock that only goes forward."""
        self._is_due = False
        """Whether it will be drawn in a moment."""
        self._shown_at = 0.0
        """When what stands around it was drawn last."""
        self._is_stale = False
        """Whether what stands around the timeline is to be drawn anew."""
        self._has_other_people = True
        """Whether the list of people is to be drawn anew: it may be long, and seldom changes."""
        self._is_loading = False
        self._absences = Absences()

    def compose(self) -> ComposeResult:
        """Put everything in its place."""
        yield self._topic
        with Horizontal(id="body"):
            yield self._sidebar
            yield self.timeline
            yield self._people
        yield Static(id="about", markup=False)
        yield self.status
        yield self.composer

    def on_mount(self) -> None:
        """Follow what happens from now on."""
        self._unsubscribe = self.desk.subscribe(self.hear)
        self._clock = self.set_interval(1, self._show_around, pause=True)
        self.composer.find_words = self.find_words
        self.composer.focus()
        self.leave_gone()
        self._show_around()
        self.ask_next()

    def on_unmount(self) -> None:
        """Follow nothing any more."""
        self._unsubscribe()

    def on_descendant_focus(self) -> None:
        """Say what keys do now."""
        self._grow_stale()

    def repaint(self) -> None:
        """Take the colours of another theme."""
        for painted in self.query(Painted):
            painted.repaint()

    # What happens.

    def hear(self, change: Change) -> None:  # noqa: C901 - a table
        """Show what has changed."""
        match change:
            case changes.Heard():
                self._tell_elsewhere(self.find_station(change.buffer), change.buffer, say_announced(change))
                return
            case _ if isinstance(change, _SEEN):
                self._update(change.buffer, is_own=isinstance(change, changes.OutgoingChanged))
                return
            case changes.BufferChanged():
                self._has_other_people |= change.buffer is self.current
            case changes.DraftTaken():
                self.take_draft(change)
            case changes.BufferWanted():
                self.call_later(self.go_to, change.buffer)
            case changes.BufferAdded():
                self.call_later(self._prefer_room, change.buffer)
            case changes.BufferRemoved() | changes.StationRemoved() | changes.StationAdded():
                self.call_later(self.leave_gone)
            case changes.StationChanged():
                self._note_station(change.station)
            case changes.Settled():
                self.tell_at(change.station, say_passing(change) or self._absences.say(change))
                room = change.station.find(change.outgoing.room)
                self._tell_elsewhere(change.station, room, say_refused(change), is_error=True)
            case changes.Signalled():
                self.tell_at(change.station, say_passing(change))
            case _:
                pass
        self._grow_stale()

    def _tell_elsewhere(
        self, station: Station | None, buffer: Buffer | None, sentence: str, *, is_error: bool = False
    ) -> None:
        """Tell of something that stands in another place than that before one, on the same server."""
        if sentence and station is self.station and buffer is not self.current:
            self.tell([sentence], is_error=is_error)

    def _update(self, buffer: Buffer, *, is_own: bool) -> None:
        """Draw a place anew where it is before one: at once, but never so often that keys have to wait for it.

        What one has said oneself never waits.
        """
        if buffer is not self.current or (self._is_due and not is_own):
            return
        wait = self._drawn_at + FRAME_SECONDS - monotonic()
        if wait <= 0 or is_own:
            self._draw()
        else:
            self._is_due = True
            self.set_timer(wait, self._draw)

    def _draw(self) -> None:
        self._is_due = False
        self._drawn_at = monotonic()
        self.timeline.update()
        self._grow_stale()

    def _prefer_room(self, buffer: Buffer) -> None:
        """Go into the first room, where one is in none."""
        begun = self.composer.text
        if self.current is not None and self.current.kind != "server":
            return
        if not begun:
            self.go_to(buffer)
        elif not is_command(begun) and self.rooms == [buffer]:
            # Nothing can be said to a server: what was begun while it was being reached is meant for the room.
            self.composer.load("")
            self.go_to(buffer)
            self.go_on_with(begun)

    def _note_station(self, station: Station) -> None:
        if self.current is not None and station.name == self.current.server:
            self.show_again()
            if station.is_online:
                self.load_rest()
        self.stay_logged_in(station)
        self.ask_next()

    def _grow_stale(self) -> None:
        """Draw what stands around soon, once however much happens until then."""
        if not self._is_stale:
            self._is_stale = True
            wait = self._shown_at + FRAME_SECONDS - monotonic()
            if wait <= 0:
                self.call_later(self._show_around)
            else:
                self.set_timer(wait, self._show_around)

    def _show_around(self) -> None:
        # First, so that what is read as soon as it comes is never counted.
        self.read_what_is_seen()
        self._is_stale = False
        self._shown_at = monotonic()
        buffer, station = self.current, self.station
        sidebar, topic, status = self._sidebar, self._topic, self.status
        sidebar.rows = around.sidebar_rows(self.desk.stations, buffer)
        sidebar.current = None if buffer is None else buffer.key
        topic.title = "hubbub" if buffer is None else around.say_server(buffer.title)
        topic.topic = buffer.topic.text if buffer is not None and buffer.topic is not None else ""
        topic.about = "" if buffer is None else around.say_about(buffer)
        status.health = "gone" if station is None else around.health_of(station)
        status.state = "On no server: /connect HOST" if station is None else around.say_state(station, now_ms())
        status.typing = "" if buffer is None else around.say_typing(buffer)
        status.hints = CHOOSING_HINTS if self.timeline.has_focus else HINTS
        if self._has_other_people or buffer is None:
            self._has_other_people = False
            self._people.rows = [] if buffer is None else around.people_rows(buffer)
        # Seconds are counted only where there is something to wait for.
        is_counting = station is not None and isinstance(station.state, states.Waiting)
        if self._clock is not None:
            (self._clock.resume if is_counting else self._clock.pause)()

    def arrived(self, station: Station, buffer: Buffer) -> None:
        """Bring what is missing about another place."""
        super().arrived(station, buffer)
        self.remove_class("-shows-sidebar", "-shows-people")
        self._has_other_people = True
        self._grow_stale()
        self.load_rest()

    def load_rest(self) -> None:
        """Bring who is in the place before one, and what was said there, as far as that is not known."""
        station, buffer = self.station, self.current
        if station is None or buffer is None or not station.is_online or buffer.kind == "server":
            return
        if buffer.kind == "channel" and buffer.is_joined and buffer.members is None:
            self.work(station.load_members(buffer), is_quiet=True)
        self.timeline.update()

    def read_what_is_seen(self) -> None:
        """Have read the place before one, where its end is seen by somebody."""
        buffer, station = self.current, self.station
        if buffer is None or station is None or not self.app.app_focus or not self.is_current:
            return
        if self.timeline.is_at_end and (buffer.unread or buffer.calls):
            station.mark_read(buffer)

    @on(Timeline.WantsOlder)
    def load_older(self) -> None:
        """Bring what was said before."""
        buffer, station = self.current, self.station
        if buffer is not None and station is not None and station.is_online and not self._is_loading:
            self._is_loading = True
            self.work(self._load_older(station, buffer), is_quiet=True)

    async def _load_older(self, station: Station, buffer: Buffer) -> None:
        try:
            is_other = await station.load_older(buffer) or buffer.is_complete
        finally:
            self._is_loading = False
        # Where nothing has come, it would only be wanted again.
        if is_other and buffer is self.current:
            self.timeline.update()

    @on(Timeline.Moved)
    def note_moved(self) -> None:
        """Have read what is seen now."""
        self.read_what_is_seen()

    # What somebody points at and presses.

    @on(Sidebar.Chosen)
    def go_to_chosen(self, event: Sidebar.Chosen) -> None:
        """Go where somebody has pointed."""
        buffer = next((one for one in around.places(self.desk.stations) if one.key == event.key), None)
        if buffer is not None:
            self.go_to(buffer)
            self.composer.focus()

    @on(People.Chosen)
    def name_chosen(self, event: People.Chosen) -> None:
        """Turn to whom somebody has pointed at."""
        station = self.station
        if station is not None and event.name != station.you.name:
            self.go_to(station.converse(event.name))
            self.composer.focus()

    def action_toggle_sidebar(self) -> None:
        """Show or hide servers and rooms."""
        self._toggle("sidebar")

    def action_toggle_people(self) -> None:
        """Show or hide who is there."""
        self._toggle("people")

    def action_redraw(self) -> None:
        """Draw everything anew: something else has written into the terminal."""
        self.refresh()

    def _toggle(self, what: str) -> None:
        is_shown = self.query_one(f"#{what}").display and self.query_one(f"#{what}").region.area > 0
        self.set_class(is_shown, f"-hides-{what}")
        self.set_class(not is_shown, f"-shows-{what}")
