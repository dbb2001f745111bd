"""The description: what can be done over HTTP, for programs (OpenAPI 3.1) and for people; made from the operations."""

import re
from collections.abc import Iterable
from html import escape
from importlib.metadata import version
from typing import Any, Final

import msgspec

from hubbub.gateways.http.api.operation import IDEMPOTENCY_FIELD, PREFIX, Operation
from hubbub.gateways.http.authentication import SESSION_COOKIE
from hubbub.gateways.http.pages import Page
from hubbub.gateways.http.problems import PROBLEM_TYPE, ProblemDocument

Json = dict[str, Any]
"""An object of a JSON document; its values are whatever OpenAPI says."""

_REFERENCE: Final = "#/components/schemas/{name}"
_PARAMETER: Final = re.compile(r"\{(\w+)\}")

_PARAMETERS: Final = {
    "room": "A channel, with or without its #, or @ and the name of whom one talks with.",
    "file": "The id of a file.",
    "message": "The id of a message, such as 4-8.",
    "reaction": "An emoji or a short word.",
    "name": "What somebody is called.",
    "token": "The id of a token.",
    "webhook": "The id of a webhook.",
}
"""What stands in paths."""


def describe(operations: Iterable[Operation]) -> Json:
    """Return the document."""
    listed = [*operations]
    kinds = {kind for one in listed for kind in (one.answer, one.body) if kind is not None}
    ordered = sorted({*kinds, ProblemDocument}, key=lambda kind: kind.__name__)
    schemas, components = msgspec.json.schema_components(ordered, ref_template=_REFERENCE)
    references = dict(zip(ordered, schemas, strict=True))
    paths: Json = {}
    for one in listed:
        paths.setdefault(PREFIX + one.path, {})[one.method.lower()] = _describe(one, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "hubbub",
            "version": version("hubbub"),
            "description": "The words are those of the native protocol: docs/protocol.md.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "browser": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
            },
        },
        "security": [{"token": []}, {"browser": []}],
    }


def _describe(one: Operation, references: dict[type, Json]) -> Json:
    success: Json = {"description": "It was done."}
    if one.answer is not None:
        success["content"] = {"application/json": {"schema": references[one.answer]}}
    described: Json = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_path_parameters(one), *_query_parameters(one), *_field_parameters(one)],
        "responses": {
            str(one.status.value): success,
            "default": {
                "description": "It was not done; `code` says why.",
                "content": {PROBLEM_TYPE: {"schema": references[ProblemDocument]}},
            },
        },
    }
    if one.body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": references[one.body]}},
        }
    if one.takes_bytes:
        described["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    if one.is_public:
        described["security"] = []
    return described


def _path_parameters(one: Operation) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": _PARAMETERS[name],
            "schema": {"type": "string", "minLength": 1},
        }
        for name in _PARAMETER.findall(one.path)
    ]


def _query_parameters(one: Operation) -> list[Json]:
    (_,), components = msgspec.json.schema_components([one.query], ref_template=_REFERENCE)
    shape = components[one.query.__name__]
    required = shape.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": schema}
        for name, schema in shape.get("properties", {}).items()
    ]


def _field_parameters(one: Operation) -> list[Json]:
    if not one.is_repeatable:
        return []
    return [
        {
            "name": IDEMPOTENCY_FIELD,
            "in": "header",
            "required": False,
            "description": "What you call what you send; sent again with it, nothing is said twice.",
            "schema": {"type": "string", "maxLength": 64, "pattern": "^[!-~]*$"},
        }
    ]


def describe_for_people(operations: Iterable[Operation]) -> Page:
    """Return the page: every operation, and what it is for."""
    rows = [
        f"<dt>{escape(one.summary)}\n<dd><pre>{one.method} {escape(PREFIX + one.path)}</pre>\n" for one in operations
    ]
    return Page(
        "For programs",
        "<p>Everything below is JSON. Programs show a token, which <code>/token new</code> makes in the chat: "
        "<code>Authorization: Bearer TOKEN</code>. "
        "Tools read <a href=/api/openapi.json>the whole description</a>.</p>\n"
        "<p>To hear what is said as it is said, speak the same JSON with a socket to this port, a line a message, or "
        "over WebSocket at <code>/ws</code>; in Python, <code>hubbub.client</code> does all of it. Begin with a name:"
        '<pre>{"type":"hello","name":"ann"}</pre>\n'
        f"<dl>\n{''.join(rows)}</dl>\n",
    )
