"""The contract between languages: JSON Schema and an example of every message, both made from the types themselves.

`make wire` writes them to `wire/schema.json` and `wire/vectors/`; clients in other languages are generated from the one
and tested with the others.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

import msgspec
from msgspec import inspect

from hubbub.core.answers import Answer
from hubbub.core.catalog import AnyEvent, DirectoryEvent
from hubbub.core.features.messages import Erased
from hubbub.core.features.presence import Disconnected
from hubbub.core.features.settings import RetentionSet
from hubbub.core.kinds import Refusal, tag_of
from hubbub.core.signals import AnySignal
from hubbub.wire import native
from hubbub.wire.native import REQUESTS
from hubbub.wire.scenes import make_scenes

JsonObject = dict[str, Any]  # Any: JSON is what it is
"""A JSON object, as Python sees it."""

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

OWN: Final = (native.Hello, native.Proof, native.Ping, native.Pong, native.Bye)
"""What a client sends besides requests."""

UNHEARD: Final = (*get_args(DirectoryEvent), RetentionSet, Erased, Disconnected)
"""Events that are the server's own; the audit trail may show them."""

WORDS: Final[Mapping[str, str]] = {
    "author": "p0a1b2c3d4e5f6071",
    "message": "4-8",
    "name": "ann",
    "person": "p0a1b2c3d4e5f6071",
    "recipients": "bob",
    "room": "#lobby",
    "text": "Hello, wörld 👋",
}
"""What stands in the examples for some fields; others hold their own names."""


def make_schema() -> JsonObject:
    """Return the schema of everything that either side sends; `FromClient` and `FromServer` are the two wholes."""
    kinds = [native.FromServer, *OWN, *REQUESTS.values()]
    (from_server, *_), components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for kind in REQUESTS.values():
        _identify(components[kind.__name__])
    names = [kind.__name__ for kind in (*OWN, *REQUESTS.values())]
    mapping = {tag_of(name): f"#/$defs/{name}" for name in names}
    components["FromServer"] = from_server
    components["FromClient"] = {
        "anyOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return {"$schema": DIALECT, "title": "hubbub.v1", "$defs": dict(sorted(components.items()))}


def _identify(schema: JsonObject) -> None:
    """Add what every request has besides its own fields."""
    schema["properties"] = {"type": schema["properties"].pop("type"), "id": _ID_SCHEMA} | schema["properties"]
    schema["required"] = ["type", "id", *(name for name in schema.get("required", ()) if name != "type")]


_ID_SCHEMA: Final = msgspec.json.schema(native.Id)


def make_vectors() -> dict[str, list[JsonObject]]:
    """Return the examples, by the names of their files.

    Each message with all its fields, and with as few as it may; and scenes, for models of what is known.
    """
    return {
        "from_client": list(_client_vectors()),
        "from_server": list(_server_vectors()),
        "scenes": [_parse(msgspec.json.encode(scene)) for scene in make_scenes()],
    }


def _client_vectors() -> Iterator[JsonObject]:
    for own in OWN:
        for full in (True, False):
            yield _parse(native.encode(_example(own, full=full)))
    for number, kind in enumerate(REQUESTS.values()):
        for full in (True, False):
            yield _parse(native.encode_request(_example(kind, full=full), number if full else f"q{number}"))


def _server_vectors() -> Iterator[JsonObject]:
    for kind in get_args(native.FromServer):
        for full in (True, False):
            yield _parse(native.encode(_example(kind, full=full)))
    for event in get_args(AnyEvent):
        yield _parse(native.encode(_with(native.RecordMessage, "event", event)))
    for signal in get_args(AnySignal):
        yield _parse(native.encode(_with(native.SignalMessage, "signal", signal)))
    for answer in get_args(Answer):
        if answer is not Refusal:
            yield _parse(native.encode(_with(native.AnswerMessage, "answer", answer)))


def _parse(line: bytes) -> JsonObject:
    parsed: JsonObject = msgspec.json.decode(line)
    return parsed


def _with(kind: type, field: str, value: type) -> Any:  # noqa: ANN401 - whatever kind is asked for
    return msgspec.structs.replace(_example(kind, full=True), **{field: _example(value, full=True)})


def _example(kind: type, *, full: bool) -> Any:  # noqa: ANN401 - whatever kind is asked for
    return _example_of(inspect.type_info(kind), "", full=full)


def _example_of(info: inspect.Type, name: str, *, full: bool) -> object:  # noqa: C901 - a table
    match info:
        case inspect.StructType():
            fields = [field for field in info.fields if full or field.required]
            return info.cls(**{field.name: _example_of(field.type, field.name, full=full) for field in fields})
        case inspect.UnionType():
            return _example_of(info.types[0], name, full=full)
        case inspect.StrType():
            return WORDS.get(name, name)
        case inspect.IntType():
            return info.ge or 7
        case inspect.FloatType():
            return 1.5
        case inspect.BoolType():
            return True
        case inspect.LiteralType():
            return info.values[0]
        case inspect.EnumType():
            return next(iter(info.cls))
        case inspect.VarTupleType():
            return (_example_of(info.item_type, name, full=full),)
        case inspect.TupleType():
            return tuple(_example_of(one, name, full=full) for one in info.item_types)
        case inspect.DictType():
            return {_example_of(info.key_type, "👍", full=full): _example_of(info.value_type, name, full=full)}
        case _:
            raise TypeError(info)


def describe_requests(union: object) -> Iterator[str]:
    """Yield a Markdown table of everything of that union which can be asked."""
    yield "| type | fields | what it asks |"
    yield "|---|---|---|"
    asked = set(get_args(union))
    for tag, kind in REQUESTS.items():
        if kind in asked:
            yield f"| `{tag}` | {_describe_fields(kind)} | {_first_line(kind)} |"


def describe_kinds(union: object) -> Iterator[str]:
    """Yield a Markdown table of the kinds of that union."""
    yield "| type | fields | what it tells |"
    yield "|---|---|---|"
    for kind in get_args(union):
        if kind not in UNHEARD:
            yield f"| `{tag_of(kind.__name__)}` | {_describe_fields(kind)} | {_first_line(kind)} |"


def _describe_fields(kind: type) -> str:
    fields = [
        field for field in msgspec.structs.fields(kind) if field.name not in {"author", "name"} or kind not in _EVENTS
    ]
    return ", ".join(f"`{field.encode_name}`" + ("" if field.required else "?") for field in fields)


_EVENTS: Final = frozenset(get_args(AnyEvent))
"""All of them have an author and a name, which need not be repeated."""


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").partition("\n")[0].replace("|", "\\|")
