"""Bindings: the table of keys as Textual wants it."""

from textual.binding import Binding, BindingType

from hubbub.tui.keys import Key, Where, keys_for

_WEAK = frozenset({"escape"})
"""What means something else where a field, a list or a card has it first."""


def bindings_for(where: Where, *, scope: str = "") -> list[BindingType]:
    """Return the bindings of one state; their actions are those of `scope`, such as `screen.`."""
    return [_binding(key, scope) for key in keys_for(where)]


def _binding(key: Key, scope: str) -> Binding:
    is_first = key.where != "choosing" and key.keys not in _WEAK and key.id not in {"earlier", "later"}
    return Binding(key.keys, f"{scope}{key.action}", key.help, id=key.id, show=False, priority=is_first)
