"""Passwords: hashed on threads of their own, verified whoever is asked for, and never for more at once than fits."""

import asyncio
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Final

import argon2
import pytest
from msgspec.structs import replace

from hubbub.core.kinds import Refusal, Refused
from hubbub.service.passwords import BUSY_SECONDS, COST, WAITING_LIMIT, Passwords
from hubbub.service.stepping_back import NICENESS
from hubbub.service.vault import Credentials
from hubbub.wire.scram import derive_keys
from tests.harness.processes import marked_environment
from tests.service.cheap import CHEAP

RIGHT: Final = "correct horse battery staple"
WRONG: Final = "correct horse battery stapler"


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    """Hash at next to no cost, one at a time."""
    passwords = Passwords(CHEAP, hashes_at_once=1)
    yield passwords
    passwords.close()


async def test_a_password_as_it_is_kept_in_earnest() -> None:
    """At the real cost: argon2id with 64 MiB, three passes and a salt of its own; right is right and wrong is wrong."""
    passwords = Passwords()
    one, other = await asyncio.gather(passwords.hash(RIGHT), passwords.hash(RIGHT))
    assert one.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert one.scram.iterations == COST.scram_iterations == 600_000
    assert one.password_hash != other.password_hash
    assert one.scram.salt != other.scram.salt
    assert await passwords.verify(one, RIGHT)
    assert not await passwords.verify(one, WRONG)
    passwords.close()


async def test_the_scram_verifier_is_of_the_same_password(passwords: Passwords) -> None:
    """Who logs in by SCRAM proves to know the very password. RFC 5802 section 3."""
    scram = (await passwords.hash("pencil")).scram
    salted = hashlib.pbkdf2_hmac("sha256", b"pencil", scram.salt, scram.iterations)
    assert (scram.stored_key, scram.server_key) == derive_keys(salted)


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    """Where there is no account the answer is no, even for the text that nobody's hash was made of."""
    assert not await passwords.verify(None, RIGHT)
    assert not await passwords.verify(None, "")


async def test_asking_for_nobody_costs_the_same(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long an answer takes tells nobody who exists: argon2 does the same work for everyone."""
    verified: list[str] = []
    verify = argon2.PasswordHasher.verify

    def verify_and_note(hasher: argon2.PasswordHasher, password_hash: str, password: str) -> bool:
        verified.append(password_hash)
        return verify(hasher, password_hash, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", verify_and_note)
    for credentials in (await passwords.hash(RIGHT), None):
        await passwords.verify(credentials, WRONG)
    somebodys, nobodys = (argon2.extract_parameters(password_hash) for password_hash in verified)
    assert somebodys == nobodys


@pytest.mark.parametrize("password", ["\0", "x" * 5_000, "half a \ud800 pair"])
async def test_what_cannot_be_a_password_is_wrong(passwords: Passwords, password: str) -> None:
    """Whatever is typed when logging in, the answer is no; only who chooses a password is told what one is."""
    assert not await passwords.verify(await passwords.hash(RIGHT), password)
    with pytest.raises(Refused) as refused:
        await passwords.hash(password)
    assert refused.value.refusal.code == "bad_password"


async def test_the_same_password_typed_differently(passwords: Passwords) -> None:
    """A password set with one keyboard is right on another."""
    credentials = await passwords.hash("cafe\N{COMBINING ACUTE ACCENT}s and bars")
    assert await passwords.verify(credentials, "caf\N{LATIN SMALL LETTER E WITH ACUTE}s\N{NO-BREAK SPACE}and bars")


@pytest.mark.parametrize("changed", [{"memory_kib": 16}, {"passes": 2}, {"lanes": 2, "memory_kib": 16}])
async def test_a_changed_cost_outdates_credentials(passwords: Passwords, changed: dict[str, int]) -> None:
    """Credentials of an older cost verify as ever, and are known to be old; new ones are not."""
    later = Passwords(replace(CHEAP, **changed))
    old, new = await passwords.hash(RIGHT), await later.hash(RIGHT)
    assert await later.verify(old, RIGHT)
    assert [later.is_outdated(credentials) for credentials in (old, new)] == [True, False]
    later.close()


async def test_changed_iterations_outdate_credentials(passwords: Passwords) -> None:
    """The same holds for the SCRAM verifier, for whoever has stolen both guesses at the cheaper one."""
    later = Passwords(replace(CHEAP, scram_iterations=2))
    assert later.is_outdated(await passwords.hash(RIGHT))
    assert not later.is_outdated(await later.hash(RIGHT))
    later.close()


async def test_too_many_at_once(passwords: Passwords) -> None:
    """So many wait for their turn; one more is told when to come back; and when they are done there is room again."""

    async def log_in(credentials: Credentials) -> bool | Refusal:
        try:
            return await passwords.verify(credentials, RIGHT)
        except Refused as refused:
            return refused.refusal

    credentials = await passwords.hash(RIGHT)
    for _ in range(2):
        *answers, last = await asyncio.gather(*(log_in(credentials) for _ in range(WAITING_LIMIT + 1)))
        assert answers == [True] * WAITING_LIMIT
        assert isinstance(last, Refusal)
        assert (last.code, last.retry_seconds) == ("try_again", BUSY_SECONDS)


async def test_who_gives_up_makes_room(passwords: Passwords) -> None:
    """A log-in whose connection is lost while it waits takes no place any more."""
    credentials = await passwords.hash(RIGHT)
    waiting = [asyncio.create_task(passwords.verify(credentials, RIGHT)) for _ in range(WAITING_LIMIT)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await passwords.verify(credentials, RIGHT)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread a niceness of its own")
async def test_whoever_chats_goes_first(passwords: Passwords) -> None:
    """The threads that hash step back behind all others, which stay as they were."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    await passwords.hash(RIGHT)
    hashing = [thread.native_id for thread in threading.enumerate() if thread.name.startswith("hubbub-passwords")]
    assert hashing
    for native_id in hashing:
        assert native_id is not None
        assert os.getpriority(os.PRIO_PROCESS, native_id) == NICENESS
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_a_start_does_without() -> None:
    """Neither argon2 nor the tables of PRECIS are imported before somebody needs them."""
    program = "import sys, hubbub.service.passwords; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=marked_environment()).stdout
    assert not {"argon2", "precis_i18n"} & set(printed.split())
