"""Accounts, decided: who may open, close and change them, which names are kept for them, and who learns of what."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Final

import pytest

from hubbub.core.access import Access
from hubbub.core.attention_answers import AlertList
from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.decisions.naming import require_free
from hubbub.core.directory import RESERVED_MS
from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    AlertsSet,
    ClaimServer,
    CloseAccount,
    DisableAccount,
    EnableAccount,
    OpenAccount,
    PrivacySet,
    ServerRoleSet,
    SetAlerts,
    SetPrivacy,
    SetServerRole,
)
from hubbub.core.features.auditing import Audited
from hubbub.core.features.membership import CLOSING_REASON, Left
from hubbub.core.features.messages import Said, Tell
from hubbub.core.features.presence import CameBack, ComeBack, GoAway, WentAway
from hubbub.core.features.renaming import Rename, Renamed
from hubbub.core.kinds import PersonId, RefusalCode, Refused
from hubbub.core.message_answers import Outcome
from hubbub.core.names import Name, parse_name
from hubbub.core.people_answers import Called
from hubbub.core.roles import ServerRole
from hubbub.core.room import AUDIT_KEY, DIRECTORY_KEY, direct_key
from hubbub.core.signals import Identifying, Idling, Returning
from tests.core.test_deciding import Row, told
from tests.core.world import World, person_id

ADMINISTRATOR, OWNER = ServerRole.ADMINISTRATOR, ServerRole.OWNER
ANN, BOB, CAROL, DEE, LILA, ABE, AIDA, OLA = map(
    person_id, ("ann", "bob", "carol", "dee", "lila", "abe", "aida", "ola")
)
CYRILLIC_ANN: Final = "\u0430nn"
"""Nobody can tell it from `ann`."""


def scene() -> World:
    """Return a house with accounts.

    Ann and Bob are guests. Ola owns the server, Abe and Aida are administrators, Carol is a member, Dee is disabled,
    and Lila, who is not here, was called Lily a moment ago. Carol is in #tea with Ann, and away; Lila blocks Bob.
    """
    world = World("ann", "bob", "carol", "abe", "ola", "lila")
    for name, role in (("ola", OWNER), ("abe", ADMINISTRATOR), ("aida", ADMINISTRATOR)):
        world.account(name, role)
    for name in ("carol", "dee", "lily"):
        world.account(name)
    directory = world.house.require_directory()
    world.happen(directory, AccountDisabled(OLA, "ola", DEE))
    world.happen(directory, AccountOpened(LILA, "lily2", "lily2", "lily2"))
    world.happen(directory, AccountRenamed(LILA, "lily2", "lila", "lila", "llla"))
    world.channel("#tea", "ann", "carol")
    world.person("carol").away = "lunch"
    world.block("lila", "bob")
    world.house.dismiss(world.person("lila"))
    for one in ("ann", "bob"):
        world.direct(one, "lila")
    return world


def changes(event: AnyEvent, *others: tuple[str, AnyEvent]) -> tuple[tuple[str, AnyEvent], ...]:
    """Return what happens in the directory, and then elsewhere."""
    return ((DIRECTORY_KEY, event), *others)


def audit(who: PersonId, name: str, act: str, target: str, reason: str = "") -> tuple[str, AnyEvent]:
    """Return what is written down of an act that takes a right to do it."""
    return AUDIT_KEY, Audited(who, name, act, target, reason=reason)


def alerts(*words: str) -> AlertsSet:
    """Return how Carol's alerts become these."""
    return AlertsSet(CAROL, "carol", words)


ANN_OPENED: Final = AccountOpened(ANN, "ann", "ann", "ann")
ANN_TO_LILA: Final = direct_key({ANN, LILA})

