"""Excerpt: some messages in front of everything else: a thread, or what was said around a hit."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from hubbub.tui.buffers import Buffer
from hubbub.tui.entries import Entry
from hubbub.tui.gallery import Gallery
from hubbub.tui.reading import BufferSource
from hubbub.tui.screens.card import Card
from hubbub.tui.station import Station
from hubbub.tui.visible import make_line_visible
from hubbub.tui.widgets.timeline import Timeline


class Excerpt(Card[Entry | None]):
    """See the module; ends with the message that is to be answered, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", priority=True),
        Binding("j,down", "choose_by(1)", "The next message", priority=True),
        Binding("k,up", "choose_by(-1)", "The message before", priority=True),
        Binding("pageup", "page(-1)", "A screen up", priority=True),
        Binding("pagedown", "page(1)", "A screen down", priority=True),
        Binding("r,enter", "reply", "Answer it", priority=True),
        Binding("y,c", "copy", "Copy its text", priority=True),
    ]

    gallery: Gallery | None = None
    """From where pictures are; None where none are drawn."""

    def __init__(self, title: str, entries: Sequence[Entry], room: str, station: Station, seq: int) -> None:
        """Show these, from a room that is called so, the one with this place chosen."""
        super().__init__()
        self._title = title
        buffer = Buffer(station.name, room, "channel")
        buffer.entries = list(entries)
        buffer.is_complete = True
        self._source = BufferSource(buffer, station.you, station.endpoint.base_url)
        self._station = station
        self._seq = seq
        self._unsubscribe: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Put the messages below what they are."""
        with Vertical(classes="card excerpt"):
            yield Static(
                make_line_visible(f"{self._title} · Enter answers · Esc goes back"), classes="label", markup=False
            )
            yield Timeline(id="excerpt")

    @property
    def _timeline(self) -> Timeline:
        return self.query_one("#excerpt", Timeline)

    def on_mount(self) -> None:
        """Choose one, once there is room to see it in."""
        self._timeline.show(self._source, self._station.you.name)
        if self.gallery is not None:
            self._unsubscribe = self.gallery.subscribe(self._timeline.update)
            self._timeline.illustrate(self.gallery)
        self._timeline.focus()
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Draw nothing any more that is brought."""
        if self._unsubscribe is not None:
            self._unsubscribe()

    @on(Timeline.WantsPictures)
    def bring_pictures(self, event: Timeline.WantsPictures) -> None:
        """Have pictures that are seen."""
        if self.gallery is not None:
            self.gallery.want(self._station, event.files)

    def _begin(self) -> None:
        if self._source.buffer.find(self._source.buffer.last_seq) is not None:
            self._timeline.scroll_to(self._seq)
            self._timeline.select(self._seq)

    def action_choose_by(self, by: int) -> None:
        """Choose the next message."""
        self._timeline.select_by(by)

    def action_page(self, by: int) -> None:
        """Go up or down."""
        self._timeline.scroll_by(by * max(self._timeline.size.height - 1, 1))

    def action_copy(self) -> None:
        """Copy the text of the chosen message."""
        entry = self._chosen
        if entry is not None:
            self.app.copy_to_clipboard(entry.text)
            self.notify("Copied, if the terminal lets programs do that.", markup=False, timeout=2)

    def action_reply(self) -> None:
        """End with the chosen message."""
        self.end(self._chosen)

    def action_leave(self) -> None:
        """Go back."""
        self.end(None)

    @property
    def _chosen(self) -> Entry | None:
        seq = self._timeline.selected
        return self._source.buffer.entry_at(seq) if isinstance(seq, int) else None  # type: ignore[arg-type]  # a Seq is one
