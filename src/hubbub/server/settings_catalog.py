"""The settings as a flat catalog, derived from the structs in `config.py`."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from hubbub.core.limits import UNIT
from hubbub.server.config import CHECK, SHOW, Settings

ENVIRONMENT_PREFIX: Final = "HUBBUB_"

LONGEST_SHOWN: Final = 60
"""What is shown of a bad value, in characters: enough to recognise it, short enough for a sentence."""


class BadValueError(ValueError):
    """A value does not suit its setting; the message says what would."""


class Setting(msgspec.Struct, frozen=True):
    """One setting: what it is called, what it may be, and what it means."""

    path: str
    """Its group and its name, such as `limits.burst`."""

    hint: object
    """Its annotation, which is made of `kind` and `meta`."""

    kind: object
    meta: msgspec.Meta
    default: object

    @property
    def environment_name(self) -> str:
        """Name the environment variable of this setting, such as `HUBBUB_LIMITS_BURST`."""
        return ENVIRONMENT_PREFIX + self.path.upper().replace(".", "_")

    @property
    def description(self) -> str:
        """Say in a sentence what the setting does."""
        return self.meta.description or ""

    @property
    def unit(self) -> str:
        """Name what the value counts, or how it is written; empty where the type says it all."""
        return str(self._extra.get(UNIT, ""))

    def show(self, value: object) -> str:
        """Write a value of this setting as TOML, without its secrets."""
        show = self._extra.get(SHOW)
        return to_toml(show(value) if show else value)

    def require(self, value: object) -> object:
        """Return a typed value, or raise `BadValueError` where it has another type, range or sense."""
        return self._convert(value, strict=True)

    def parse(self, text: str) -> object:
        """Return the value that a text stands for, a list with commas between its items, or raise `BadValueError`."""
        items = [item.strip() for item in text.split(",")] if text else []
        return self._convert(items if self._is_list else text, strict=False)

    @property
    def _is_list(self) -> bool:
        return get_origin(self.kind) is tuple

    @property
    def _extra(self) -> Mapping[str, Any]:  # any value, says msgspec: the keys of `config.py` tell which
        return self.meta.extra or {}

    def _convert(self, value: object, *, strict: bool) -> object:
        try:
            converted: object = msgspec.convert(value, self.hint, strict=strict)
        except msgspec.ValidationError as error:
            raise BadValueError(self._refuse(value)) from error
        try:
            self._extra.get(CHECK, lambda _: None)(converted)
        except ValueError as error:
            raise BadValueError(str(error)) from error
        return converted

    def _refuse(self, value: object) -> str:
        if value == "" and self.kind is str:
            return "it must not be empty"
        if isinstance(value, str) and self._is_list:
            return f"expected a list: write [{self._got(value)}], with brackets"
        return f"expected {self._expected()}, got {self._got(value)}"

    def _got(self, value: object) -> str:
        if SHOW in self._extra:
            return "something else"
        text = str(value) if isinstance(value, date | time) else to_toml(value)
        return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

    def _expected(self) -> str:
        if get_origin(self.kind) is Literal:
            return f"one of {', '.join(to_toml(choice) for choice in get_args(self.kind))}"
        if self._is_list:
            return "a list with at least one text in quotes" if self.meta.min_length else "a list of texts in quotes"
        words: dict[object, str] = {
            bool: "true or false",
            int: f"a whole number from {self.meta.ge} to {self.meta.le}",
            float: f"a number from {self.meta.ge} to {self.meta.le}",
            str: "a text in quotes",
        }
        return words[self.kind]


def to_toml(value: object) -> str:
    """Write a value as TOML; texts, numbers, truth and lists of them look as in JSON."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _settings_of(struct: type[msgspec.Struct], group: str = "") -> Iterator[Setting]:
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        hint = hints[field.name]
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            yield from _settings_of(hint, f"{group}{field.name}.")
        else:
            kind, meta = get_args(hint)
            yield Setting(f"{group}{field.name}", hint, kind, meta, field.default)


SETTINGS: Final[Mapping[str, Setting]] = {setting.path: setting for setting in _settings_of(Settings)}
"""Every setting by its path, in the order of the structs."""

GROUPS: Final = frozenset(path.rpartition(".")[0] for path in SETTINGS) - {""}
"""The names of the groups, which are the tables of a TOML file."""
