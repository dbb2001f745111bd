"""Keys: tokens for programs and invitations for people, each shown once and worth what it says."""

import pytest

from hubbub.core.access import Access
from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    InvitationView,
    TokenList,
    TokenMade,
    TokenView,
)
from hubbub.core.account_requests import (
    AnyAccountRequest,
    ChangePassword,
    ListInvitations,
    ListTokens,
    LogIn,
    MakeInvitation,
    MakeToken,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.core.features.accounts import SetServerRole
from hubbub.core.roles import ServerRole
from hubbub.core.scene import DONE
from hubbub.server.claim import make_claim
from hubbub.server.node import Rules
from hubbub.service.keys import INVITATIONS_PER_ACCOUNT, LABEL_LIMIT, TOKENS_PER_ACCOUNT, USES_LIMIT
from hubbub.service.proofs import TOKEN_USE_MS
from hubbub.service.revoking import REVOKED
from tests.service.guests import Guest
from tests.service.members import PASSWORD, Member, code_of, log_in, refusal_of, sign_up
from tests.service.node import Node, running
from tests.service.vaults import ControlledVault

DAY_MS = 86_400_000


async def make_token(member: Member, label: str = "bot") -> TokenMade:
    """Make a token."""
    made = await member.ask(MakeToken(label))
    assert isinstance(made, TokenMade)
    return made


async def invite(member: Member, uses: int = 1, lasting_ms: int | None = None, label: str = "") -> InvitationMade:
    """Make an invitation."""
    made = await member.ask(MakeInvitation(uses, lasting_ms, label))
    assert isinstance(made, InvitationMade)
    return made


async def test_an_invitation_has_a_link_where_the_server_knows_its_address() -> None:
    """It begins as the operator said, and changes when he does; nobody else can know how a server is reached."""
    async with running(Node()) as node:
        ann = await sign_up(node, "ann")
        assert (await invite(ann)).link == ""
        node.apply(Rules(node.limits, Access(), 0, public_url="https://chat.example.org:4242"))
        made = await invite(ann)
        assert made.link == f"https://chat.example.org:4242/invite/{made.code}"


async def administrator(node: Node) -> Member:
    """Return somebody who may see and revoke what others have made."""
    code = await make_claim(node.house.directory, node.vault, node.clock)
    assert code is not None
    return await sign_up(node, "owner", code)


@pytest.mark.parametrize(
    "request_",
    [
        MakeToken("x"),
        ListTokens(),
        RevokeToken("X"),
        MakeInvitation(1, None),
        ListInvitations(),
        RevokeInvitation("X"),
    ],
)
async def test_guests_have_none(node: Node, request_: AnyAccountRequest) -> None:
    """Keys are an account's."""
    assert await code_of(Guest(node, "ann").ask(request_)) == "not_registered"


async def test_tokens_are_listed_without_their_secrets(node: Node, vault: ControlledVault) -> None:
    """With what their owner calls them, when they were made, and, about, when they were used last."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    assert await ann.ask(ListTokens()) == TokenList(())
    first = await make_token(ann, "my\x1b bot " + "x" * 99)
    node.clock.advance(1)
    second = await make_token(ann)
    await make_token(bob)
    assert first.secret not in repr(await ann.ask(ListTokens()))
    assert first.secret not in repr(first)
    now = node.clock.time_ms()
    await log_in(node, "ann", second.secret)
    label = ("my bot " + "x" * 99)[:LABEL_LIMIT]
    views = (TokenView(first.id, label, now - 1_000, None), TokenView(second.id, "bot", now, now))
    assert await ann.ask(ListTokens()) == TokenList(views)
    node.clock.advance(TOKEN_USE_MS / 1_000 - 1)
    await log_in(node, "ann", second.secret)
    assert await ann.ask(ListTokens()) == TokenList(views), "to write every use down would be a commit each"
    node.clock.advance(1)
    await log_in(node, "ann", second.secret)
    assert (await vault.list_tokens(ann.id))[1].used_ms == node.clock.time_ms()


async def test_a_token_says_whose_it_is(node: Node) -> None:
    """A program needs no name beside it; a wrong one slows nobody down. Nothing else that is shown says so much."""
    ann = await sign_up(node, "ann")
    token, other = await make_token(ann), await make_token(ann)
    await ann.ask(RevokeToken(other.id))
    for wrong in (PASSWORD, node.passes.issue(Guest(node, "bob").session.person.id), *[other.secret] * 20):
        assert (await refusal_of(log_in(node, "", wrong))).code == "wrong_password"
    assert (await log_in(node, "", token.secret)).id == ann.id
    node.safe = False
    assert (await refusal_of(log_in(node, "", token.secret))).code == "needs_encryption"
    node.safe = True
    await ann.ask(RevokeToken(token.id))
    assert (await refusal_of(log_in(node, "", token.secret))).code == "wrong_password"


async def test_with_a_token_end_the_connections_by_it(node: Node) -> None:
    """All but the one that asks, which is answered; those by the password or by another token stay."""
    ann = await sign_up(node, "ann")
    token, other = await make_token(ann), await make_token(ann)
    by_it, also_by_it = await log_in(node, "", token.secret), await log_in(node, "ann", token.secret)
    by_other = await log_in(node, "", other.secret)
    assert await by_it.ask(RevokeToken(token.id)) == DONE
    assert [len(one.dismissed) for one in (by_it, also_by_it, by_other, ann)] == [0, 1, 0, 0]


async def test_a_browser_that_logs_out_does_so_in_all_its_pages(node: Node) -> None:
    """Other browsers stay, and programs: by a token of theirs nobody logs out."""
    ann = await sign_up(node, "ann")
    shown = [(await node.recognising.log_in(LogIn("ann", PASSWORD), ann.session.peer))[1] for _ in range(2)]
    token = await make_token(ann)
    page, other_page, browser = [await log_in(node, "", secret) for secret in (shown[0], *shown)]
    program = await log_in(node, "", token.secret)
    for secret in (token.secret, "hub_nobody's", shown[0], shown[0]):
        await node.revoking.log_out(secret)
    assert [one.dismissed for one in (page, other_page)] == [[REVOKED]] * 2
    assert [one.dismissed for one in (ann, browser, program)] == [[]] * 3
    assert (await refusal_of(log_in(node, "", shown[0]))).code == "wrong_password"
    assert (await log_in(node, "", token.secret)).id == ann.id


async def test_with_the_password_browsers_are_logged_out(node: Node) -> None:
    """Whoever knew the old one does not stay: neither his browser's log-in, nor the connection by it."""
    ann = await sign_up(node, "ann")
    _, secret = await node.recognising.log_in(LogIn("ann", PASSWORD), ann.session.peer)
    browser, program = await log_in(node, "", secret), await log_in(node, "", (await make_token(ann)).secret)
    assert await ann.ask(ChangePassword(PASSWORD, "another good one")) == DONE
    assert [len(one.dismissed) for one in (ann, browser, program)] == [0, 1, 0]
    assert (await refusal_of(log_in(node, "", secret))).code == "wrong_password"


async def test_only_one_s_own_tokens_are_revoked(node: Node) -> None:
    """However the id is written."""
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    token = await make_token(ann)
    assert await code_of(bob.ask(RevokeToken(token.id))) == "bad_code"
    assert await ann.ask(RevokeToken(token.id.lower())) == DONE
    assert await code_of(ann.ask(RevokeToken(token.id))) == "bad_code"


async def test_nobody_has_too_many_tokens(node: Node) -> None:
    """Whoever revokes one may make another."""
    ann = await sign_up(node, "ann")
    tokens = [await make_token(ann) for _ in range(TOKENS_PER_ACCOUNT)]
    assert await code_of(ann.ask(MakeToken("one more"))) == "not_allowed"
    await ann.ask(RevokeToken(tokens[0].id))
    await make_token(ann)


async def test_an_invitation_lets_so_many_in() -> None:
    """As often as it says, and until the time it says; also where nobody else may open an account."""
    async with running(Node(access=Access("invited"))) as strict:
        owner = await administrator(strict)
        twice, short = await invite(owner, 2, DAY_MS), await invite(owner, 5, 1_000)
        assert (twice.uses, twice.expires_ms) == (2, strict.clock.time_ms() + DAY_MS)
        await sign_up(strict, "ann", twice.code.lower())
        await sign_up(strict, "bob", twice.code)
        assert (await refusal_of(sign_up(strict, "carol", twice.code))).code == "bad_code"
        strict.clock.advance(1)
        assert (await refusal_of(sign_up(strict, "carol", short.code))).code == "bad_code"


async def test_invitations_are_listed_while_they_are_good(node: Node) -> None:
    """To whoever made them, and all of them to administrators; the claim of the server is none."""
    owner = await administrator(node)
    ann = await sign_up(node, "ann")
    own, others = await invite(ann, 2, None, "friends"), await invite(owner, 1, 1_000)
    assert own.code not in repr(own)
    seen = InvitationView(own.id, "friends", 2, None)
    assert await ann.ask(ListInvitations()) == InvitationList((seen,))
    answer = await owner.ask(ListInvitations())
    assert isinstance(answer, InvitationList)
    assert {view.id for view in answer.invitations} == {own.id, others.id}
    node.clock.advance(1)
    assert await owner.ask(ListInvitations()) == InvitationList((seen,))
    await sign_up(node, "bob", own.code)
    await sign_up(node, "carol", own.code)
    assert await ann.ask(ListInvitations()) == InvitationList(())


async def test_who_may_revoke_an_invitation(node: Node) -> None:
    """Whoever made it, and administrators; nobody revokes what claims the server."""
    owner = await administrator(node)
    ann, bob = await sign_up(node, "ann"), await sign_up(node, "bob")
    first, second = await invite(ann), await invite(ann)
    assert await code_of(bob.ask(RevokeInvitation(first.id))) == "bad_code"
    assert await ann.ask(RevokeInvitation(first.id.lower())) == DONE
    assert (await refusal_of(sign_up(node, "eve", first.code))).code == "bad_code"
    await owner.ask(SetServerRole("bob", ServerRole.ADMINISTRATOR))
    assert await bob.ask(RevokeInvitation(second.id)) == DONE
    assert await code_of(bob.ask(RevokeInvitation("0000000000"))) == "bad_code"


@pytest.mark.parametrize("uses", [0, -1, USES_LIMIT + 1])
async def test_an_invitation_is_for_somebody(node: Node, uses: int) -> None:
    """For one at least, and for no more than come in one school."""
    ann = await sign_up(node, "ann")
    assert await code_of(ann.ask(MakeInvitation(uses, None))) == "not_allowed"
    await invite(ann, USES_LIMIT)


async def test_nobody_has_too_many_invitations(node: Node) -> None:
    """Those that are used up or too old do not count."""
    ann = await sign_up(node, "ann")
    for _ in range(INVITATIONS_PER_ACCOUNT):
        await invite(ann, 1, 1_000)
    assert await code_of(ann.ask(MakeInvitation(1, None))) == "not_allowed"
    node.clock.advance(1)
    await invite(ann)
