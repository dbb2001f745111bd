"""Accounts: opened, claimed, changed and given up; whatever fails, no secret and no code is lost or left behind."""

import asyncio
from collections.abc import Sequence
from typing import Final

import pytest

from hubbub.core.access import Access
from hubbub.core.account_answers import Registered, TokenMade
from hubbub.core.account_requests import ChangePassword, Claim, DeleteAccount, LogIn, MakeToken, Register
from hubbub.core.catalog import Record
from hubbub.core.directory import DELETED
from hubbub.core.features.accounts import AccountOpened, DisableAccount, SetServerRole
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Left
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import PersonId, Refusal, Refused
from hubbub.core.message_answers import History, Outcome, Told
from hubbub.core.people_answers import BlockList, Called
from hubbub.core.queries import FindHistory, ListBlocks
from hubbub.core.roles import ServerRole
from hubbub.core.room import LOBBY, RoomKind
from hubbub.core.room_answers import Entered
from hubbub.core.scene import DONE
from hubbub.server.claim import make_claim
from hubbub.service.directory_watch import DISABLED, GONE
from hubbub.service.keys import new_code
from hubbub.service.peers import Peer
from hubbub.service.ports import Draft
from hubbub.service.scribe import TRY_AGAIN
from tests.service.guests import HERE, Guest
from tests.service.members import PASSWORD, code_of, log_in, refusal_of, register, sign_up
from tests.service.node import Node, running
from tests.service.stores import ControlledStore
from tests.service.turns import turns, until
from tests.service.vaults import ControlledVault

OTHER: Final = "staple the battery"
ELSEWHERE: Final = Peer("192.0.2.1:1", "192.0.2.1")
NO_CODE: Final = "0000-0000-0000-0000"


async def invitation(node: Node, uses: int = 1, lasting_ms: int | None = None) -> str:
    """Return a code with which somebody may open an account."""
    secret, code = new_code(uses, lasting_ms, "", node.clock.time_ms(), None)
    await node.vault.add_code(code)
    return secret


async def uses_left(node: Node) -> list[int]:
    """Return how often each code can still be used."""
    return [code.uses_left for code in await node.vault.list_codes()]


async def claim_code(node: Node) -> str:
    """Return the code that the server prints at its start."""
    code = await make_claim(node.house.directory, node.vault, node.clock)
    assert code is not None
    return code


# Opening


async def test_a_guest_keeps_his_name(node: Node) -> None:
    """From then on it takes his password to come in under it, however it is written, and nobody else can."""
    ann = Guest(node, "Ann")
    await register(ann)
    ann.leave()
    with pytest.raises(Refused) as refused:
        Guest(node, "ANN")
    assert refused.value.refusal.code == "name_reserved"
    assert (await log_in(node, "ann")).name == "Ann"
    assert (await refusal_of(log_in(node, "ann", OTHER))).code == "wrong_password"


async def test_who_registers_keeps_what_is_his(node: Node, store: ControlledStore, vault: ControlledVault) -> None:
    """His rooms, whom he blocks, and what was said to him alone: he is the same person as before."""
    ann, bob = Guest(node, "ann"), Guest(node, "bob")
    for guest in (ann, bob):
        await guest.ask(Join(LOBBY))
    await ann.ask(Join("#tea"))
    await ann.ask(Block(("bob",)))
    await Guest(node, "carol").ask(Tell(("ann",), "before"))
    await register(ann)
    who = ann.id
    ann.leave()
    await node.settle()
    async with running(Node(store, vault=vault)) as restarted:
        await restarted.settle()
        ann = await log_in(restarted, "ann")
        assert ann.id == who
        assert [entered.room for entered in ann.welcome.rooms] == [LOBBY, "#tea"]
        assert await ann.ask(ListBlocks()) == BlockList(("bob",))
        (direct,) = [head for head in await store.list_memberships(who) if head.kind is RoomKind.DIRECT]
        assert direct.seq == 1
        assert list((await restarted.open_channel()).settled.members) == [who], "guests are gone, accounts are not"


