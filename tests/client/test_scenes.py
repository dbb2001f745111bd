"""The snapshot law, on the scenes that are kept for clients in all languages (`wire/vectors/scenes.json`)."""

import json
from pathlib import Path
from typing import Final

import msgspec
import pytest

from hubbub.client.model import Model
from hubbub.core.catalog import Record
from hubbub.wire.native import LimitsInfo, RoomState, ServerInfo, Welcome, You
from hubbub.wire.scenes import Scene

FILE: Final = Path(__file__).parents[2] / "wire" / "vectors" / "scenes.json"
SCENES: Final = msgspec.json.decode(FILE.read_bytes(), type=list[Scene])


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_snapshot_and_the_records_since_are_a_fresh_snapshot(scene: Scene) -> None:
    """Whoever was there knows what a newcomer is told, and whoever comes twice is told nothing twice."""
    model = Model()
    limits = LimitsInfo(*[1] * len(LimitsInfo.__struct_fields__))
    model.welcome(Welcome(1, ServerInfo("s", "hubbub"), You(scene.you, "ann"), limits, (scene.snapshot,)))
    for message in scene.records:
        record = Record(message.room, message.seq, message.time_ms, message.event)
        assert model.apply(record, message.where)
        assert not model.apply(record, message.where)
    (room,) = model.rooms.values()
    known = RoomState(
        room.id,
        room.name,
        room.kind,
        room.seq,
        room.topic,
        room.member_count,
        recent=tuple(room.recent),
    )
    fresh = msgspec.structs.replace(
        scene.fresh,
        some_members=(),
        recent=scene.fresh.recent[-len(room.recent) :],
        access="public",
        is_archived=False,
        is_group=False,
    )
    assert json.loads(msgspec.json.encode(known)) == json.loads(msgspec.json.encode(fresh))
