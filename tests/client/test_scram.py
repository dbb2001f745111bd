"""A password is proved without being sent, and the server proves that it knows it as well."""

import base64

import pytest

from hubbub.client import Misunderstood, Refused, connect
from hubbub.client.happenings import Challenged
from hubbub.client.scram import Exchange, salt_password
from hubbub.wire.native import Hello
from tests.client.proxy import Proxy
from tests.client.talk import Talk, welcome
from tests.harness.server import Server

NONCE = "rOprNGfwEbeRWgbNEkqO"
CHALLENGE = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"


def test_the_example_of_the_rfc() -> None:
    """RFC 7677 section 3."""
    exchange = Exchange("user", NONCE)
    assert exchange.first == f"n,,n=user,r={NONCE}"
    challenge = exchange.read(CHALLENGE)
    proof = exchange.prove(challenge, salt_password("pencil", challenge.salt, challenge.iterations))
    assert proof.message == f"c=biws,r={challenge.nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    assert proof.server_final == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "e=other-error",
        CHALLENGE.replace(NONCE, "somebodyelses"),
        f"r={NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        CHALLENGE.replace("i=4096", "i=1"),
        CHALLENGE.replace("i=4096", "i=999999999"),
        CHALLENGE.replace("W22Z", "W2Z"),
    ],
)
def test_a_challenge_that_is_none(text: str) -> None:
    """Or one that would give the password away cheaply, or keep a client busy."""
    with pytest.raises(Misunderstood):
        Exchange("user", NONCE).read(text)


def test_a_server_that_does_not_know_the_password_is_found_out() -> None:
    """Whoever stands in between may let anybody in, but cannot prove anything."""
    talk = Talk(Hello(name="ann", password="correct horse"))
    talk.conversation.begin(NONCE)
    assert talk.sent() == [{"type": "hello", "scram": f"n,,n=ann,r={NONCE}"}]
    (challenged,) = talk.hear({"type": "challenge", "data": CHALLENGE})
    assert challenged == Challenged(base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4_096)
    talk.conversation.prove(b"salted")
    assert [message["type"] for message in talk.sent()] == ["proof"]
    for scram in ("", "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="):
        with pytest.raises(Misunderstood, match="does not know your password"):
            talk.hear(welcome(scram=scram))


def test_names_are_escaped() -> None:
    """A comma and an equals sign mean something there."""
    assert Exchange("a=b,c", NONCE).first == f"n,,n=a=3Db=2Cc,r={NONCE}"


async def test_a_password_is_not_sent_in_clear_text(address: str, place: Server) -> None:
    """Neither at first nor when one comes back; in any script; and a wrong one is wrong."""
    password, typed_elsewhere = "Straße \u00c5ngstr\u00f6m", "Straße A\u030angstro\u0308m"
    async with connect(address, name="scram", password=password, register=True):
        pass
    async with Proxy(place.address()) as proxy:
        async with connect(proxy.endpoint, name="scram", password=typed_elsewhere) as hub:
            proxy.cut_all()
            await proxy.wait_for_connections(2)
            assert await hub.say("#lobby", "back")
        with pytest.raises(Refused) as refused:
            await connect(proxy.endpoint, name="scram", password="wrong").__aenter__()
        assert refused.value.refusal.code == "wrong_password"
        assert b"scram" in proxy.heard
        assert typed_elsewhere.encode() not in proxy.heard
        assert b"password" not in proxy.heard
