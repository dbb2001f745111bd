"""The settings that hold, written as the TOML file that would make them hold."""

from collections.abc import Iterator
from itertools import groupby

from hubbub.server.settings_catalog import to_toml
from hubbub.server.settings_sources import Effective, Value


def write_settings(effective: Effective) -> str:
    """Write each setting with its meaning, unit and source; a secret is hidden, and its line made a comment."""
    return "\n".join(_lines(effective)) + "\n"


def _lines(effective: Effective) -> Iterator[str]:
    for group, values in groupby(effective.values.values(), lambda value: value.setting.path.rpartition(".")[0]):
        if group:
            yield from ("", f"[{group}]")
        for value in values:
            yield from _setting(value)


def _setting(value: Value) -> Iterator[str]:
    setting = value.setting
    unit = f" ({setting.unit})" if setting.unit else ""
    yield ""
    yield f"# {setting.description}{unit}"
    shown = setting.show(value.value)
    hidden = "# " if shown != to_toml(value.value) else ""
    yield f"{hidden}{setting.path.rpartition('.')[2]} = {shown}  # {value.source}"
