"""Bindings: the table of keys as Textual wants it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from textual.binding import Binding, BindingType

from hubbub.tui.keys import KEYS, Where, keys_for

NO_KEYMAP: Final[Mapping[str, str]] = MappingProxyType({})
"""Where nobody has set a key himself."""


def bindings_for(where: Where, *, scope: str = "") -> list[BindingType]:
    """Return the bindings of one state; their actions are those of `scope`, such as `screen.`."""
    return [Binding(key.keys, f"{scope}{key.action}", key.help, id=key.id, show=False) for key in keys_for(where)]


def actions_for(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return what each key does where one writes: something there, or what it does everywhere."""
    actions: dict[str, str] = {}
    for scope, where in (("screen.", "everywhere"), ("", "writing")):
        for key in KEYS:
            if key.where == where:
                keys = keymap.get(key.id, key.keys).split(",")
                actions |= {one.strip(): f"{scope}{key.action}" for one in keys}
    return actions
