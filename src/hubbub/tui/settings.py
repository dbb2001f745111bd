"""Settings of the terminal client: a TOML file that people write. docs/how-to/terminal.md."""

import os
import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec

from hubbub.core.words import nearest
from hubbub.tui.keys import KEYS, is_key, split_keys

FILE: Final = "chat.toml"

Times = Literal["none", "minutes", "seconds"]
"""What stands before each line of `--plain`: nothing, `12:01`, or `12:01:59`."""


class BadSettings(Exception):  # noqa: N818 - named by what is wrong
    """The file makes no sense; the text says where, and what would."""


class Notifications(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one is told of what calls one while one looks elsewhere."""

    bell: bool = True
    """Whether the terminal rings."""
    terminal: Literal["osc9", "osc777", "off"] = "osc9"
    """How the terminal itself is asked to show a notification: as iTerm2 and most others do, or as urxvt and foot."""
    desktop: bool = True
    """Whether `notify-send` shows one, where there is a desktop that has it."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    theme: Literal["", "dark", "light", "ansi"] = ""
    """Empty for what the terminal can show."""
    times: Times = "none"
    pictures: bool = True
    """Whether pictures are drawn, where the terminal has the colours for it."""
    keys: dict[str, str] = {}
    """Which keys do what, by what that is called: see `keys.KEYS`."""
    notifications: Notifications = Notifications()


def find_file() -> Path:
    """Return where people write them."""
    # Relative paths are to be ignored, as the XDG Base Directory Specification says.
    configured = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    folder = configured if configured.is_absolute() else Path.home() / ".config"
    return folder / "hubbub" / FILE


def load(file: Path) -> Settings:
    """Read them; what is usual where there is no file. Raises `BadSettings`."""
    try:
        settings = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Settings)
    except FileNotFoundError:
        return Settings()
    except msgspec.ValidationError as error:
        raise BadSettings(f"{file}: {_say(error)}") from error
    except (OSError, ValueError) as error:
        raise BadSettings(f"{file} cannot be read: {str(error).rstrip('.')}.") from error
    _require_known_keys(file, settings)
    _require_keys(file, settings)
    return settings


def _require_known_keys(file: Path, settings: Settings) -> None:
    known = [key.id for key in KEYS]
    for name in settings.keys:
        if name not in known:
            near = nearest(name, known)
            hint = f" Did you mean {near}?" if near else ""
            raise BadSettings(f"{file}: keys.{name} is nothing that a key does.{hint}")


def _require_keys(file: Path, settings: Settings) -> None:
    """Refuse what is no key, and one that does something else in the same place."""
    does: dict[tuple[str, str], str] = {}
    for key in sorted(KEYS, key=lambda key: key.id in settings.keys):
        for pressed in split_keys(settings.keys.get(key.id, key.keys)):
            if not is_key(pressed):
                raise BadSettings(f"{file}: keys.{key.id}: {pressed!r} is no key. Write for example ctrl+g or f5.")
            other = does.setdefault((key.where, pressed), key.id)
            if other != key.id:
                raise BadSettings(f"{file}: keys.{key.id}: {pressed} does {other} already. Give that another key.")


def _say(error: msgspec.ValidationError) -> str:
    """Return what is wrong, with the path of the setting first."""
    what, _, where = str(error).partition(" - at `$")
    path = where.rstrip("`").strip(".")
    unknown = what.partition("unknown field `")[2].rstrip("`")
    if unknown:
        return f"{f'{path}.' if path else ''}{unknown} is no setting."
    return f"{path}: {what[:1].lower()}{what[1:]}."
