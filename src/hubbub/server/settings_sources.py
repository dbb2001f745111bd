"""Where settings come from, and which source wins.

From the weakest to the strongest: the defaults, a TOML file, the environment, `--set`, the explicit options. Everything
that is wrong in any of them is found in one go.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from hubbub.server.config import Settings
from hubbub.server.settings_catalog import ENVIRONMENT_PREFIX, GROUPS, SETTINGS, BadValueError, Setting

DEFAULT_SOURCE: Final = "default"

_NOT_A_KEY: Final = re.compile(r"[^\w.-]")


class Choices(msgspec.Struct, frozen=True):
    """What was said on the command line; `None` and empty mean that nothing was."""

    config: str | None = None
    assignments: tuple[str, ...] = ()
    """`KEY=VALUE` each."""

    listen: tuple[str, ...] = ()
    data: str | None = None
    database: str | None = None


class Value(msgspec.Struct, frozen=True):
    """A value that one source gives to one setting."""

    setting: Setting
    value: object
    source: str


class Effective(msgspec.Struct, frozen=True):
    """The settings that hold, and where each one comes from."""

    settings: Settings
    values: Mapping[str, Value]
    """By path; every setting is there."""

    choices: Choices
    """What was said on the command line, so that all sources can be read again."""


class SettingsError(Exception):
    """At least one setting is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Take one sentence for each thing that is wrong."""
        super().__init__("\n".join(problems))
        self.problems = problems


class Problem(msgspec.Struct, frozen=True):
    """One sentence about one thing that is wrong."""

    sentence: str


def load_settings(choices: Choices, environment: Mapping[str, str]) -> Effective:
    """Combine all sources, or raise `SettingsError` with everything that is wrong in any of them."""
    values = {path: Value(setting, setting.default, DEFAULT_SOURCE) for path, setting in SETTINGS.items()}
    problems: list[str] = []
    for item in _read_all(choices, environment):
        match item:
            case Value():
                values[item.setting.path] = item
            case Problem():
                problems.append(item.sentence)
    if problems:
        raise SettingsError(tuple(problems))
    return Effective(_build(values.values()), values, choices)


def _read_all(choices: Choices, environment: Mapping[str, str]) -> Iterator[Value | Problem]:
    """Yield what each source gives, from the weakest to the strongest."""
    if choices.config is not None:
        yield from _read_file(Path(choices.config))
    yield from _read_environment(environment)
    yield from _read_assignments(choices.assignments)
    yield from _read_options(choices)


def _read_file(path: Path) -> Iterator[Value | Problem]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        yield Problem(f"{path}: cannot be read: {error.strerror}")
    except ValueError as error:  # bad TOML or bad UTF-8
        yield Problem(f"{path}: is not TOML: {error}")
    else:
        yield from _read_table(table, "", str(path))


def _read_table(table: Mapping[str, object], group: str, source: str) -> Iterator[Value | Problem]:
    for key, value in table.items():
        path = f"{group}{key}"
        if path in GROUPS and isinstance(value, dict):
            yield from _read_table(value, f"{path}.", source)
        else:
            yield _require(path, value, source)


def _read_environment(environment: Mapping[str, str]) -> Iterator[Value | Problem]:
    by_name = {setting.environment_name: setting for setting in SETTINGS.values()}
    for name, text in environment.items():
        if not name.startswith(ENVIRONMENT_PREFIX):
            continue
        setting = by_name.get(name)
        if setting is None:
            yield Problem(f"{name}: there is no such setting{_suggest(name, by_name)}")
        else:
            yield _parse(setting.path, text, name)


def _read_assignments(assignments: Iterable[str]) -> Iterator[Value | Problem]:
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        if equals:
            yield _parse(path.strip(), text.strip(), "--set")
        else:
            yield Problem(f"--set {_harmless(path)}: expected KEY=VALUE, such as limits.burst=50")


def _read_options(choices: Choices) -> Iterator[Value | Problem]:
    if choices.listen:
        yield _require("listen", list(choices.listen), "--listen")
    if choices.data is not None:
        yield _require("data", choices.data, "--data")
    if choices.database is not None:
        yield _require("database", choices.database, "--database")


def _value(path: str, source: str, convert: Callable[[Setting], object]) -> Value | Problem:
    setting = SETTINGS.get(path)
    if setting is None:
        return _unknown(path, source)
    try:
        return Value(setting, convert(setting), source)
    except BadValueError as error:
        unit = f" ({setting.unit})" if setting.unit else ""
        return Problem(f"{source}: $.{path}: {error}; default {setting.show(setting.default)}{unit}")


def _require(path: str, value: object, source: str) -> Value | Problem:
    return _value(path, source, lambda setting: setting.require(value))


def _parse(path: str, text: str, source: str) -> Value | Problem:
    return _value(path, source, lambda setting: setting.parse(text))


def _unknown(path: str, source: str) -> Problem:
    if path in GROUPS:
        first = next(name for name in SETTINGS if name.startswith(f"{path}."))
        return Problem(f"{source}: $.{path}: is a group of settings, not a value; set {first}, for example")
    return Problem(f"{source}: $.{_harmless(path)}: there is no such setting{_suggest(path, [*SETTINGS, *GROUPS])}")


def _harmless(path: str) -> str:
    """Keep what can be part of a key: a slip may have put a URL with a password in its place."""
    return _NOT_A_KEY.split(path, maxsplit=1)[0]


def _suggest(name: str, known: Iterable[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {nearest[0]}?" if nearest else "; hubbub check-config lists them all"


def _build(values: Iterable[Value]) -> Settings:
    """Put the flat values back into the structs."""
    tree: dict[str, object] = {}
    groups: dict[str, dict[str, object]] = {}
    for value in values:
        group, _, name = value.setting.path.rpartition(".")
        (groups.setdefault(group, {}) if group else tree)[name] = value.value
    return msgspec.convert(tree | groups, Settings)
