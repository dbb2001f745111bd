"""What is said about what wants somebody's attention, in every protocol that only has sentences."""

from typing import Final

import pytest

from hubbub.core.features.accounts import SetAlerts
from hubbub.core.queries import AlertList, Answer, ListAlerts
from hubbub.core.signals import AnySignal, Uncalled
from hubbub.gateways.conversation import Reply
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.gateways.test_dialects import SPEECH
from tests.gateways.test_plain import in_lobby, sentences_of

NO_ALERTS: Final = "You have no alerts. /alert WORD calls you when somebody says it."

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (ListAlerts(), AlertList(()), [NO_ALERTS]),
    (ListAlerts(), AlertList(("tea", "cake")), ["You are called at: tea, cake"]),
    (SetAlerts(removed=("tea",)), AlertList(()), [NO_ALERTS]),
]
"""What was asked, what was answered, and what the server says to that."""

SIGNALS: Final[list[tuple[AnySignal, list[str]]]] = [
    (
        Uncalled("#tea"),
        ["Only moderators of #tea call everybody with @room. Your message was sent; nobody was called."],
    ),
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
    """Or none is, where these clients have no place to show it."""
    replies = in_lobby(protocol).conversation.noticed(signal)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences
