"""Alerting, decided: what an administrator tells the others, and that nobody else does."""

from typing import Final

import pytest

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.alerting import Alert
from hubbub.core.kinds import RefusalCode, Refused
from hubbub.core.scene import DONE
from hubbub.core.signals import Alerting
from tests.core.test_accounts import scene
from tests.core.test_deciding import Row
from tests.core.world import person_id

ABE, OLA = map(person_id, ("abe", "ola"))

DECIDED: Final = [
    Row("abe", Alert("spam\x07 in #tea"), signals=((OLA, Alerting("abe", "spam in #tea")),)),
    Row("ola", Alert("thanks"), signals=((ABE, Alerting("ola", "thanks")),)),
]


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}")
def test_who_is_told(row: Row) -> None:
    """All administrators and owners who are here, and the asker's own other connections; nothing is kept."""
    decision = scene().decide(row.who, row.command)
    assert (decision.events, decision.answer, decision.signals) == ((), DONE, row.signals)
    assert decision.elsewhere == row.signals[0][1]


@pytest.mark.parametrize(
    ("who", "command", "code"),
    [("carol", Alert("hi"), "not_allowed"), ("ann", Alert("hi"), "not_allowed"), ("abe", Alert("\n "), "empty")],
    ids=repr,
)
def test_who_may_not(who: str, command: AnyCommand, code: RefusalCode) -> None:
    """Whoever is no administrator writes to one as to anybody."""
    with pytest.raises(Refused) as refused:
        scene().decide(who, command)
    assert refused.value.refusal.code == code
