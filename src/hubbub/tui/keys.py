"""Keys: what each does, where, and what it is called in the settings. Nothing else says which keys there are."""

from typing import Final, Literal

import msgspec

Where = Literal["everywhere", "writing", "choosing"]
"""In any state of the main screen; where one writes; where a message is chosen."""


class Key(msgspec.Struct, frozen=True):
    """Something that a key does."""

    id: str
    """What it is called in the settings."""
    keys: str
    """Which keys do it unless somebody wants others, as Textual calls them; several with commas between."""
    action: str
    help: str
    where: Where = "everywhere"


KEYS: Final = (
    Key("go_to", "ctrl+k", "go_to", "Go to a room, a person or a server"),
    Key("next_active", "alt+a", "next_active", "The next place with something new"),
    Key("previous", "alt+up", "step(-1)", "The place above"),
    Key("next", "alt+down", "step(1)", "The place below"),
    *(Key(f"place_{digit}", f"alt+{digit}", f"place({digit})", f"Place number {digit}") for digit in range(1, 10)),
    Key("search", "ctrl+r", "search", "Search what was said"),
    Key("commands", "ctrl+p", "command_palette", "Everything that can be done"),
    Key("choose", "escape", "choose", "Choose a message, to do something with it"),
    Key("up", "pageup", "page(-1)", "A screen up"),
    Key("down", "pagedown", "page(1)", "A screen down"),
    Key("oldest", "ctrl+home", "oldest", "The oldest message that is here"),
    Key("end", "ctrl+end,alt+end", "end", "The end"),
    Key("sidebar", "f2", "toggle_sidebar", "Show or hide servers and rooms"),
    Key("people", "f3", "toggle_people", "Show or hide who is there"),
    Key("pictures", "f4", "toggle_pictures", "Show or hide pictures"),
    Key("redraw", "ctrl+l", "redraw", "Draw the screen anew"),
    Key("help", "f1", "keys", "These keys"),
    Key("leave", "ctrl+q", "quit", "Leave hubbub"),
    Key("send", "enter", "submit", "Send", "writing"),
    Key("break_line", "alt+enter,ctrl+j,shift+enter", "break_line", "Go on in another line", "writing"),
    Key("earlier", "up", "earlier", "What was written before", "writing"),
    Key("later", "down", "later", "What was written later", "writing"),
    Key("complete", "tab", "complete(1)", "Complete a name, room, command, :emoji, path", "writing"),
    Key("complete_back", "shift+tab", "complete(-1)", "The completion before", "writing"),
    Key("choose_next", "j,down", "choose_by(1)", "The next message", "choosing"),
    Key("choose_previous", "k,up", "choose_by(-1)", "The message before", "choosing"),
    Key("reply", "r,enter", "reply", "Answer it", "choosing"),
    Key("react", "plus,a", "react", "React to it", "choosing"),
    Key("edit", "e", "edit", "Edit one's own; say again what was refused", "choosing"),
    Key("delete", "d,delete", "delete", "Delete it; drop what was refused", "choosing"),
    Key("pin", "p", "pin", "Pin it, or pin it no longer", "choosing"),
    Key("copy", "y,c", "copy", "Copy its text", "choosing"),
    Key("open", "o", "open", "Open its link or file", "choosing"),
    Key("thread", "t", "thread", "Show its thread", "choosing"),
    Key("again", "s", "again", "Send again what was refused", "choosing"),
    Key("writing", "escape,q", "write", "Back to writing", "choosing"),
    Key("keys", "question_mark", "keys", "These keys", "choosing"),
)
"""All of them."""

HELD: Final = frozenset({"ctrl", "alt", "shift", "super", "meta", "hyper"})
"""What may be held while a key is pressed."""

NAMED: Final = frozenset(
    [
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
        *("escape", "enter", "tab", "space", "backspace"),
        *(f"f{number}" for number in range(1, 25)),
        *("question_mark", "exclamation_mark", "full_stop", "comma", "colon", "semicolon", "apostrophe"),
        *("plus", "minus", "underscore", "slash", "backslash", "at", "equals_sign", "asterisk", "ampersand"),
        *("quotation_mark", "number_sign", "dollar_sign", "percent_sign", "grave_accent", "circumflex_accent"),
        *("left_parenthesis", "right_parenthesis", "left_square_bracket", "right_square_bracket"),
        *("left_curly_bracket", "right_curly_bracket", "vertical_line", "tilde", "less_than_sign", "greater_than_sign"),
    ]
)
"""Keys that have a name, as Textual calls them; all others are called by their letter."""

BY_ID: Final = {key.id: key for key in KEYS}


def keys_for(where: Where) -> tuple[Key, ...]:
    """Return what there is in one state."""
    return tuple(key for key in KEYS if key.where == where)


def split_keys(keys: str) -> list[str]:
    """Return the keys of which one does something, each as `ctrl+k`."""
    return [key.strip() for key in keys.split(",")]


def is_key(key: str) -> bool:
    """Return whether there is such a key."""
    *held, last = key.split("+")
    is_letter = len(last) == 1 and last.isalnum()
    return HELD.issuperset(held) and (is_letter or last in NAMED)


def say_keys(keys: str) -> str:
    """Return keys as people write them: `Ctrl+K`."""
    return " or ".join(map(_say_key, split_keys(keys)))


_WORDS: Final = {
    "question_mark": "?",
    "plus": "+",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "up": "↑",
    "down": "↓",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "delete": "Del",
}


def _say_key(key: str) -> str:
    *held, last = key.split("+")
    word = _WORDS.get(last) or (last if len(last) == 1 and not held else last.upper() if len(last) <= 2 else last)  # noqa: PLR2004 - F1, K
    return "+".join([*(one.capitalize() for one in held), word])