DECIDED: Final = [
    # Opening and closing
    Row("ann", OpenAccount(), changes(ANN_OPENED)),
    Row("ann", OpenAccount(OWNER), changes(AccountOpened(ANN, "ann", "ann", "ann", OWNER))),
    Row(
        "carol",
        CloseAccount(),
        changes(AccountClosed(CAROL, "carol", CAROL), ("#tea", Left(CAROL, "carol", CLOSING_REASON, quitting=True))),
    ),
    Row("abe", CloseAccount(), changes(AccountClosed(ABE, "abe", ABE))),
    # What owners and administrators do
    Row(
        "carol",
        ClaimServer(),
        changes(ServerRoleSet(CAROL, "carol", CAROL, OWNER), audit(CAROL, "carol", "claim", "carol")),
    ),
    Row(
        "ola",
        SetServerRole("CAROL", ADMINISTRATOR),
        changes(
            ServerRoleSet(OLA, "ola", CAROL, ADMINISTRATOR),
            audit(OLA, "ola", "server role", "carol", "administrator"),
        ),
    ),
    Row(
        "ola",
        SetServerRole("abe", ServerRole.MEMBER),
        changes(ServerRoleSet(OLA, "ola", ABE, ServerRole.MEMBER), audit(OLA, "ola", "server role", "abe", "member")),
    ),
    Row("ola", SetServerRole("abe", ADMINISTRATOR)),
    Row(
        "abe",
        DisableAccount("carol", "spam"),
        changes(AccountDisabled(ABE, "abe", CAROL, "spam"), audit(ABE, "abe", "disable", "carol", "spam")),
    ),
    Row("ola", DisableAccount("abe"), changes(AccountDisabled(OLA, "ola", ABE), audit(OLA, "ola", "disable", "abe"))),
    Row("abe", DisableAccount("dee")),
    Row("abe", EnableAccount("dee"), changes(AccountEnabled(ABE, "abe", DEE), audit(ABE, "abe", "enable", "dee"))),
    Row("abe", EnableAccount("carol")),
    # What everybody does with his own
    Row("carol", SetAlerts(("Tea", "tea", "Straße")), changes(alerts("tea", "strasse")), AlertList(("tea", "strasse"))),
    Row("carol", SetAlerts(("tea",), ("TEA",)), (), AlertList(())),
    Row("carol", SetPrivacy(shows_last_seen=True), changes(PrivacySet(CAROL, "carol", shows_last_seen=True))),
    Row("carol", SetPrivacy("roommates"), changes(PrivacySet(CAROL, "carol", "roommates"))),
    Row(
        "carol",
        Rename("Caro"),
        changes(AccountRenamed(CAROL, "carol", "Caro", "caro", "caro"), ("#tea", Renamed(CAROL, "carol", "Caro"))),
        Called("Caro"),
        signals=((ANN, Identifying("Caro", "Caro")),),
        claim=Name("Caro", "caro"),
    ),
    Row(
        "abe",
        Rename("ABE"),
        changes(AccountRenamed(ABE, "abe", "ABE", "abe", "abe")),
        Called("ABE"),
        claim=Name("ABE", "abe"),
    ),
    # Presence of an account is written down, in a room of its own, besides being told
    Row(
        "carol",
        GoAway("tea"),
        ((CAROL, WentAway(CAROL, "carol", "tea")),),
        signals=((ANN, Idling("carol", "tea")),),
    ),
    Row("carol", ComeBack(), ((CAROL, CameBack(CAROL, "carol")),), signals=((ANN, Returning("carol")),)),
    # What is told somebody who is not here waits for him, unless he refuses to hear it
    Row(
        "ann",
        Tell(("LILA",), "hi"),
        ((ANN_TO_LILA, Said(ANN, "ann", "hi")),),
        told(Outcome("lila", "waiting")),
    ),
    Row("bob", Tell(("lila",), "hi"), (), told(Outcome("lila", "refused", refusal="refused_by_recipient"))),
    Row("ann", Tell(("lily2",), "hi"), (), told(Outcome("lily2", "unknown"))),
]
"""What comes of a command; nobody is told of what happens in the directory."""


@pytest.mark.parametrize("row", DECIDED, ids=lambda row: f"{row.who} {row.command}"[:80])
def test_what_comes_of_a_command(row: Row) -> None:
    """A command that is allowed has these events, in these rooms and this order, this answer and these signals."""
    world = scene()
    before = world.state()
    decision = world.decide(row.who, row.command)
    assert tuple((room.key, event) for room, event in decision.events) == row.events
    assert (decision.answer, decision.signals, decision.claim) == (row.answer, row.signals, row.claim)
    assert world.state() == before, "deciding changes nothing"


ONLY_OWNER: Final = "Make somebody else an owner first."

REFUSED: Final[list[tuple[str, AnyCommand, RefusalCode, Mapping[str, str]]]] = [
    ("carol", OpenAccount(), "already_registered", {"sentence": "You have an account already, 'carol'."}),
    ("ann", CloseAccount(), "not_registered", {}),
    ("ola", CloseAccount(), "not_allowed", {"sentence": f"You are the only owner of this server. {ONLY_OWNER}"}),
    ("ann", ClaimServer(), "not_registered", {}),
    ("ann", SetPrivacy("nobody"), "not_registered", {}),
    ("ann", SetAlerts(("tea",)), "not_registered", {}),
    ("carol", SetAlerts(("green tea",)), "bad_alert", {}),
    ("carol", SetAlerts(tuple(map(str, range(51)))), "list_full", {}),
    ("ann", SetServerRole("carol", OWNER), "not_allowed", {"sentence": "Only an owner of this server may do that."}),
    ("abe", SetServerRole("abe", OWNER), "not_allowed", {}),
    ("ola", SetServerRole("ann", OWNER), "unknown_person", {"sentence": "There is no account 'ann'."}),
    ("ola", SetServerRole("lily2", OWNER), "unknown_person", {}),
    (
        "ola",
        SetServerRole("ola", ADMINISTRATOR),
        "not_allowed",
        {"sentence": f"ola is the only owner of this server. {ONLY_OWNER}"},
    ),
    ("carol", DisableAccount("dee"), "not_allowed", {"sentence": "Only an administrator of this server may do that."}),
    ("carol", EnableAccount("dee"), "not_allowed", {}),
    ("abe", DisableAccount("zoe"), "unknown_person", {}),
    (
        "abe",
        DisableAccount("aida"),
        "not_allowed",
        {"sentence": "aida is an administrator of this server, as you are."},
    ),
    ("abe", DisableAccount("ola"), "not_allowed", {"sentence": "ola is an owner of this server."}),
    ("abe", EnableAccount("abe"), "not_allowed", {}),
    # Names: of accounts, here or not, and those that are kept for them; of guests; and what looks like an account's
    *(
        (who, Rename(name), "name_reserved", {"sentence": f"Username '{name}' belongs to an account."})
        for who in ("ann", "carol")
        for name in ("lila", "LILA", "lily2", "dee", "Abe")
    ),
    ("ann", Rename("lila"), "name_reserved", {"suggestion": "lila2"}),
    ("carol", Rename("bob"), "name_taken", {"suggestion": "bob2"}),
    ("ann", Rename("0la"), "look_alike", {"suggestion": "0la2"}),
    ("ann", Rename("c\u0430rol"), "look_alike", {"suggestion": "c\u0430rol2"}),
    ("carol", Rename("d\u0435e"), "look_alike", {}),
    ("ann", Rename("s\u0435rver"), "look_alike", {"suggestion": "s\u0435rver2"}),
    ("bob", Rename("NickServ".replace("i", "l")), "look_alike", {}),
]
"""Who asks for what, why he may not, and what else the refusal says."""


@pytest.mark.parametrize(("who", "command", "code", "more"), REFUSED, ids=lambda value: str(value)[:60])
def test_who_is_refused_and_why(who: str, command: AnyCommand, code: str, more: Mapping[str, str]) -> None:
    """A command that a rule forbids changes nothing and says why in a code for programs and a sentence for people."""
    world = scene()
    before = world.state()
    with pytest.raises(Refused) as refused:
        world.decide(who, command)
    refusal = refused.value.refusal
    assert refusal.code == code
    assert {key: getattr(refusal, key) for key in more} == more
    assert refusal.sentence.isprintable()
    assert world.state() == before


def test_an_owner_may_go_where_there_is_another() -> None:
    """Whoever is not the only one may close his account, and take the role from himself or the other."""
    world = scene()
    world.happen(world.house.require_directory(), ServerRoleSet(OLA, "ola", ABE, OWNER))
    for who, command in (
        ("ola", CloseAccount()),
        ("ola", SetServerRole("ola", ServerRole.MEMBER)),
        ("abe", SetServerRole("ola", ADMINISTRATOR)),
    ):
        assert world.decide(who, command).events


def test_an_account_takes_back_what_was_its_own() -> None:
    """A name that is kept for an account is kept from everybody else; so is what looks like its present name."""
    world = scene()
    for name, key in (("bob2", "bob2"), ("carol", "carol")):
        world.happen(world.house.require_directory(), AccountRenamed(CAROL, "carol", name, key, key))
    assert world.decide("carol", Rename("Bob2")).events, "kept for her"
    world.person("carol").name = "bob2"
    assert world.decide("carol", Rename("Carol")).events, "her own, written otherwise"
    assert world.decide("carol", Rename("c\u0430rol")).events, "looks like her own"


