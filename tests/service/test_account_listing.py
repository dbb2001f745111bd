"""Account listing: administrators find whoever has an account, and learn no more of him than they may."""

import pytest

from hubbub.core.features.accounts import DisableAccount, OpenAccount, SetPrivacy
from hubbub.core.features.presence import GoAway
from hubbub.core.people_answers import ACCOUNTS_LISTED, AccountList, AccountView
from hubbub.core.queries import ListAccounts
from hubbub.core.roles import ServerRole
from hubbub.core.scene import DONE
from tests.service.guests import Guest
from tests.service.members import code_of, register, sign_up
from tests.service.node import Node


@pytest.fixture
async def abe(node: Node) -> Guest:
    """Let an administrator in."""
    guest = Guest(node, "abe")
    assert await guest.ask(OpenAccount(ServerRole.ADMINISTRATOR)) == DONE
    return guest


async def listed(asker: Guest, prefix: str = "", skip: int = 0) -> AccountList:
    """Ask for a page."""
    answer = await asker.ask(ListAccounts(prefix, skip))
    assert isinstance(answer, AccountList)
    return answer


async def names(asker: Guest, prefix: str = "", skip: int = 0) -> list[str]:
    """Ask for a page, and return who is on it."""
    return [view.name for view in (await listed(asker, prefix, skip)).accounts]


async def test_what_is_told_of_an_account(node: Node, abe: Guest) -> None:
    """What it is on the server, and whether and how he is there; of guests nothing."""
    opened_ms = node.clock.time_ms()
    bob, dan = await sign_up(node, "Bob"), await sign_up(node, "dan")
    Guest(node, "carol")
    await bob.ask(GoAway("lunch"))
    await abe.ask(DisableAccount("dan"))
    await node.settle()
    assert dan.dismissed
    assert await listed(abe) == AccountList(
        (
            AccountView("abe", ServerRole.ADMINISTRATOR, opened_ms, False, True, None, None),
            AccountView("Bob", ServerRole.MEMBER, opened_ms, False, True, "lunch", None),
            AccountView("dan", ServerRole.MEMBER, opened_ms, True, False, None, None),
        )
    )


@pytest.mark.parametrize("shows", [False, True])
async def test_when_somebody_was_here_last(node: Node, abe: Guest, shows: bool) -> None:
    """Only of those who let it be known: to administrators as well."""
    bob = Guest(node, "bob")
    await register(bob)
    await bob.ask(SetPrivacy(shows_last_seen=shows))
    node.clock.advance(60)
    left_ms = node.clock.time_ms()
    bob.leave()
    await node.settle()
    (view,) = (await listed(abe, "b")).accounts
    assert (view.is_present, view.last_seen_ms) == (False, left_ms if shows else None)


async def test_names_are_found_by_how_they_begin(node: Node, abe: Guest) -> None:
    """However that is written, also where it is no name by itself."""
    for name in ("Ärzte", "Äpfel", "bea", "20th", "me2"):
        await sign_up(node, name)
    assert await names(abe, "ä") == ["Äpfel", "Ärzte"]
    assert await names(abe, "A\u0308R") == ["Ärzte"]
    assert await names(abe, " BE ") == ["bea"]
    assert await names(abe, "20") == ["20th"]
    assert await names(abe, "me") == ["me2"]
    assert await names(abe, "ea") == []


async def test_long_lists_come_in_pages(node: Node, abe: Guest) -> None:
    """In the order of the names, none left out and none twice."""
    for number in reversed(range(ACCOUNTS_LISTED)):
        await Guest(node, f"bob{number:03}").ask(OpenAccount())
    first, second = await listed(abe), await listed(abe, skip=ACCOUNTS_LISTED)
    assert (len(first.accounts), first.more, second.more) == (ACCOUNTS_LISTED, 1, 0)
    both = [view.name for view in (*first.accounts, *second.accounts)]
    assert both == ["abe", *(f"bob{number:03}" for number in range(ACCOUNTS_LISTED))]
    assert await names(abe, skip=ACCOUNTS_LISTED + 1) == []


async def test_nobody_else_is_told(node: Node) -> None:
    """Neither guests nor whoever has an account and does not look after the server."""
    bob = await sign_up(node, "bob")
    for one in (bob, Guest(node, "gus")):
        assert await code_of(one.ask(ListAccounts())) == "not_allowed"