async def test_opening_at_the_door(node: Node) -> None:
    """Somebody may come in by opening an account: he is in no room yet, and nothing waits for him."""
    ann = await sign_up(node, "ann")
    assert (ann.welcome.name, ann.welcome.rooms, ann.welcome.waiting) == ("ann", (), ())
    assert isinstance(await ann.ask(Join(LOBBY)), Entered)


@pytest.mark.parametrize("password", ["short", "password", "aaaaaaaaaaaa", "ann-ann-ann-ann", "x" * 2_000])
async def test_a_bad_password_opens_nothing(node: Node, password: str) -> None:
    """What is guessed first is refused before anything else is done; no code is used up for it."""
    ann, code = Guest(node, "ann-ann-ann-ann"), await invitation(node)
    assert await code_of(ann.ask(Register(password, code))) == "bad_password"
    assert (await refusal_of(sign_up(node, "bob", code, password="bob"))).code == "bad_password"
    assert await uses_left(node) == [1]
    assert node.house.directory.accounts == {}


async def test_nobody_has_two_accounts(node: Node) -> None:
    """Whoever has one is told so, and that it is his."""
    ann = Guest(node, "ann")
    await register(ann)
    assert await ann.ask(Register(OTHER)) == Refusal("already_registered", "You have an account already, 'ann'.")
    await log_in(node, "ann")


ACCESS: Final = [
    # who may enter, guests, registration -> a guest, a newcomer, an invited one
    (Access(), (None, None, None)),
    (Access(guests=False), ("needs_account", None, None)),
    (Access(registration=False), (None, "needs_invitation", None)),
    (Access(guests=False, registration=False), ("needs_account", "needs_invitation", None)),
    (Access("registered"), ("needs_account", None, None)),
    (Access("registered", registration=False), ("needs_account", "needs_invitation", None)),
    (Access("invited"), ("needs_account", "needs_invitation", None)),
    (Access("invited", guests=False, registration=False), ("needs_account", "needs_invitation", None)),
]
"""What the operator has decided; then why a guest, who opens an account, and who does so by invitation may not in."""


@pytest.mark.parametrize(("access", "codes"), ACCESS, ids=str)
async def test_who_may_come_in(access: Access, codes: tuple[str | None, str | None, str | None]) -> None:
    """And whoever has an account may come in wherever he has it, as often as he likes."""
    async with running(Node(access=access)) as node:
        code = await invitation(node)

        async def come(name: str) -> None:
            match name:
                case "guest":
                    Guest(node, name)
                case "newcomer":
                    await sign_up(node, name)
                case _:
                    await sign_up(node, name, code)
                    await log_in(node, name)

        for name, expected in zip(("guest", "newcomer", "invited"), codes, strict=True):
            if expected is None:
                await come(name)
            else:
                assert (await refusal_of(come(name))).code == expected


async def test_a_bad_code_opens_nothing(node: Node) -> None:
    """One that nobody made, that was used, or that is too old; also where none is needed."""
    used, old = await invitation(node), await invitation(node, lasting_ms=1_000)
    await sign_up(node, "first", used)
    node.clock.advance(1.0)
    for code in (NO_CODE, "nonsense", used, old):
        assert (await refusal_of(sign_up(node, "ann", code))).code == "bad_code"
        node.clock.advance(3_600)
    assert [one.name for one in node.house.directory.accounts.values()] == ["first"]


async def test_whoever_guesses_codes_has_to_wait(node: Node) -> None:
    """As whoever guesses passwords does; from another address all goes on."""
    refusals = [await refusal_of(sign_up(node, "ann", NO_CODE)) for _ in range(7)]
    assert [refusal.code for refusal in refusals[:5]] == ["bad_code"] * 5
    assert refusals[-1].code == "too_fast"
    assert refusals[-1].retry_seconds > 0
    await sign_up(node, "ann", await invitation(node), peer=ELSEWHERE)


