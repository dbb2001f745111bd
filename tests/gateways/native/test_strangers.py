"""Strangers: pages from elsewhere come in with an account that they prove, and in no other way."""

import json

import pytest

from hubbub.core.account_requests import LogIn
from hubbub.core.house import House
from hubbub.gateways.conversation import BeginScram, Intent, Introduce, Reply
from hubbub.gateways.native.conversation import NativeConversation
from hubbub.gateways.native.settings import NativeSettings
from tests.gateways.making import DEFAULTS
from tests.gateways.talk import LOBBY_AT_REST
from tests.service.clock import ManualClock


def hear(*, must_prove: bool, **hello: object) -> Intent:
    """Return what a hello comes to."""
    native = NativeSettings(
        DEFAULTS,
        "hubbub",
        House(),
        ManualClock(),
        lambda: "here",
        lambda person: person.id,
        lambda _person, _room: LOBBY_AT_REST,
    )
    conversation = NativeConversation(native, must_prove=must_prove)
    (intent,) = conversation.receive_data(json.dumps({"type": "hello", **hello}).encode() + b"\n")
    return intent


@pytest.mark.parametrize(
    "hello",
    [
        {"name": "ann"},
        {},
        {"name": "ann", "password": "correct horse", "register": True},
        {"key": "what a guest was given"},
    ],
)
def test_who_proves_nothing_stays_out(hello: dict[str, object]) -> None:
    """No guest, nobody new, and nobody whose browser was given something: a page would be that for its visitor."""
    intent = hear(must_prove=True, **hello)
    assert isinstance(intent, Reply)
    refusal = json.loads(intent.data)
    assert (refusal["type"], refusal["code"]) == ("refusal", "needs_account")
    assert "origins" in refusal["sentence"]
    assert isinstance(hear(must_prove=False, **hello), Introduce)


def test_who_has_an_account_comes_in() -> None:
    """By a password, which may be proved without being sent, or by a token."""
    for hello in ({"name": "ann", "password": "correct horse"}, {"token": "hub_0123"}):
        intent = hear(must_prove=True, **hello)
        assert isinstance(intent, Introduce)
        assert isinstance(intent.proof, LogIn)
    assert isinstance(hear(must_prove=True, scram="n,,n=ann,r=abc"), BeginScram)
