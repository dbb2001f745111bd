"""Telling: whatever is in a text, it is shown and not obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Edited, Pinned, Reacted
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Said
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Quote
from hubbub.phrasing.file_phrases import NO_LINKS
from hubbub.tui.telling import tell_listed, tell_record
from tests.fuzz.budget import QUICK

ANN = PersonId("p1")


def record(event: AnyEvent, quote: Quote | None = None) -> Record:
    """Return something that happened."""
    return Record(RoomId(1), Seq(2), 1_000, event, quote=quote)


@pytest.mark.parametrize(
    ("event", "quote", "told"),
    [
        (Said(ANN, "ann", "one\ntwo"), None, "ann: one\n    two"),
        (Said(ANN, "ann", "waves", "action"), None, "* ann waves"),
        (Said(ANN, "ann", "beep", "notice"), None, "ann (notice): beep"),
        (Said(ANN, "ann", "yes", reply_to=Seq(1)), Quote("bob", "no?"), 'ann → bob "no?": yes'),
        (Announced(ANN, "ann", "all"), None, "ann to everyone: all"),
        (Edited(ANN, "ann", Seq(1), "hello"), None, "ann fixed: hello"),
        (Reacted(ANN, "ann", Seq(1), "👍"), Quote("bob", "no?"), 'ann reacted 👍 to "no?" from bob.'),
        (Pinned(ANN, "ann", Seq(1)), Quote("bob", "no?"), 'ann pinned "no?" from bob.'),
        (Joined(ANN, "ann"), None, "User 'ann' has joined #tea."),
        (TopicSet(ANN, "ann", "\x1b]0;x\x07"), None, "ann set the topic of #tea: ␛]0;x␇"),
        (Left(ANN, "ann", "\x1b[2J"), None, "User 'ann' has left #tea. Reason: ␛[2J"),
    ],
)
def test_what_happens_is_a_line(event: AnyEvent, quote: Quote | None, told: str) -> None:
    """In the words of the text protocol."""
    assert tell_record(record(event, quote), "#tea", NO_LINKS) == told


@QUICK
@given(st.text(), st.text(), st.text())
def test_nothing_moves_a_cursor(name: str, text: str, room: str) -> None:
    """Nor can a further line be taken for another's."""
    for event in (Said(ANN, name, text), TopicSet(ANN, name, text), Left(ANN, name, text)):
        for told in (tell_record(record(event), room, NO_LINKS), tell_listed(record(event), NO_LINKS, 1)):
            first, *others = told.split("\n")
            assert all(line.startswith("    ") or not line.strip() for line in others)
            assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in first + "".join(others))
