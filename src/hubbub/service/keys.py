"""Keys: tokens with which programs log in, and invitations with which people open accounts."""

from typing import Final

import structlog

from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    InvitationView,
    TokenList,
    TokenMade,
    TokenView,
)
from hubbub.core.account_requests import MakeInvitation, MakeToken, RevokeInvitation, RevokeToken
from hubbub.core.answers import Answer
from hubbub.core.codes import hash_code
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.message_answers import Done
from hubbub.core.roles import ServerRole
from hubbub.core.texts import clean_line
from hubbub.service.ports import Clock
from hubbub.service.proofs import RequireSafe
from hubbub.service.revoking import Revoking
from hubbub.service.secret_codes import hash_token, make_code, make_id, make_token
from hubbub.service.sessions import Asker
from hubbub.service.vault import Code, CodeId, Token, TokenId, Vault
from hubbub.wire.links import invitation_link

LABEL_LIMIT: Final = 64
"""Longest label of a token or an invitation, in characters; the rest is cut off."""

TOKENS_PER_ACCOUNT: Final = 50
"""Most tokens of one account: more than one person's programs need."""

INVITATIONS_PER_ACCOUNT: Final = 50
"""Most invitations of one account that can still be used."""

USES_LIMIT: Final = 1_000
"""Most people who may come with one invitation: a large class."""

log = structlog.get_logger(__name__)


class Keys:
    """Makes, lists and revokes them; only what they are checked against is kept."""

    def __init__(self, house: House, vault: Vault, revoking: Revoking, clock: Clock, require_safe: RequireSafe) -> None:
        self._house = house
        self._revoking = revoking
        self._vault = vault
        self._clock = clock
        self._require_safe = require_safe
        self.public_url = ""
        """How others reach this server; empty where that is not known. May be replaced at any time."""

    async def make_token(self, asker: Asker, asked: MakeToken) -> Answer:
        """Make a token for an account; it is shown this once."""
        account = self._require_account(asker)
        self._require_safe(asker.peer)
        if len(await self._vault.list_tokens(account)) >= TOKENS_PER_ACCOUNT:
            raise Refused(
                "not_allowed", f"You have {TOKENS_PER_ACCOUNT} tokens, and that is the most. Revoke one first."
            )
        secret = make_token()
        hashed = hash_token(secret)
        if hashed is None:
            raise AssertionError("a token that was just made is none")
        label = clean_line(asked.label, LABEL_LIMIT)
        token = Token(TokenId(make_id()), account, label, hashed, self._clock.time_ms())
        await self._vault.add_token(token)
        log.info("token.made", name=asker.person.name, which=token.id, peer=asker.peer.place)
        return TokenMade(token.id, secret)

    async def list_tokens(self, asker: Asker) -> Answer:
        """Return an account's tokens, without their secrets."""
        tokens = await self._vault.list_tokens(self._require_account(asker))
        return TokenList(tuple(TokenView(token.id, token.name, token.created_ms, token.used_ms) for token in tokens))

    async def revoke_token(self, asker: Asker, asked: RevokeToken) -> Answer:
        """Let a token be worth nothing any more."""
        account = self._require_account(asker)
        if not await self._revoking.revoke(account, TokenId(asked.token.upper()), asker):
            raise Refused("bad_code", f"You have no token {clean_line(asked.token, LABEL_LIMIT)}. /token lists them.")
        log.info("token.revoked", name=asker.person.name, which=asked.token.upper())
        return Done()

    async def make_invitation(self, asker: Asker, asked: MakeInvitation) -> Answer:
        """Make a code with which others may open accounts; it is shown this once."""
        account = self._require_account(asker)
        self._require_safe(asker.peer)
        now_ms = self._clock.time_ms()
        own = [code for code in await self._vault.list_codes() if code.created_by == account and code.is_good(now_ms)]
        if len(own) >= INVITATIONS_PER_ACCOUNT:
            raise Refused(
                "not_allowed", f"You have {len(own)} invitations, and that is the most. Revoke one, or let one be used."
            )
        secret, code = new_code(asked.uses, asked.lasting_ms, asked.label, now_ms, account)
        await self._vault.add_code(code)
        log.info("invitation.made", name=asker.person.name, which=code.id, uses=code.uses_left)
        link = invitation_link(self.public_url, secret) if self.public_url else ""
        return InvitationMade(code.id, secret, code.uses_left, code.expires_ms, link)

    async def list_invitations(self, asker: Asker) -> Answer:
        """Return one's own invitations that can be used, or to an administrator all of them."""
        account, now_ms = self._require_account(asker), self._clock.time_ms()
        seen = [code for code in await self._vault.list_codes() if code.role == "member" and code.is_good(now_ms)]
        if self._house.role_of(account).rank < ServerRole.ADMINISTRATOR.rank:
            seen = [code for code in seen if code.created_by == account]
        return InvitationList(
            tuple(InvitationView(code.id, code.label, code.uses_left, code.expires_ms) for code in seen)
        )

    async def revoke_invitation(self, asker: Asker, asked: RevokeInvitation) -> Answer:
        """Let an invitation be worth nothing any more: one's own, or to an administrator any."""
        account, wanted = self._require_account(asker), CodeId(asked.invitation.upper())
        is_administrator = self._house.role_of(account).rank >= ServerRole.ADMINISTRATOR.rank
        found = [code for code in await self._vault.list_codes() if code.id == wanted and code.role == "member"]
        if not found or not (is_administrator or found[0].created_by == account):
            raise Refused(
                "bad_code", f"There is no invitation {clean_line(asked.invitation, LABEL_LIMIT)} that you may revoke."
            )
        await self._vault.delete_code(wanted)
        log.info("invitation.revoked", name=asker.person.name, which=wanted)
        return Done()

    def _require_account(self, asker: Asker) -> PersonId:
        if self._house.account_of(asker.person.id) is None:
            raise Refused("not_registered", "That needs an account. Open one with /register PASSWORD.")
        return asker.person.id


def new_code(uses: int, lasting_ms: int | None, label: str, now_ms: int, account: PersonId | None) -> tuple[str, Code]:
    """Return a new invitation, and the code that is to be given away. Raises `Refused` for uses that make no sense."""
    if not 1 <= uses <= USES_LIMIT:
        raise Refused("not_allowed", f"An invitation can be used once to {USES_LIMIT} times.")
    secret = make_code()
    hashed = hash_code(secret)
    if hashed is None:
        raise AssertionError("a code that was just made is none")
    expires_ms = None if lasting_ms is None else now_ms + lasting_ms
    label = clean_line(label, LABEL_LIMIT)
    return secret, Code(CodeId(make_id()), hashed, "member", account, label, now_ms, expires_ms, uses)
