"""What is said about people, in every protocol that only has sentences."""

from typing import Final

import pytest

from hubbub.core.answers import Answer
from hubbub.core.features.alerting import Alert
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.features.senders import Accept, LimitSenders, Unaccept
from hubbub.core.features.traits import SetTrait
from hubbub.core.message_answers import Done
from hubbub.core.people_answers import AcceptedChanged, AcceptedList, PersonFound, TraitList
from hubbub.core.queries import FindPerson, ListAccepted, ListTraits
from hubbub.core.signals import (
    Alerting,
    AnySignal,
    Arriving,
    Auditing,
    Automating,
    Departing,
    Describing,
    Identifying,
    Knocking,
    Portraying,
    Querying,
    Relocating,
)
from hubbub.gateways.conversation import Reply
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.gateways.test_dialects import SPEECH
from tests.gateways.test_plain import in_lobby, sentences_of

ONLY_ACCEPTED: Final = "Only whom you accept may write to you alone: /accept NAME. You are told who wants to."

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (Describe("Ann Lee"), Done(), ["Who asks about you is told so."]),
    (Describe(""), Done(), ["You say nothing about yourself."]),
    (
        ReloadSettings(),
        Done(),
        ["The server reads its settings again; its log tells what has changed, or what is wrong."],
    ),
    (Alert("spam"), Done(), ["All administrators who are here have been told."]),
    (SetTrait("url", "x"), Done(), ["It is noted."]),
    (SetTrait("url", None), Done(), ["It is noted no longer."]),
    (ListTraits("ann"), TraitList("ann", {}), ["Nothing is noted about ann."]),
    (ListTraits("ann"), TraitList("ann", {"url": "x", "pronouns": "y"}), ["ann: url: x", "ann: pronouns: y"]),
    (LimitSenders("everyone"), Done(), ["Everybody may write to you alone."]),
    (LimitSenders("accepted"), Done(), [ONLY_ACCEPTED]),
    (ListAccepted(), AcceptedList("accepted", ()), [ONLY_ACCEPTED, "You have accepted nobody."]),
    (
        ListAccepted(),
        AcceptedList("accounts", ("ann", "bob")),
        [
            "Only people with an account may write to you alone, and whom you accept: /accept NAME.",
            "You have accepted ann and bob.",
        ],
    ),
    (
        Accept(("ann", "zoe", "bob")),
        AcceptedChanged(("ann",), ("zoe",), ("bob",)),
        [
            "User 'zoe' not found.",
            "You have accepted bob already.",
            "ann may write to you, whoever else may.",
        ],
    ),
    (
        Unaccept(("ann", "zoe")),
        AcceptedChanged(("ann",), ("zoe",)),
        ["You have not accepted 'zoe'.", "You accept ann no longer."],
    ),
    (MarkBot(), Done(), ["Others see that you are a program."]),
    (MarkBot(is_bot=False), Done(), ["Others see that you are no program."]),
    (
        FindPerson("ann"),
        PersonFound("ann", True, True, "lunch", None, ("#tea",), "Ann Lee", is_bot=True),
        ["ann is away, has an account, is a program, and is in #tea with you.", "About: Ann Lee", "Away: lunch"],
    ),
]
"""What was asked, what was answered, and what the server says to that."""

SIGNALS: Final[list[tuple[AnySignal, list[str]]]] = [
    (Describing("ann", "Ann Lee"), []),
    (Automating("ann", True), []),
    (Identifying("ann", "ann"), []),
    (Knocking("ann"), ["ann wants to write to you: /accept ann lets him."]),
    (Portraying("ann", "url", "x"), []),
    (Alerting("ann", "spam"), ["ann tells all administrators: spam"]),
    (Auditing("ann", "ban", "bob", "#tea", "spam"), ["Audit: ann: ban bob in #tea (spam)"]),
    (Auditing("ann", "enable", "bob"), ["Audit: ann: enable bob"]),
    (Querying("ann", "", "VERSION"), []),
    (Relocating("ann", "a.guest", "b.account"), []),
    (Arriving("ann"), ["ann is here now."]),
    (Departing("ann"), ["ann is not here any more."]),
]
"""What is true for a moment, and what is said of it."""


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("request_", "answer", "sentences"), ANSWERS, ids=lambda value: str(value)[:40])
def test_every_answer_is_said(protocol: Protocol, request_: Request, answer: Answer, sentences: list[str]) -> None:
    """The same sentences in every protocol."""
    replies = in_lobby(protocol).conversation.answered(request_, answer)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("signal", "sentences"), SIGNALS, ids=repr)
def test_every_signal_is_told(protocol: Protocol, signal: AnySignal, sentences: list[str]) -> None:
    """Or none is, where nobody has to read it among what is said."""
    replies = in_lobby(protocol).conversation.noticed(signal)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences
