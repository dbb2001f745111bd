"""What is said about webhooks, in plain sentences."""

import time
from typing import Final, get_args

import pytest

from hubbub.core.answers import Answer
from hubbub.core.hook_answers import HookList, HookMade, HookView
from hubbub.core.hook_requests import AnyHookRequest, ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.message_answers import Done
from hubbub.gateways.conversation import Reply
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.gateways.test_dialects import SPEECH
from tests.gateways.test_plain import in_lobby, sentences_of

NOON_MS: Final = 1_767_268_800_000
NOON: Final = time.strftime("%Y-%m-%d %H:%M", time.localtime(NOON_MS // 1_000))

IN: Final = HookView("A1", "incoming", "ci", "ann", NOON_MS)
OUT: Final = HookView("B2", "outgoing", "", "", NOON_MS, host="example.org", topics=("messages", "topic"))

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (ListHooks("#tea"), HookList("#Tea", ()), ["#Tea has no webhooks. /webhook new LABEL makes one."]),
    (
        ListHooks("#tea"),
        HookList("#Tea", (IN, HookView("A2", "incoming", "", "ann", NOON_MS, NOON_MS), OUT)),
        [
            "Webhooks of #Tea:",
            f"A1  ci  for programs to speak, made {NOON} by ann, never used",
            f"A2  (no label)  for programs to speak, made {NOON} by ann, used {NOON}",
            f"B2  (no label)  posts messages, topic to example.org, made {NOON} by somebody who is gone",
        ],
    ),
    (
        ListHooks("#tea"),
        HookList(
            "#Tea",
            (
                HookView("C3", "outgoing", "x", "ann", NOON_MS, host="a.b", topics=("edits",), state="failing"),
                HookView("D4", "outgoing", "y", "ann", NOON_MS, host="a.b", topics=("edits",), state="given_up"),
            ),
        ),
        [
            "Webhooks of #Tea:",
            f"C3  x  posts edits to a.b, made {NOON} by ann, does not take it at the moment",
            f"D4  y  posts edits to a.b, made {NOON} by ann, given up: /webhook restart D4",
        ],
    ),
    (
        MakeHook("#tea"),
        HookMade("A1", "#Tea", "https://chat.example.org/hooks/hub_X"),
        [
            "Webhook A1, shown this once. What is posted there is said in #Tea:",
            "https://chat.example.org/hooks/hub_X",
            "Try it: curl -d 'hello' https://chat.example.org/hooks/hub_X",
        ],
    ),
    (
        MakeHook("#tea", url="https://example.org"),
        HookMade("B2", "#Tea", signing_secret="whsec_X"),
        ["Webhook B2 posts from #Tea now, signed with this secret, shown this once:", "whsec_X"],
    ),
    (RevokeHook("A1"), Done(), ["That webhook is worth nothing any more."]),
    (RestartHook("B2"), Done(), ["That webhook begins again where it stopped."]),
]
"""What is asked, what is answered, and what that is told in."""


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("request_", "answer", "sentences"), ANSWERS, ids=lambda value: str(value)[:40])
def test_every_answer_is_said(protocol: Protocol, request_: Request, answer: Answer, sentences: list[str]) -> None:
    """The same sentences in every protocol."""
    replies = in_lobby(protocol).conversation.answered(request_, answer)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences


def test_everything_that_can_be_asked_is_answered_in_the_table() -> None:
    """Nothing is left unsaid."""
    assert {type(request) for request, _, _ in ANSWERS} == set(get_args(AnyHookRequest))


def test_a_link_without_a_server_says_so() -> None:
    """Where the server does not know how it is reached, whoever reads the path has to know."""
    replies = in_lobby(Protocol.TEXT).conversation.answered(MakeHook("#tea"), HookMade("A1", "#Tea", "/hooks/hub_X"))
    told = sentences_of(Protocol.TEXT, b"".join(reply.data for reply in replies if isinstance(reply, Reply)))
    assert "with this server's address for HOST:PORT" in told[0]
    assert told[1] == "http://HOST:PORT/hooks/hub_X"