def test_a_name_is_free_when_it_was_kept_long_enough() -> None:
    """Nobody has it for thirty days after it was given up, to the millisecond; then anybody may."""
    world = scene()
    world.now_ms = RESERVED_MS - 1
    with pytest.raises(Refused):
        world.decide("ann", Rename("lily2"))
    world.now_ms = RESERVED_MS
    assert world.decide("ann", Rename("lily2")).claim == Name("lily2", "lily2")


def test_of_two_guests_who_look_alike_one_opens_an_account() -> None:
    """As guests they may both be called so; once one keeps his name, the other cannot keep his."""
    world = scene()
    world.welcome(CYRILLIC_ANN)
    world.happen(world.house.require_directory(), ANN_OPENED)
    with pytest.raises(Refused) as refused:
        world.decide(CYRILLIC_ANN, OpenAccount())
    assert refused.value.refusal.code == "look_alike"


def test_who_is_called_something_else_by_now_opens_no_account() -> None:
    """Whoever has gone meanwhile, and whose name is another's, opens none under it."""
    world = scene()
    ann = world.person("ann")
    world.house.dismiss(ann)
    world.house.claim(parse_name("ann"), BOB)
    world.house.people[ann.id] = ann
    with pytest.raises(Refused) as refused:
        world.decide("ann", OpenAccount())
    assert refused.value.refusal.code == "name_taken"


def test_a_name_is_taken_from_the_moment_somebody_claims_it() -> None:
    """Also while he is not in yet, because his password is being hashed."""
    world = scene()
    world.house.claim(parse_name("zoe"), person_id("zoe"))
    for person in (None, ANN):
        with pytest.raises(Refused) as refused:
            require_free(world.house, person, parse_name("Zoe"), 0)
        assert refused.value.refusal.code == "name_taken"
    require_free(world.house, person_id("zoe"), parse_name("Zoe"), 0)


@pytest.mark.parametrize("wanted", ["\u039dick", "nick", "N\u0406CK", "ola", "c\u0430rol", "bob", "lily2"])
def test_what_is_suggested_comes_to_an_end(wanted: str) -> None:
    """Whoever takes each suggestion, as some clients do by themselves, has a name after a few; none is offered twice.

    Greek's capital nu looks like N, and the small one like v: a name can look like an account's where its key does not.
    """
    world = scene()
    world.account("nick")
    seen: list[str] = []
    while wanted not in seen:
        seen.append(wanted)
        assert len(seen) < 5
        try:
            require_free(world.house, None, parse_name(wanted), 0)
        except Refused as refused:
            wanted = refused.refusal.suggestion
            assert wanted not in seen
    assert len(seen) > 1


NEEDS_ACCOUNT: Final = "needs_account"
NEEDS_INVITATION: Final = "needs_invitation"

DOORS: Final[list[tuple[Access, str, RefusalCode | None]]] = [
    (Access(), "guest", None),
    (Access(), "newcomer", None),
    (Access(), "invited", None),
    (Access(guests=False), "guest", NEEDS_ACCOUNT),
    (Access(guests=False), "newcomer", None),
    (Access(registration=False), "guest", None),
    (Access(registration=False), "newcomer", NEEDS_INVITATION),
    (Access(registration=False), "invited", None),
    (Access("registered"), "guest", NEEDS_ACCOUNT),
    (Access("registered"), "newcomer", None),
    (Access("registered", registration=False), "newcomer", NEEDS_INVITATION),
    (Access("registered", registration=False), "invited", None),
    (Access("invited"), "guest", NEEDS_ACCOUNT),
    (Access("invited"), "newcomer", NEEDS_INVITATION),
    (Access("invited"), "invited", None),
    (Access("invited", guests=False, registration=False), "invited", None),
]
"""What an operator has decided, who comes, and why he may not."""


@pytest.mark.parametrize(("access", "who", "code"), DOORS, ids=str)
def test_who_may_come_in(access: Access, who: str, code: RefusalCode | None) -> None:
    """A guest, somebody who opens an account, and somebody who does so by invitation."""
    with nullcontext() if code is None else pytest.raises(Refused, check=lambda refused: refused.refusal.code == code):
        if who == "guest":
            access.require_guest()
        else:
            access.require_registration(invited=who == "invited")


def test_whoever_needs_an_account_is_told_how_to_get_one() -> None:
    """With an invitation, where it takes one."""
    for access, takes_one in (
        (Access("registered"), False),
        (Access("registered", registration=False), True),
        (Access("invited"), True),
    ):
        with pytest.raises(Refused) as refused:
            access.require_guest()
        assert ("INVITATION" in refused.value.refusal.sentence) == takes_one
