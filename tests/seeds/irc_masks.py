"""What is never the same twice in lines of IRC, and what scripts write for it."""

import re
from typing import Final

from tests.seeds.irc_lines import Line

_HOST: Final = re.compile(r"\b[a-z2-7]{12}\.(guest|account)\b")
_TIME: Final = re.compile(r"\b(?:1\d{9}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)(?![\w.])")
"""Seconds since 1970, or as IRCv3 server-time writes it."""

_ID: Final = re.compile(r"\b\d+-\d+\b")
_LINK: Final = re.compile(r"https?://[^ /]+/f/[\w-]+")
"""The link of a file."""

_QUOTED: Final = re.compile("«(.*?)»")


class Masks:
    """What one client has seen of ids and references."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        """What was said, by the id of the message."""
        self.link = ""
        """Of the last file that this client has sent."""
        self._batches: list[str] = []

    def shown(self, line: Line) -> str:
        """Return a line in a form that is the same every time.

        Shown are `HOST.guest`, `TIME`, `LINK` for that of a file, `ID` for the id of the message itself and `«hello»`
        for any other, by what the message says; batches by their number; tags in the order of the alphabet; and the
        server as no source at all.
        """
        if line.is_speech and "msgid" in line.tags:
            self._texts[line.tags["msgid"]] = line.params[-1]
        words = [line.command, *self._middles(line)]
        if line.trailing is not None:
            words.append(":" + (self._masked(line.trailing) if line.is_numeric else _without_links(line.trailing)))
        if "!" in line.source or (line.source and "." not in line.source):
            words.insert(0, f":{_without_hosts(line.source)}")
        if line.tags:
            words.insert(0, "@" + ";".join(self._tag(key, value) for key, value in sorted(line.tags.items())))
        return " ".join(words)

    def meant(self, text: str) -> str:
        """Return what is typed with the ids that are meant by `«hello»`: the latest message that says so.

        `LINK` means that of the last file that was sent.
        """
        if self.link:
            text = re.sub(r"\bLINK\b", self.link, text)
        return _QUOTED.sub(lambda quoted: self._id_of(quoted[1]), text)

    def _middles(self, line: Line) -> list[str]:
        if line.command == "BATCH":
            reference, *others = line.middles
            return [f"{reference[0]}{self._number_of_batch(reference[1:])}", *others]
        return [self._masked(middle) for middle in line.middles]

    def _tag(self, key: str, value: str) -> str:
        match key:
            case "msgid":
                value = _ID.sub("ID", value)
            case "batch":
                value = str(self._number_of_batch(value))
            case _:
                value = self._masked(value)
        return f"{key}={value}" if value else key

    def _masked(self, words: str) -> str:
        words = _TIME.sub("TIME", _without_hosts(words))
        return _ID.sub(lambda found: f"«{self._texts[found[0]]}»" if found[0] in self._texts else found[0], words)

    def _number_of_batch(self, reference: str) -> int:
        if reference not in self._batches:
            self._batches.append(reference)
        return self._batches.index(reference) + 1

    def _id_of(self, text: str) -> str:
        for found, known in reversed(self._texts.items()):
            if known == text:
                return found
        raise ValueError(f"no message with an id says {text!r}")


def _without_links(words: str) -> str:
    return _LINK.sub("LINK", _without_hosts(words))


def _without_hosts(words: str) -> str:
    return _HOST.sub(r"HOST.\1", words)
