"""The catalogue of the server's sentences in German: it has all of them that a page can be told, and no others."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
WORDS: Final = ROOT / "web" / "src" / "words" / "de"
SOURCES: Final = ROOT / "src" / "hubbub"

SPEAKING: Final = ("core", "service", "gateways/native", "gateways/http")
"""Where what a page is told comes from."""

ELSEWHERE: Final = {
    "service/encryption.py": "a page is told by its own door",
    "service/import_people.py": "archives are imported on a command line",
    "service/importing.py": "archives are imported on a command line",
    "service/incoming_hooks.py": "programs speak by webhooks",
    "service/scram_proofs.py": "pages send passwords",
    "service/ssh_keys.py": "keys are for terminals",
    "gateways/http/authentication.py": "programs speak over HTTP",
    "gateways/http/files/filehost.py": "IRC clients send files so",
}
"""What pages are never told, and why."""

COMMANDS_ONLY: Final = ("trait",)
"""Sentences with these words answer what no page asks."""

REFUSING: Final = {"Refused": 2, "Refusal": 2, "_UnfitError": 1, "_bad": 1, "_refusal": 1}
"""What is called to refuse something, and which of its arguments the sentence is; a code stands before it."""

FILLED: Final = re.compile(r"\{[a-z_]+[0-9]*\}")


def catalogue() -> dict[str, str]:
    """Return what is translated, and into what."""
    read: dict[str, dict[str, str]] = json.loads((WORDS / "sentences.json").read_text())
    return read["sentences"]


def codes_with_sentences() -> set[str]:
    """Return the codes for which the page has a sentence of its own, whatever the server says."""
    return set(re.findall(r"^ {4}([a-z_]+): \(", (WORDS / "refusals.ts").read_text(), re.MULTILINE))


def parsed() -> Iterator[tuple[str, ast.Module]]:
    """Yield the modules that say something, with their paths."""
    for package in SPEAKING:
        for path in sorted((SOURCES / package).rglob("*.py")):
            yield str(path.relative_to(SOURCES)), ast.parse(path.read_text())


def templates(node: ast.expr) -> Iterator[list[str]]:
    """Yield what an expression says, as the texts between what is filled in; nothing for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.split("{}")
    elif isinstance(node, ast.JoinedStr):
        texts = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                texts[-1] += str(part.value)
            else:
                texts.append("")
        yield texts
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)


def pattern(texts: list[str]) -> re.Pattern[str]:
    """Return what matches a sentence that is said by this template; its groups are what is filled in."""
    return re.compile("(.*)".join(map(re.escape, texts)), re.DOTALL)


def said() -> set[re.Pattern[str]]:
    """Return every text in the sources that may be a sentence, or a part of one."""
    return {
        pattern(texts)
        for _, module in parsed()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for texts in templates(node)
        if re.search("[a-z]{2}|[(]", "".join(texts))
    }


def is_said(text: str, sources: set[re.Pattern[str]]) -> bool:
    """Return whether the sources say this: what they fill in is a name in braces, what they say as well, or both."""
    name = FILLED.match(text)
    if text == "" or (name and is_said(text[name.end() :], sources)):
        return True
    matches = (source.fullmatch(text) for source in sources)
    return any(all(is_said(part, sources) for part in match.groups()) for match in matches if match)


def refusals() -> Iterator[tuple[str, str, str, re.Pattern[str]]]:
    """Yield every sentence that stands where it is refused, after its module and its code, before what matches it."""
    for path, module in parsed():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in REFUSING:
                continue
            *code, sentence = node.args[: REFUSING[node.func.id]]
            for texts in templates(sentence):
                yield path, str(getattr(code[0], "value", "")) if code else "", "{}".join(texts), pattern(texts)


def test_every_refusal_can_be_said_in_german() -> None:
    """By its code, or by its sentence."""
    known, own = list(catalogue()), codes_with_sentences()
    asked = [
        (f"{path}: {sentence}", pattern)
        for path, code, sentence, pattern in refusals()
        if code not in own and path not in ELSEWHERE and not any(word in sentence for word in COMMANDS_ONLY)
    ]
    assert len(asked) > 100, "the sentences are not found where they were"
    assert [where for where, pattern in asked if not any(map(pattern.fullmatch, known))] == []


def test_nothing_is_translated_that_nobody_says() -> None:
    """A sentence that the server says otherwise now is no longer known to the page."""
    sources = said()
    assert [sentence for sentence in catalogue() if not is_said(sentence, sources)] == []


def test_nothing_is_filled_in_that_is_not_there() -> None:
    """A translation may leave out what nobody needs."""
    known = catalogue().items()
    assert [said for said, german in known if not set(FILLED.findall(german)) <= set(FILLED.findall(said))] == []


def test_modules_that_say_nothing_to_pages_exist() -> None:
    """An exception for a file that was renamed is none."""
    assert [path for path in ELSEWHERE if not (SOURCES / path).is_file()] == []
