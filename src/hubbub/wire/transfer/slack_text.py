"""Slack's markup made readable: https://docs.slack.dev/messaging/formatting-message-text."""

import re
from collections.abc import Mapping
from typing import Final

from hubbub.wire.transfer.slack_emoji import emoji_of, has_emoji

_CODE: Final = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
"""Code, in which nothing but Slack's own escapes means anything."""

_ANGLE: Final = re.compile(r"<([^<>\n]*)>")
"""A mention, a link or a command; people's own `<` are written `&lt;`."""

_EMOJI: Final = re.compile(r":([a-z0-9_+-]+(?:::skin-tone-[2-6])?):")
_BOLD: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_STRUCK: Final = re.compile(r"(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])")

_SCHEME: Final = re.compile(r"(?:mailto:|https?://|tel:)")


class SlackText:
    """Reads texts of one archive."""

    def __init__(self, people: Mapping[str, str], rooms: Mapping[str, str]) -> None:
        """Know what people are called, and rooms, with their `#`, by their ids."""
        self._people = people
        self._rooms = rooms

    def read(self, text: str) -> str:
        """Return the text as a person would have typed it here."""
        pieces = _CODE.split(text)
        return "".join(
            _unescape(_ANGLE.sub(self._code_link, piece)) if place % 2 else self._read_prose(piece)
            for place, piece in enumerate(pieces)
        )

    def _read_prose(self, text: str) -> str:
        text = _STRUCK.sub(r"~~\1~~", _BOLD.sub(r"**\1**", text))
        text = _EMOJI.sub(
            lambda found: emoji_of(found[1]) if has_emoji(found[1].partition("::")[0]) else found[0], text
        )
        return _unescape(_ANGLE.sub(self._angle, text))

    def _code_link(self, found: re.Match[str]) -> str:
        """Return what was typed in code: Slack makes links of addresses there, too."""
        target, _, label = found[1].partition("|")
        return self._angle(found) if target[:1] in {"@", "#", "!"} else label or target

    def _angle(self, found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        match target[:1]:
            case "@":
                return "@" + (self._people.get(target[1:]) or label.lstrip("@") or target[1:])
            case "#":
                return self._rooms.get(target[1:]) or "#" + (label.lstrip("#") or target[1:])
            case "!":
                return _command(target[1:], label)
            case _:
                return _link(target, label)


def _command(target: str, label: str) -> str:
    """Return `<!here>`, `<!subteam^S1|@team>` or `<!date^…|yesterday>`."""
    return label or "@" + target.partition("^")[0]


def _link(target: str, label: str) -> str:
    if not label or label in {target, _SCHEME.sub("", target, count=1)}:
        return _SCHEME.sub("", target) if target.startswith(("mailto:", "tel:")) else target
    escaped = label.replace("[", r"\[").replace("]", r"\]")
    return f"[{escaped}]({target})"


def _unescape(text: str) -> str:
    """Undo the three escapes that Slack knows, each once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