async def test_one_address_opens_only_so_many(node: Node) -> None:
    """A program that fills the server does not; this machine may."""
    for number in range(node.limits.registrations_per_hour):
        await sign_up(node, f"ann{number}", peer=ELSEWHERE)
    code = await invitation(node)
    refusal = await refusal_of(sign_up(node, "zoe", code, peer=ELSEWHERE))
    assert refusal.code == "too_fast"
    assert refusal.retry_seconds > 0
    assert await uses_left(node) == [1]
    await sign_up(node, "zoe", code)


async def test_secrets_are_not_sent_where_others_could_read_them(node: Node) -> None:
    """Nothing that takes a secret or shows one is done there."""
    ann = await sign_up(node, "ann")
    node.safe = False
    assert (await refusal_of(sign_up(node, "bob"))).code == "needs_encryption"
    assert (await refusal_of(log_in(node, "ann"))).code == "needs_encryption"
    for request in (ChangePassword(PASSWORD, OTHER), DeleteAccount(PASSWORD), Claim(NO_CODE), MakeToken("bot")):
        assert await code_of(ann.ask(request)) == "needs_encryption"


# When opening fails


async def test_the_name_is_taken_meanwhile(node: Node, store: ControlledStore, vault: ControlledVault) -> None:
    """By an account that another program opens while the password is being hashed: the first in order has it.

    The other is told so, is called something else, and has his code back.
    """
    bob, code = Guest(node, "bob"), await invitation(node)
    store.hold()
    bob.send(Register(PASSWORD, code))
    await vault.called["save_credentials"].wait()
    await until(lambda: bool(node.house.directory.accounts))
    (directory,) = [room for room in node.house.rooms.values() if room.kind is RoomKind.DIRECTORY]
    await store.append_elsewhere([Draft(directory.id, AccountOpened(PersonId("other"), "bob", "bob", "bob"))])
    store.release()
    (answer,) = await bob.answers()
    assert isinstance(answer, Refusal)
    assert answer.code == "name_taken"
    assert list(node.house.directory.accounts) == ["other"]
    await until(lambda: bob.name == "bob2")
    assert await uses_left(node) == [1]
    assert await node.vault.load_credentials(bob.id) is None


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("failing", ["append", "save_credentials", "everything"])
async def test_a_failure_takes_everything_back(
    node: Node, store: ControlledStore, vault: ControlledVault, failing: str
) -> None:
    """Where the record or the secret cannot be kept, the code is given back, the secret forgotten and the name free."""
    code = await invitation(node)
    everything = {"append", "save_credentials", "delete_credentials", "give_back_code"}
    failures = everything if failing == "everything" else {failing}
    store.fails = vault.fails = failures.__contains__
    ann = Guest(node, "ann")
    assert await ann.ask(Register(PASSWORD, code)) == TRY_AGAIN
    assert await refusal_of(sign_up(node, "bob", await invitation(node))) == TRY_AGAIN
    store.fails = vault.fails = lambda _: False
    assert node.house.directory.accounts == {}
    for _ in range(200):
        if await uses_left(node) == [1, 1]:
            break
    assert await uses_left(node) == [1, 1]
    assert Guest(node, "bob").name == "bob"
    assert await ann.ask(Register(PASSWORD, code)) == Registered("ann")


async def test_many_want_one_name_in_one_turn(node: Node) -> None:
    """Exactly one has it; the others are told so, and none of their secrets or codes is left behind."""
    code = await invitation(node, uses=20)
    came = await asyncio.gather(*(sign_up(node, name, code) for name in ("zoe", "ZOE") * 10), return_exceptions=True)
    refused = [one for one in came if isinstance(one, Refused)]
    assert len(refused) == 19
    assert {one.refusal.code for one in refused} <= {"name_taken", "name_reserved"}
    assert await uses_left(node) == [19]
    assert len(node.house.directory.accounts) == len(node.sessions) == 1


async def test_nobody_comes_in_under_a_name_whose_account_is_being_opened(node: Node) -> None:
    """Neither as a guest nor by renaming; if it is not opened in the end, the name is free again."""
    ann = Guest(node, "ann")
    opening = asyncio.ensure_future(sign_up(node, "zoe"))
    await turns(2)
    with pytest.raises(Refused) as refused:
        Guest(node, "zoe")
    assert refused.value.refusal.code == "name_taken"
    assert await code_of(ann.ask(Rename("ZOE"))) == "name_taken"
    assert (await opening).name == "zoe"
    assert (await refusal_of(sign_up(node, "yan", NO_CODE))).code == "bad_code"
    assert Guest(node, "yan").name == "yan"


async def test_who_goes_while_he_registers_may_come_back(node: Node, vault: ControlledVault) -> None:
    """His account is opened all the same, if nobody else is called so by then; he is in no room as a ghost."""
    ann = Guest(node, "ann")
    await ann.ask(Join(LOBBY))
    ann.send(Register(PASSWORD))
    ann.leave()
    await vault.called["save_credentials"].wait()
    await until(lambda: bool(node.house.directory.accounts))
    await node.settle()
    assert node.house.people == {}
    assert (await node.open_channel()).settled.members == {}
    assert (await log_in(node, "ann")).welcome.rooms == ()


# Claiming


async def test_the_first_owner(node: Node) -> None:
    """Whoever has the code that the server printed owns it; once, and nobody after him."""
    code = await claim_code(node)
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    assert await code_of(Guest(node, "eve").ask(Claim(code))) == "not_registered"
    assert await ann.ask(Claim(code.lower().replace("-", " "))) == DONE
    assert node.house.role_of(ann.id) is ServerRole.OWNER
    assert await code_of(bob.ask(Claim(code))) == "bad_code"
    assert await make_claim(node.house.directory, node.vault, node.clock) is None


async def test_each_start_makes_another_claim(node: Node) -> None:
    """The code of an earlier start is worth nothing any more, as long as nobody has claimed the server."""
    first, second = await claim_code(node), await claim_code(node)
    ann = await sign_up(node, "ann")
    assert await code_of(ann.ask(Claim(first))) == "bad_code"
    assert await ann.ask(Claim(second)) == DONE


async def test_claiming_while_registering() -> None:
    """The claim may stand where an invitation does, also where only the invited come in."""
    async with running(Node(access=Access("invited"))) as strict:
        code = await claim_code(strict)
        ann = await sign_up(strict, "ann", code)
        assert strict.house.role_of(ann.id) is ServerRole.OWNER


async def test_an_invitation_claims_nothing(node: Node) -> None:
    """It is refused and not used up; so is a claim that cannot be written down."""
    ann, code = await sign_up(node, "ann"), await invitation(node)
    assert await code_of(ann.ask(Claim(code))) == "bad_code"
    assert await uses_left(node) == [1]


async def test_a_claim_that_cannot_be_kept_is_not_lost(node: Node, store: ControlledStore) -> None:
    """The code can be used again when the store works."""
    ann, code = await sign_up(node, "ann"), await claim_code(node)
    store.fails = "append".__eq__
    assert await ann.ask(Claim(code)) == TRY_AGAIN
    store.fails = lambda _: False
    assert node.house.role_of(ann.id) is ServerRole.MEMBER
    assert await ann.ask(Claim(code)) == DONE


# Passwords


