"""Picturing: what is seen of pictures is brought, and drawn below their links where somebody wants it."""

import sys
from collections.abc import Mapping

from textual import events, on

from hubbub.tui.changes import Change, StationRemoved
from hubbub.tui.desk import Desk
from hubbub.tui.gallery import Gallery
from hubbub.tui.screens.going import Going
from hubbub.tui.widgets.drawer import Pictures
from hubbub.tui.widgets.painting import can_paint
from hubbub.tui.widgets.timeline import Timeline


class Picturing(Going):
    """See the module."""

    shows_pictures: bool = True
    """Whether somebody wants them."""

    def __init__(self, desk: Desk, keymap: Mapping[str, str]) -> None:
        super().__init__(desk, keymap)
        self.gallery = Gallery()

    def on_mount(self) -> None:
        """Draw what is brought."""
        self.gallery.subscribe(self.timeline.update)
        self.timeline.illustrate(self.pictures)
        self.desk.subscribe(self._forget_left)

    @on(events.Unmount)
    async def bring_no_more(self) -> None:
        """Bring nothing any more."""
        await self.gallery.close()

    @property
    def can_show_pictures(self) -> bool:
        """Whether the terminal has enough colours, and the signs."""
        encoding = sys.__stderr__.encoding if sys.__stderr__ is not None else ""
        return not self.app.no_color and can_paint(self.app.console.color_system, encoding)

    @property
    def pictures(self) -> Pictures | None:
        """What is drawn of pictures; None for nothing."""
        return self.gallery if self.shows_pictures and self.can_show_pictures else None

    @on(Timeline.WantsPictures)
    def bring_pictures(self, event: Timeline.WantsPictures) -> None:
        """Have pictures that are seen."""
        station = self.station
        if station is not None:
            self.gallery.want(station, event.files)

    def action_toggle_pictures(self) -> None:
        """Draw pictures, or their links alone."""
        if not self.can_show_pictures:
            self.complain("This terminal has too few colours for pictures, or no Unicode.")
            return
        self.shows_pictures = not self.shows_pictures
        self.timeline.illustrate(self.pictures)

    def _forget_left(self, change: Change) -> None:
        if isinstance(change, StationRemoved):
            self.gallery.forget(change.station.endpoint.base_url)
