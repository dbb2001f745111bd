"""The app: what fills the terminal."""

import gc
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from hubbub.tui.desk import Desk
from hubbub.tui.memory import Memory
from hubbub.tui.screens.chat import ChatScreen
from hubbub.tui.widgets.alt import know_alt
from hubbub.tui.widgets.harmless import HARMLESS
from hubbub.tui.widgets.terminal import Terminal, know_bytes
from hubbub.tui.widgets.themes import ANSI, DARK, THEMES

NO_COLOR: Final = "NO_COLOR"
"""Whoever sets it wants no colours. https://no-color.org."""


class ChatApp(App[None]):
    """One person's chat, on any number of servers."""

    TITLE = "hubbub"
    CSS_PATH = Path(__file__).with_name("tui.tcss")
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    def __init__(
        self,
        desk: Desk,
        memory: Memory,
        *,
        theme: str = "",
        keys: Mapping[str, str] | None = None,
        shows_pictures: bool = True,
    ) -> None:
        """Show a desk; with no theme, that which the terminal can show."""
        # Without colours, those of the terminal are left as they are; Textual would make greys of them.
        super().__init__(driver_class=Terminal, ansi_color=True if NO_COLOR in os.environ else None)
        know_alt()
        know_bytes()
        self.desk = desk
        self._memory = memory
        self._keys = dict(keys or {})
        self._shows_pictures = shows_pictures
        for one in THEMES.values():
            self.register_theme(one)
        self.theme = theme or self._choose_theme()
        self.set_keymap(self._keys)

    def _choose_theme(self) -> str:
        """Return one that needs no more colours than there are."""
        is_poor = self.console.color_system in {None, "standard"}
        return ANSI.name if is_poor or NO_COLOR in os.environ else DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Show the chat."""
        screen = ChatScreen(self.desk, self._memory, self._keys)
        screen.shows_pictures = self._shows_pictures
        return screen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing that others have written control the terminal, whatever shows it."""
        return [HARMLESS, *super().get_line_filters()]

    def on_mount(self) -> None:
        """Follow the colours."""
        # What is there now stays: looking through it for what does not would hold up a key every few seconds.
        gc.freeze()
        self.theme_changed_signal.subscribe(self, lambda _: self._repaint())

    def on_resize(self) -> None:
        """Draw all of it, also where its size has not changed.

        A terminal that became small and large again in one moment has lost what it showed, and says one size only.
        """
        self.refresh()

    def _repaint(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ChatScreen):
                screen.repaint()
