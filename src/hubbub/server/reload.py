"""Reloading: settings that are read again while the server runs."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Final

import structlog

from hubbub.server.config import Settings
from hubbub.server.errors import StartError
from hubbub.server.settings_catalog import SETTINGS
from hubbub.server.settings_sources import SettingsError

NEEDS_RESTART: Final = frozenset({"listen", "data", "database", "log.format"})
"""Settings that hold from the start to the end of a process."""

ReadSettings = Callable[[], Settings]
"""Reads all sources again. Raises `SettingsError`."""

ApplySettings = Callable[[Settings], None]
"""Goes on with other settings. Raises `StartError`, having changed nothing."""

log = structlog.get_logger(__name__)


class Reloading:
    """Knows which settings hold, and changes them all together or not at all."""

    def __init__(self, settings: Settings, read: ReadSettings, apply: ApplySettings) -> None:
        self._in_force = _values(settings)
        self._read = read
        self._apply = apply

    def reload(self) -> None:
        """Read the settings again and apply them; when anything is wrong in them, say so and change nothing."""
        try:
            settings = self._read()
            self._apply(settings)
        except SettingsError as error:
            log.warning("settings.refused", problems=list(error.problems))
        except StartError as error:
            log.warning("settings.refused", problems=[error.sentence])
        else:
            self._note(_values(settings))

    def _note(self, values: Mapping[str, object]) -> None:
        changed = [path for path, value in values.items() if value != self._in_force[path]]
        for path in changed:
            if path in NEEDS_RESTART:
                log.warning("setting.needs_restart", setting=path)
        # Those are still not in force: the next time, they are named again.
        self._in_force = {path: self._in_force[path] if path in NEEDS_RESTART else values[path] for path in values}
        log.info("settings.reloaded", changed=[path for path in changed if path not in NEEDS_RESTART])


def _values(settings: Settings) -> dict[str, object]:
    return {path: attrgetter(path)(settings) for path in SETTINGS}
