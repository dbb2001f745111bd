"""Records as JSON: what was written by earlier versions can still be read."""

import pytest
from msgspec import ValidationError

from hubbub.core.catalog import AnyEvent
from hubbub.core.features.messages import Said
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId
from hubbub.wire.records import decode_event, encode_event

ANN = PersonId("p1")


@pytest.mark.parametrize(
    ("old", "event"),
    [
        (
            '{"event":"Said","author":"p1","name":"ann","text":"{\\"event\\":"}',
            Said(ANN, "ann", '{"event":'),
        ),
        (b'{"event":"TopicSet","author":"p1","name":"ann","text":"tea"}', TopicSet(ANN, "ann", "tea")),
    ],
)
def test_events_of_before_are_read(old: bytes | str, event: AnyEvent) -> None:
    """Their type was called after the class."""
    assert decode_event(old) == event
    assert decode_event(encode_event(event)) == event
    assert encode_event(event).startswith(b'{"type":"')


@pytest.mark.parametrize("other", ["{}", "[]", '{"event":"Nothing"}', '{"type":"Said","author":"","name":""}'])
def test_nothing_else_is(other: str) -> None:
    """A store that holds something else is broken, and says so."""
    with pytest.raises(ValidationError):
        decode_event(other)
