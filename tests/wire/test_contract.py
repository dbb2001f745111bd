"""The contract between languages: what is kept in `wire/` is what the types say, and every example holds to it."""

import json
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import msgspec
import pytest

from hubbub.wire import native
from hubbub.wire.contract import JsonObject, make_schema, make_vectors
from hubbub.wire.native import Asked, Misunderstood

ROOT: Final = Path(__file__).parents[2] / "wire"
SCHEMA: Final[JsonObject] = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))


def vectors_of(name: str) -> list[JsonObject]:
    """Return the examples of one side."""
    vectors: list[JsonObject] = json.loads((ROOT / "vectors" / f"{name}.json").read_text(encoding="utf-8"))
    return vectors


def validator_of(name: str) -> Any:  # noqa: ANN401 - a validator of whichever draft
    """Return what checks values against one of the definitions."""
    return jsonschema_rs.validator_for({**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_what_is_kept_is_current() -> None:
    """`make wire` was run after the last change of a type."""
    assert json.loads(json.dumps(make_schema())) == SCHEMA
    assert make_vectors() == {name: vectors_of(name) for name in ("from_client", "from_server", "scenes")}


@pytest.mark.parametrize("side", ["from_client", "from_server"])
def test_every_example_is_as_the_schema_says(side: str) -> None:
    """So code that was generated from the schema understands them."""
    validator = validator_of("FromClient" if side == "from_client" else "FromServer")
    for vector in vectors_of(side):
        validator.validate(vector)


def test_the_schema_refuses_what_is_wrong() -> None:
    """It is no schema that everything fits."""
    validator = validator_of("FromClient")
    wrong = [
        '{"type": "say", "room": "#lobby", "text": "no id"}',
        '{"type": "nope"}',
        '{"type": "hello", "name": 3}',
        "[]",
    ]
    for text in wrong:
        assert not validator.is_valid(json.loads(text))


@pytest.mark.parametrize("vector", vectors_of("from_client"), ids=lambda vector: vector["type"])
def test_the_server_understands_what_clients_send(vector: JsonObject) -> None:
    """Each example comes back as it was."""
    message = native.decode_from_client(json.dumps(vector))
    assert not isinstance(message, Misunderstood)
    line = native.encode_request(message.request, message.id) if isinstance(message, Asked) else native.encode(message)
    assert json.loads(line) == vector


@pytest.mark.parametrize("vector", vectors_of("from_server"), ids=lambda vector: vector["type"])
def test_clients_understand_what_the_server_sends(vector: JsonObject) -> None:
    """Each example comes back as it was."""
    message = native.decode_from_server(json.dumps(vector))
    assert json.loads(native.encode(message)) == vector


def test_there_is_an_example_of_everything() -> None:
    """Nothing can be asked or told that no other language has been tried with."""
    mapping: dict[str, str] = SCHEMA["$defs"]["FromClient"]["discriminator"]["mapping"]
    assert {vector["type"] for vector in vectors_of("from_client")} == set(mapping)
    mapping = SCHEMA["$defs"]["FromServer"]["discriminator"]["mapping"]
    assert {vector["type"] for vector in vectors_of("from_server")} == set(mapping)
    with pytest.raises(msgspec.ValidationError):
        native.decode_from_server('{"type":"nope"}')
