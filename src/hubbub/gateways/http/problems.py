"""Problems: every answer that says no, as a document for programs (RFC 9457) and as a page for people."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import msgspec

from hubbub.gateways.http.pages import plain_page

PROGRAMS: Final = ("/api/", "/hooks/", "/healthz", "/readyz", "/metrics")
"""What programs ask for: where paths begin like this, they are told in JSON."""

PROBLEM_TYPE: Final = "application/problem+json"
"""RFC 9457 section 6.1."""

PAGE_TYPE: Final = "text/html; charset=utf-8"

_NO_FIELDS: Final[Mapping[str, str]] = MappingProxyType({})

Fields = list[tuple[str, str]]
"""Header fields: names, and values."""


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """Something is not done: a status and a stable code for programs, a sentence for people, and more header fields."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str, fields: Mapping[str, str] = _NO_FIELDS) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.fields = fields


class ProblemDocument(msgspec.Struct, frozen=True):
    """What a program is told: RFC 9457 section 3, with the code of the refusal as an extension."""

    title: str
    """What the status is called."""
    status: int
    code: str
    """What is wrong, in a word that does not change."""
    detail: str
    """What is wrong and what to do, for a person."""


def is_for_programs(path: str) -> bool:
    """Return whether somebody who asks for this is a program."""
    return path.startswith(PROGRAMS)


def encode_problem(problem: Problem, path: str) -> tuple[Fields, bytes]:
    """Return header fields and body of an answer to whoever asked for this path."""
    status = problem.status
    if is_for_programs(path):
        kind = PROBLEM_TYPE
        document = ProblemDocument(status.phrase, status.value, problem.code, problem.sentence)
        body = msgspec.json.encode(document) + b"\n"
    else:
        kind = PAGE_TYPE
        body = plain_page(status.phrase, problem.sentence).encode()
    return [("content-type", kind), ("content-length", str(len(body))), *problem.fields.items()], body


def bad_request(sentence: str) -> Problem:
    """Return what to raise at bytes that are no request, or might be two."""
    return Problem(HTTPStatus.BAD_REQUEST, "bad_request", sentence)
