"""Read a dialogue: plain text in, a `Script` out. The language is described in `tests/dialogues/README.md`."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar, get_args

from tests.harness import script as s
from tests.harness.expectations import read_expected
from tests.harness.texts import TEXT, BadTextError, read_text

SEPARATOR: Final = "---"
"""The line between the header and the steps."""

Build = Callable[[s.Subject, re.Match[str]], s.Action]

FORMS: Final[list[tuple[str, Build]]] = [
    (r"connects?", lambda who, _: s.Connects(who)),
    (rf"connects? as {TEXT}", lambda who, m: s.Connects(who, read_text(m["text"]))),
    (r"arrives?", lambda who, _: s.Arrives(who)),
    (rf"arrives? as {TEXT}", lambda who, m: s.Arrives(who, read_text(m["text"]))),
    (rf"says? {TEXT} (?P<times>\d+) times", lambda who, m: s.Says(who, read_text(m["text"]), times=int(m["times"]))),
    (rf"says? half of {TEXT}", lambda who, m: s.Says(who, read_text(m["text"]), half=True)),
    (rf"says? {TEXT}", lambda who, m: s.Says(who, read_text(m["text"]))),
    (
        rf'uploads? (?P<name>"[^"]+") saying {TEXT}',
        lambda who, m: s.Uploads(who, read_text(m["name"]), read_text(m["text"])),
    ),
    (rf"sends? bytes {TEXT}", lambda who, m: s.SendsBytes(who, _bytes(read_text(m["text"])))),
    (r"hears? nothing", lambda who, _: s.HearsNothing(who)),
    (r"hears? at last (?P<expected>.+)", lambda who, m: s.Hears(who, (read_expected(m["expected"]),), at_last=True)),
    (r"hears? (?P<expected>.+)", lambda who, m: s.Hears(who, (read_expected(m["expected"]),))),
    (r"skips? the rest", lambda who, _: s.Skips(who)),
    (r"ignores? (?P<expected>.+)", lambda who, m: s.Ignores(who, read_expected(m["expected"]))),
    (r"leaves?", lambda who, _: s.Leaves(who)),
    (r"vanish(?:es)?", lambda who, _: s.Leaves(who, vanishing=True)),
    (r"types? no more", lambda who, _: s.FinishesInput(who)),
    (r"(?:is|are) disconnected", lambda who, _: s.IsDisconnected(who)),
    (r"(?:is|are) answered", lambda who, _: s.IsAnswered(who)),
]
"""What may stand behind a subject; the first form that matches holds."""

CROWD: Final = r"a crowd of (?P<count>\d+) (?P<how>arrives|registers)"
"""More people on IRC than there are parts for."""

_PORTS: Final = {"one": True, "pinned": False}
_KINDS: Final[dict[str, s.Kind]] = {kind: kind for kind in get_args(s.Kind)}
_DEEDS: Final[dict[str, s.ServerDeed]] = {deed: deed for deed in get_args(s.ServerDeed)}

T = TypeVar("T")


def parse(text: str, path: Path) -> s.Script:
    """Read the text of a dialogue; raise `ScriptError` with file and line where it makes no sense."""
    return _Parser(path).parse(text)


def _bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError as error:
        raise BadTextError(f"write bytes above 7F as \\xHH: {error}") from error


def _choice(word: str, choices: Mapping[str, T]) -> T:
    if word not in choices:
        raise BadTextError(f"{word!r} is none of: {', '.join(choices)}")
    return choices[word]


def _capabilities(kind: str, words: str) -> tuple[str, ...]:
    if kind != "irc3":
        raise BadTextError(f"nothing can be switched on in {kind!r}")
    return tuple(word.strip() for word in words.split(","))


class _Parser:
    """One pass over the lines, with the place for error messages."""

    def __init__(self, path: Path) -> None:
        self._script = s.Script(path)
        self._line = 0
        self._block: tuple[int, str, s.Subject, list[s.Expected]] | None = None

    def parse(self, text: str) -> s.Script:
        in_header = True
        for self._line, raw in enumerate(text.splitlines(), start=1):
            words = raw.strip()
            if not words or words.startswith("#"):
                continue
            if words == SEPARATOR and in_header:
                in_header = False
                continue
            try:
                if in_header:
                    self._read_header(words)
                else:
                    self._read_step(raw, words)
            except BadTextError as error:
                raise self._error(str(error)) from error
        self._close_block()
        if not self._script.rule or not self._script.cast or not self._script.steps:
            raise self._error("a dialogue has a rule, actors, a line of three hyphens, and steps")
        if strangers := [name for name in self._script.encrypted if name not in self._script.cast]:
            raise self._error(f"not in the cast: {', '.join(strangers)}")
        return self._script

    def _read_header(self, words: str) -> None:
        key, colon, value = (part.strip() for part in words.partition(":"))
        if not colon or not value:
            raise BadTextError(f"a header line is `name: value`, not {words!r}")
        match key:
            case "rule":
                self._script.rule = value
            case "port":
                self._script.one_port = _choice(value, _PORTS)
            case "over TLS":
                self._script.encrypted = tuple(name.strip() for name in value.split(","))
            case "administrator":
                self._script.administrator = value
            case "set":
                setting, _, setting_value = value.partition("=")
                self._script.settings[setting.strip()] = setting_value.strip()
            case _:
                kind, _, capabilities = value.partition(" with ")
                self._script.cast[key] = _choice(kind, _KINDS)
                if capabilities:
                    self._script.capabilities[key] = _capabilities(kind, capabilities)

    def _read_step(self, raw: str, words: str) -> None:
        if raw[0].isspace() and self._block is not None:
            self._block[3].append(read_expected(words))
            return
        self._close_block()
        if raw[0].isspace():
            raise BadTextError("only what is heard, under a line that ends with `hears`, is indented")
        if match := re.fullmatch(r"the server (.+)", words):
            self._add(words, s.ServerAct(_choice(match[1], _DEEDS)))
            return
        if match := re.fullmatch(CROWD, words):
            self._add(words, s.CrowdComes(int(match["count"]), into_lobby=match["how"] == "arrives"))
            return
        subject, rest = self._read_subject(words)
        if rest in {"hear", "hears"}:
            self._block = (self._line, words, subject, [])
            return
        for form, build in FORMS:
            if match := re.fullmatch(form, rest):
                self._add(words, build(subject, match))
                return
        raise BadTextError(f"nobody can do that: {rest!r}")

    def _read_subject(self, words: str) -> tuple[s.Subject, str]:
        names = r"[\w-]+(?:(?:, | and )[\w-]+)*"
        match = re.match(rf"(?:(?P<all>everyone)(?: but (?P<but>{names}))?|(?P<names>{names})) (?P<rest>.+)", words)
        if match is None:
            raise BadTextError(f"a step begins with who does it: {words!r}")
        named = tuple(re.split(r", | and ", match["but"] or match["names"] or ""))
        strangers = [name for name in named if name and name not in self._script.cast]
        if strangers:
            raise BadTextError(f"not in the cast: {', '.join(strangers)}")
        return s.Subject(named if named != ("",) else (), everyone=match["all"] is not None), match["rest"]

    def _close_block(self) -> None:
        if self._block is None:
            return
        line, words, subject, expected = self._block
        self._block = None
        if not expected:
            raise s.ScriptError(self._script.path, line, "what is heard stands below, indented")
        self._script.steps.append(s.Step(line, words, s.Hears(subject, tuple(expected))))

    def _add(self, words: str, action: s.Action) -> None:
        self._script.steps.append(s.Step(self._line, words, action))

    def _error(self, what: str) -> s.ScriptError:
        return s.ScriptError(self._script.path, self._line, what)
