"""Where settings come from, and which source wins.

From the weakest to the strongest: the defaults, a TOML file, the environment, `--set`, the explicit options. Everything
that is wrong in any of them is found in one go.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from hubbub.server.config import Settings
from hubbub.server.settings_catalog import ENVIRONMENT_PREFIX, GROUPS, SETTINGS, BadValueError, Setting
from hubbub.server.toml_text import TomlError, parse_toml

DEFAULT_SOURCE: Final = "default"

SERVER_VARIABLE: Final = "HUBBUB_SERVER"
"""Names the server for the commands of the shell; it is no setting, and nothing that was ignored."""

CONFIG_VARIABLE: Final = f"{ENVIRONMENT_PREFIX}CONFIG"
"""Names the TOML file when `--config` does not."""

NEAR: Final = 0.8
"""How alike two names are, from 0 to 1 as `difflib` counts, when one is taken for a slip of the other. What Kubernetes
sets for a service named hubbub, such as `HUBBUB_PORT`, is like no setting."""

_PATHS: Final = {path.rpartition(".")[2]: path for path in SETTINGS} | {path: path for path in SETTINGS}
"""Every setting, by its path and by its name without the group."""

_VARIABLES: Final = {"CONFIG": CONFIG_VARIABLE} | {
    name.upper().replace(".", "_"): SETTINGS[path].environment_name for name, path in _PATHS.items()
}
"""Every variable, by the same without the prefix, which is common to all and makes none of them alike."""

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

    warnings: tuple[str, ...]
    """A sentence for each thing that was ignored."""

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


class Ignored(msgspec.Struct, frozen=True):
    """One sentence about what is nobody's mistake and still without effect."""

    sentence: str


def load_settings(choices: Choices, environment: Mapping[str, str]) -> Effective:
    """Combine all sources, or raise `SettingsError` with everything that is wrong in any of them."""
    values = {path: Value(setting, setting.default, DEFAULT_SOURCE) for path, setting in SETTINGS.items()}
    problems: list[str] = []
    warnings: list[str] = []
    for item in _read_all(choices, environment):
        match item:
            case Value():
                values[item.setting.path] = item
            case Problem():
                problems.append(item.sentence)
            case Ignored():
                warnings.append(item.sentence)
    if problems:
        raise SettingsError(tuple(problems))
    return Effective(_build(values.values()), values, tuple(warnings), choices)


def _read_all(choices: Choices, environment: Mapping[str, str]) -> Iterator[Value | Problem | Ignored]:
    """Yield what each source gives, from the weakest to the strongest."""
    if choices.config is not None:
        yield from _read_file(Path(choices.config), "--config")
    elif environment.get(CONFIG_VARIABLE):
        yield from _read_file(Path(environment[CONFIG_VARIABLE]), CONFIG_VARIABLE)
    yield from _read_environment(environment)
    yield from _read_assignments(choices.assignments)
    yield from _read_options(choices)


def _read_file(path: Path, named_by: str) -> Iterator[Value | Problem]:
    try:
        # Some editors begin a text with a mark that is no part of it.
        table = parse_toml(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        yield Problem(f"{named_by}: there is no file {path}")
    except IsADirectoryError:
        yield Problem(f"{named_by}: {path} is a folder; name a TOML file")
    except OSError as error:
        yield Problem(f"{named_by}: {path} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        yield Problem(f"{path}: is no TOML file, for it is no text in UTF-8")
    except TomlError as error:
        yield Problem(f"{path}: {error}")
    else:
        yield from _read_table(table, "", str(path))


def _read_table(table: Mapping[str, object], group: str, source: str) -> Iterator[Value | Problem]:
    for key, value in table.items():
        path = f"{group}{key}"
        if path in GROUPS and isinstance(value, dict):
            yield from _read_table(value, f"{path}.", source)
        else:
            yield _require(path, value, source)


def _read_environment(environment: Mapping[str, str]) -> Iterator[Value | Problem | Ignored]:
    by_name = {setting.environment_name: setting for setting in SETTINGS.values()}
    foreign = []
    for name, text in environment.items():
        if not name.startswith(ENVIRONMENT_PREFIX) or name in {CONFIG_VARIABLE, SERVER_VARIABLE}:
            continue
        if (setting := by_name.get(name)) is not None:
            yield _parse(setting.path, text, name)
        elif nearest := _find_nearest(name.removeprefix(ENVIRONMENT_PREFIX), _VARIABLES):
            yield Problem(f"{name}: there is no such setting; did you mean {nearest}?")
        else:
            foreign.append(name)
    if foreign:
        yield Ignored(f"Ignored: {', '.join(foreign)}. Settings are what hubbub check-config lists.")


def _read_assignments(assignments: Iterable[str]) -> Iterator[Value | Problem]:
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        key = _harmless(path.strip())
        if equals and key:
            yield _parse(path.strip(), text.strip(), "--set")
        else:
            yield Problem(f"{f'--set {key}'.rstrip()}: expected KEY=VALUE, such as limits.burst=50")


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
        place = source if source == f"--{path}" else f"{source}: $.{path}"
        return Problem(f"{place}: {error}; default {setting.show(setting.default)}{unit}")


def _require(path: str, value: object, source: str) -> Value | Problem:
    return _value(path, source, lambda setting: setting.require(value))


def _parse(path: str, text: str, source: str) -> Value | Problem:
    return _value(path, source, lambda setting: setting.parse(text))


def _unknown(path: str, source: str) -> Problem:
    if path in GROUPS:
        first = next(name for name in SETTINGS if name.startswith(f"{path}."))
        return Problem(f"{source}: $.{path}: is a group of settings, not a value; set {first}, for example")
    nearest = _find_nearest(path, _PATHS | {group: group for group in GROUPS})
    hint = f"did you mean {nearest}?" if nearest else "hubbub check-config lists them all"
    return Problem(f"{source}: $.{_harmless(path)}: there is no such setting; {hint}")


def _harmless(path: str) -> str:
    """Keep what can be part of a key: a slip may have put a URL with a password in its place."""
    return _NOT_A_KEY.split(path, maxsplit=1)[0]


def _find_nearest(name: str, known: Mapping[str, str]) -> str | None:
    """Return what was meant, if the name is nearly one of the known ones."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=NEAR)
    return known[near[0]] if near else None


def _build(values: Iterable[Value]) -> Settings:
    """Put the flat values back into the structs."""
    tree: dict[str, object] = {}
    groups: dict[str, dict[str, object]] = {}
    for value in values:
        group, _, name = value.setting.path.rpartition(".")
        (groups.setdefault(group, {}) if group else tree)[name] = value.value
    return msgspec.convert(tree | groups, Settings)