async def test_a_password_is_changed(node: Node) -> None:
    """By whoever knows the old one; the other connections go on, and the old one is worth nothing any more."""
    ann, again = await sign_up(node, "ann"), await log_in(node, "ann")
    assert await code_of(ann.ask(ChangePassword(OTHER, "another one of them"))) == "wrong_password"
    assert await code_of(ann.ask(ChangePassword(PASSWORD, "short"))) == "bad_password"
    assert await code_of(Guest(node, "bob").ask(ChangePassword(PASSWORD, OTHER))) == "not_registered"
    await log_in(node, "ann")
    assert await ann.ask(ChangePassword(PASSWORD, OTHER)) == DONE
    assert (await refusal_of(log_in(node, "ann"))).code == "wrong_password"
    assert (await log_in(node, "ann", OTHER)).id == ann.id
    assert again.dismissed == []


async def test_a_new_password_logs_browsers_out(node: Node) -> None:
    """Whoever knew the old one may be in one of them; programs go on, as their tokens were made by hand."""
    ann = await sign_up(node, "ann")
    made = await ann.ask(MakeToken("bot"))
    assert isinstance(made, TokenMade)
    _, shown = await node.recognising.log_in(LogIn("ann", PASSWORD), HERE)
    assert await ann.ask(ChangePassword(PASSWORD, OTHER)) == DONE
    assert (await refusal_of(node.recognising.require_account(shown, HERE))).code == "wrong_password"
    assert await node.recognising.require_account(made.secret, HERE) == ann.id


# Closing


