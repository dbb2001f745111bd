"""The palette: which style each part of a message is drawn in, under one theme."""

from typing import Final
from zlib import crc32

from rich.style import Style
from textual.theme import Theme

from hubbub.tui.marking import Look

HUES_DARK: Final = (
    "#ec968f",
    "#e2a16b",
    "#c6b05f",
    "#9bbf76",
    "#6ac6a0",
    "#4fc6c6",
    "#5dbfe3",
    "#83b4f3",
    "#b0a6ef",
    "#cf9bdb",
    "#e495ba",
)
"""Colours of names on dark ground: OKLCH of lightness 0.76 and chroma 0.105, so that all are read equally well."""

HUES_LIGHT: Final = (
    "#9e413d",
    "#954e00",
    "#7a6100",
    "#4b7013",
    "#007951",
    "#007879",
    "#007098",
    "#2b64a8",
    "#6454a5",
    "#82488f",
    "#96416d",
)
"""Colours of names on light ground: lightness 0.50."""

HUES_ANSI: Final = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green", "bright_magenta")
"""Those of sixteen that are read on black and on white; red means that something is wrong."""


class Palette:
    """All styles, made once for a theme; those of links and of combined looks as they are needed."""

    def __init__(self, theme: Theme) -> None:
        shades = theme.variables
        self._hues = HUES_ANSI if theme.ansi else HUES_DARK if theme.dark else HUES_LIGHT
        self.is_ansi = theme.ansi
        ink = None if theme.ansi else theme.foreground
        self.ink: Final = Style(color=ink)
        self.soft: Final = Style(color=shades.get("hubbub-soft"), dim=theme.ansi)
        self.faint: Final = Style(color=shades.get("hubbub-faint"), dim=theme.ansi)
        self.line: Final = Style(color=shades.get("hubbub-line"), dim=theme.ansi)
        self.accent: Final = Style(color=_rich(theme.accent), bold=theme.ansi)
        self.error: Final = Style(color=_rich(theme.error))
        self.success: Final = Style(color=_rich(theme.success))
        self.call: Final = Style(color=_rich(theme.accent), bold=True)
        self.called: Final = (
            Style(reverse=True, bold=True)
            if theme.ansi
            else Style(color=shades["hubbub-on-accent"], bgcolor=theme.accent, bold=True)
        )
        self.mine: Final = Style(color=ink, bold=True)
        self.code: Final = Style(color=_rich(theme.warning), bgcolor=shades.get("hubbub-well"))
        self.well: Final = Style(bgcolor=shades.get("hubbub-well"))
        self.link: Final = Style(color=_rich(theme.secondary), underline=True)
        self.chip: Final = Style(color=ink, bgcolor=shades.get("hubbub-well"))
        self.chip_mine: Final = Style(color=_rich(theme.accent), bgcolor=shades.get("hubbub-wash"), bold=True)
        self.selected: Final = Style(bgcolor=shades.get("hubbub-wash"), reverse=theme.ansi)
        self.calling: Final = Style(bgcolor=shades.get("hubbub-call"))
        self.found: Final = Style(bgcolor=shades.get("hubbub-mark"), reverse=theme.ansi)
        self._names: dict[str, Style] = {}
        self._looks: dict[Look, Style] = {}

    def name(self, name: str) -> Style:
        """Return the style of a name: the same one wherever and whenever it is seen."""
        style = self._names.get(name)
        if style is None:
            hue = self._hues[crc32(name.casefold().encode(errors="replace")) % len(self._hues)]
            style = self._names[name] = Style(color=hue, bold=True)
        return style

    def look(self, look: Look, url: str = "") -> Style:
        """Return the style of a span; where it is a link, terminals that can will open it."""
        style = self._looks.get(look)
        if style is None:
            style = self._looks[look] = self._make_look(look)
        return style + Style(link=url) if url else style

    def _make_look(self, look: Look) -> Style:
        style = self.ink
        for one, of_it in (
            (Look.CODE, self.code),
            (Look.LINK, self.link),
            (Look.ROOM, self.link),
            (Look.CALL, self.call),
            (Look.CALLS_ME, self.called),
            (Look.HIDDEN, self.faint),
            (Look.BOLD, Style(bold=True)),
            (Look.ITALIC, Style(italic=True)),
            (Look.STRUCK, Style(strike=True)),
        ):
            if one in look:
                style += of_it
        return style


def _rich(color: str | None) -> str | None:
    """Return a colour of a theme as Rich calls it."""
    return color.removeprefix("ansi_") if color else None
