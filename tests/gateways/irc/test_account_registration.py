"""REGISTER and VERIFY: https://ircv3.net/specs/extensions/account-registration (draft), whose words are quoted."""

import pytest

from hubbub.core.access import Access
from hubbub.server.config import PeopleSettings
from tests.gateways.irc.clients import PASSWORD, SERVER, UNHURRIED, network

LOOKS_LIKE_ANN = "an\N{ARMENIAN SMALL LETTER VO}"


def heads(lines: list[str]) -> list[str]:
    """Return the lines without their sentences."""
    return [line.removeprefix(f":{SERVER} ").split(" :")[0] for line in lines]


@pytest.mark.parametrize("name", ["*", "ann", "Ann"])
async def test_registering(name: str) -> None:
    """Afterward, it "is assumed to be authenticated to the `<account>` as if it used SASL", and so told 900."""
    async with network() as place:
        ann = await place.arrive("ann")
        success, logged_in = await ann.ask(f"REGISTER {name} * :{PASSWORD}")
        assert success == f":{SERVER} REGISTER SUCCESS ann :That account is yours"
        assert logged_in.startswith(f":{SERVER} 900 ann ann!~u@")
        assert heads(await ann.ask(f"REGISTER {name} * :{PASSWORD}")) == ["FAIL REGISTER ALREADY_AUTHENTICATED ann"]
        again = await place.connect()
        assert heads(await again.ask(f"PASS :{PASSWORD}", "NICK ann", "USER u 0 * :Ann"))[0] == "001 ann"


async def test_registering_before_one_is_in() -> None:
    """`before-connect`: "the server supports early registration"; also where only people with an account come in."""
    async with network(UNHURRIED, Access("registered")) as place:
        ann = await place.connect()
        listed = " ".join(await ann.ask("CAP LS 302")).split()
        assert "draft/account-registration=before-connect" in listed
        heard = await ann.ask(f"REGISTER * * :{PASSWORD}", "NICK ann", f"REGISTER * * :{PASSWORD}")
        assert heads(heard)[:2] == ["FAIL REGISTER NEED_NICK *", "REGISTER SUCCESS ann"]
        assert heads(await ann.ask(f"REGISTER * * :{PASSWORD}")) == ["FAIL REGISTER ALREADY_AUTHENTICATED ann"]
        assert heads(await ann.ask("USER u 0 * :Ann", "CAP END"))[0] == "001 ann"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("REGISTER * * short", "WEAK_PASSWORD ann"),
        ("REGISTER * * password", "WEAK_PASSWORD ann"),
        ("REGISTER * * :a\x03b\x03c\x03d\x03e\x03f", "UNACCEPTABLE_PASSWORD ann"),
        ("REGISTER other * :four words in a row", "ACCOUNT_NAME_MUST_BE_NICK other"),
    ],
)
async def test_failures(line: str, code: str) -> None:
    """Each with the code that is meant for it; one who has failed may try again."""
    async with network() as place:
        ann = await place.arrive("ann")
        assert heads(await ann.ask(line)) == [f"FAIL REGISTER {code}"]
        assert heads(await ann.ask(f"REGISTER * * :{PASSWORD}"))[0] == "REGISTER SUCCESS ann"


async def test_names_that_cannot_be_had() -> None:
    """ACCOUNT_EXISTS where "someone already registered it", BAD_ACCOUNT_NAME where it is "otherwise restricted"."""
    async with network() as place:
        await place.register("ann")
        heard = []
        for nick in ("ann", LOOKS_LIKE_ANN):
            other = await place.connect()
            heard += await other.ask(f"NICK {nick}", f"REGISTER * * :{PASSWORD}")
        assert heads(heard) == [
            "FAIL REGISTER ACCOUNT_EXISTS ann",
            f"FAIL REGISTER BAD_ACCOUNT_NAME {LOOKS_LIKE_ANN}",
        ]


async def test_where_nobody_may_register() -> None:
    """Then the capability is not there, and a client that knew it is told so: CAP DEL."""
    async with network() as place:
        ann = await place.connect()
        await ann.ask("CAP LS 302")
        place.use_people(PeopleSettings(registration=False))
        assert await ann.ask() == [f":{SERVER} CAP * DEL :draft/account-registration"]
        place.use_people(PeopleSettings())
        assert await ann.ask() == [f":{SERVER} CAP * NEW :draft/account-registration=before-connect"]


async def test_nothing_to_verify() -> None:
    """VERIFY: INVALID_CODE, for no account waits for one; ALREADY_AUTHENTICATED for whoever has one."""
    async with network() as place:
        ann = await place.connect()
        early = await ann.ask("NICK ann", "VERIFY ann 1234", "VERIFY ann")
        await ann.arrive("ann")
        late = await ann.ask("VERIFY ann 1234", f"REGISTER * * :{PASSWORD}", "VERIFY ann 1234")
        assert heads(early) == ["FAIL VERIFY INVALID_CODE ann", "461 * VERIFY"]
        assert heads(late)[::3] == ["FAIL VERIFY INVALID_CODE ann", "FAIL VERIFY ALREADY_AUTHENTICATED ann"]