async def test_deleting_an_account(node: Node, vault: ControlledVault) -> None:
    """All its connections are ended, its rooms are left, its secrets forgotten, its name kept from others."""
    ann, again, bob = await sign_up(node, "ann"), await log_in(node, "ann"), Guest(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
    await ann.ask(MakeToken("bot"))
    await ann.ask(Say(LOBBY, "remember me"))
    who = ann.id
    assert await code_of(ann.ask(DeleteAccount(OTHER))) == "wrong_password"
    ann.send(DeleteAccount(PASSWORD))
    await ann.gone.wait()
    assert ann.dismissed == again.dismissed == [GONE]
    await node.settle()
    await turns(10)
    assert bob.heard_of(Left) == [Left(who, "ann", "account deleted", quitting=True)]
    assert await vault.load_credentials(who) is None
    assert await vault.list_tokens(who) == []
    assert (await refusal_of(log_in(node, "ann"))).code == "wrong_password"
    assert (await refusal_of(sign_up(node, "ann"))).code == "name_reserved"
    assert await bob.ask(Tell(("ann",), "hi")) == Told("hi", (Outcome("ann", "unknown"),))
    node.clock.advance(30 * 86_400)
    assert (await sign_up(node, "ann")).id != who


@pytest.mark.usefixtures("at_once")
async def test_secrets_are_forgotten_even_if_the_vault_fails_at_first(node: Node, vault: ControlledVault) -> None:
    """Again and again until it does it."""
    ann = await sign_up(node, "ann")
    vault.fails = {"delete_credentials", "delete_tokens"}.__contains__
    ann.send(DeleteAccount(PASSWORD))
    await ann.gone.wait()
    await until(lambda: vault.calls.count("delete_tokens") > 3)
    assert await vault.load_credentials(ann.id) is not None
    vault.fails = lambda _: False
    await turns(20)
    assert await vault.load_credentials(ann.id) is None


async def test_what_the_deleted_have_said_stays(node: Node, store: ControlledStore) -> None:
    """Signed by nobody, in every history, from memory, from the store and in the welcome; others keep their names."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    for one in (ann, bob):
        await one.ask(Join(LOBBY))
        await one.ask(Say(LOBBY, "hello"))
    await ann.ask(Rename("anna"))
    await ann.ask(Say(LOBBY, "again"))
    bob.leave()
    await node.settle()
    node.clock.advance(1)
    await ann.ask(Tell(("bob",), "psst"))
    ann.send(DeleteAccount(PASSWORD))
    await ann.gone.wait()
    await node.settle()
    bob = await log_in(node, "bob")
    signed = [(DELETED, "hello"), ("bob", "hello"), (DELETED, "again")]
    (entered,) = bob.welcome.rooms
    assert authors(entered.recent) == signed
    assert authors(bob.welcome.waiting) == [(DELETED, "psst")]
    for limit in (3, 500):
        history = await bob.ask(FindHistory(LOBBY, limit))
        assert isinstance(history, History)
        assert authors(history.records) == signed
    assert store.everything()[(await node.open_channel()).id][1].event.name == "ann", "what was stored stays"


def authors(records: Sequence[Record]) -> list[tuple[str, str]]:
    """Return who said what."""
    return [(record.event.name, record.event.text) for record in records if isinstance(record.event, Said)]


async def test_the_only_owner_stays(node: Node) -> None:
    """A server whose owner is gone would be nobody's."""
    ann = await sign_up(node, "ann", await claim_code(node))
    assert await code_of(ann.ask(DeleteAccount(PASSWORD))) == "not_allowed"
    await log_in(node, "ann")


async def test_an_account_that_is_deleted_twice_is_deleted(node: Node) -> None:
    """On two connections at once: nobody registers it anew in between, and nothing is left."""
    ann, again = await sign_up(node, "ann"), await log_in(node, "ann")
    ann.send(DeleteAccount(PASSWORD))
    again.send(DeleteAccount(PASSWORD), Register(OTHER))
    for one in (ann, again):
        await one.gone.wait()
    await node.answer_all()
    assert node.house.directory.accounts == {}
    assert await node.vault.load_credentials(ann.id) is None


# Disabling


async def test_who_is_disabled_is_sent_away_and_kept_out(node: Node) -> None:
    """With the right password he is told why; with a wrong one nobody learns it. He stays in his rooms."""
    ann = await sign_up(node, "ann", await claim_code(node))
    bob = await sign_up(node, "bob")
    await bob.ask(Join(LOBBY))
    assert await ann.ask(DisableAccount("bob")) == DONE
    assert bob.dismissed == [DISABLED]
    assert (await refusal_of(log_in(node, "bob"))).code == "disabled"
    assert (await refusal_of(log_in(node, "bob", OTHER))).code == "wrong_password"
    assert list((await node.open_channel()).settled.members) == [bob.id]
    assert await ann.ask(SetServerRole("bob", ServerRole.ADMINISTRATOR)) == DONE


# Names of accounts


async def test_an_account_is_called_something_else(node: Node) -> None:
    """On all its connections; the old name is kept for it, and it logs in under either."""
    ann, again = await sign_up(node, "ann"), await log_in(node, "ann")
    assert await ann.ask(Rename("Zoe")) == Called("Zoe")
    assert again.name == "Zoe"
    with pytest.raises(Refused) as refused:
        Guest(node, "ann")
    assert refused.value.refusal.code == "name_reserved"
    for one in (ann, again):
        one.leave()
    assert (await log_in(node, "ann")).name == "Zoe"
    assert (await log_in(node, "zoe")).name == "Zoe"


@pytest.mark.parametrize("saved", [True, False])
async def test_the_directory_outlives_a_restart(
    node: Node, store: ControlledStore, vault: ControlledVault, *, saved: bool
) -> None:
    """Law 3: from a snapshot and the records since, or from records alone, it is what it was."""
    ann, bob = await sign_up(node, "ann", await claim_code(node)), await sign_up(node, "bob")
    await ann.ask(Rename("anna"))
    if saved:
        await node.rooms.save_all()
    await ann.ask(SetServerRole("bob", ServerRole.ADMINISTRATOR))
    bob.send(DeleteAccount(PASSWORD))
    await bob.gone.wait()
    await sign_up(node, "carol")
    async with running(Node(store, vault=vault)) as restarted:
        assert restarted.house.directory == node.house.directory
        assert (await log_in(restarted, "anna")).id == ann.id
