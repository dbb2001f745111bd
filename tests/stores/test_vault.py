"""The contract of a vault, beside each store."""

import asyncio
from typing import Final

import pytest
from msgspec.structs import replace

from hubbub.core.kinds import PersonId
from hubbub.service.ports import StoreUnavailable
from hubbub.service.vault import Code, CodeId, Credentials, ScramVerifier, SshKey, Token, TokenId, Vault
from tests.stores.conftest import OpenVault
from tests.stores.places import database_place

ANN: Final = PersonId("id-ann")
BOB: Final = PersonId("id-bob")
ODD: Final = PersonId("' OR 1=1 --")
"""An account by which a statement put together from texts would be found out."""

NOON: Final = 1_767_268_800_000


def make_credentials(word: str = "word") -> Credentials:
    """Return credentials that look like some, with every byte in them."""
    scram = ScramVerifier(bytes(range(256)), 600_000, word.encode(), b"\0server")
    return Credentials(f"$argon2id$v=19$m=8,t=1,p=1$c2FsdA${word}", scram)


def make_token(number: int, account: PersonId = ANN, created_ms: int = NOON) -> Token:
    """Return a token that nobody has used."""
    return Token(TokenId(f"token-{number}"), account, "my bot’s", b"\0\xffhash" + bytes([number]), created_ms)


def make_code(number: int, uses: int = 1, expires_ms: int | None = None) -> Code:
    """Return an invitation of Ann's."""
    return Code(
        CodeId(f"code-{number}"), b"\0\xffhash" + bytes([number]), "member", ANN, "for the club", NOON, expires_ms, uses
    )


async def test_credentials_come_back_as_they_were_saved(vault: Vault, open_vault: OpenVault) -> None:
    """What one vault has saved, any other finds, whatever bytes are in it; an account without a password has none."""
    await vault.save_credentials(ANN, make_credentials())
    await vault.save_credentials(ODD, make_credentials("other"))
    other = await open_vault()
    assert await other.load_credentials(ANN) == make_credentials()
    assert await other.load_credentials(ODD) == make_credentials("other")
    assert await other.load_credentials(BOB) is None


async def test_a_new_password_replaces_the_old_one(vault: Vault) -> None:
    """Nothing is left of an account's earlier credentials; those of others stay."""
    await vault.save_credentials(BOB, make_credentials())
    await vault.save_credentials(ANN, make_credentials("old"))
    await vault.save_credentials(ANN, make_credentials("new"))
    assert await vault.load_credentials(ANN) == make_credentials("new")
    assert await vault.load_credentials(BOB) == make_credentials()


async def test_deleted_credentials_are_gone(vault: Vault) -> None:
    """An account whose credentials are deleted has none, and others keep theirs; deleting nothing is harmless."""
    await vault.save_credentials(ANN, make_credentials())
    await vault.save_credentials(BOB, make_credentials())
    for _ in range(2):
        await vault.delete_credentials(ANN)
        assert await vault.load_credentials(ANN) is None
    assert await vault.load_credentials(BOB) == make_credentials()


async def test_a_token_is_found_by_its_secret(vault: Vault, open_vault: OpenVault) -> None:
    """Only the hash of its secret finds a token, on every node at once."""
    token = make_token(1)
    await vault.add_token(token)
    other = await open_vault()
    assert await other.find_token(token.secret_hash) == token
    assert await other.find_token(token.secret_hash[:-1]) is None
    assert await other.find_token(b"") is None


async def test_tokens_are_listed_for_each_account(vault: Vault) -> None:
    """An account's tokens and no others, the oldest first."""
    tokens = [make_token(1, created_ms=NOON + 2), make_token(2, created_ms=NOON + 1), make_token(3, ODD)]
    for token in tokens:
        await vault.add_token(token)
    assert await vault.list_tokens(ANN) == [tokens[1], tokens[0]]
    assert await vault.list_tokens(ODD) == [tokens[2]]
    assert await vault.list_tokens(BOB) == []


async def test_the_latest_use_is_remembered(vault: Vault) -> None:
    """A use that is noted late does not hide a later one, and other tokens' uses are theirs."""
    token, other = make_token(1), make_token(2)
    await vault.add_token(token)
    await vault.add_token(other)
    for time_ms, latest_ms in ((NOON, NOON), (NOON + 5, NOON + 5), (NOON + 3, NOON + 5)):
        await vault.note_token_use(token.id, time_ms)
        assert await vault.list_tokens(ANN) == [replace(token, used_ms=latest_ms), other]
    await vault.note_token_use(TokenId("gone"), NOON)


async def test_a_token_is_deleted_by_its_owner_alone(vault: Vault) -> None:
    """Who knows the id of another account's token cannot delete it; deleted is gone, and said to be so once."""
    token = make_token(1)
    await vault.add_token(token)
    assert not await vault.delete_token(BOB, token.id)
    assert await vault.find_token(token.secret_hash) == token
    assert await vault.delete_token(ANN, token.id)
    assert await vault.find_token(token.secret_hash) is None
    assert not await vault.delete_token(ANN, token.id)
    assert not await vault.delete_token(ANN, TokenId("\0"))


async def test_all_tokens_of_an_account_are_deleted(vault: Vault) -> None:
    """Every token of the account, and none of another."""
    for token in (make_token(1), make_token(2), make_token(3, BOB)):
        await vault.add_token(token)
    await vault.delete_tokens(ANN)
    assert await vault.list_tokens(ANN) == []
    assert await vault.list_tokens(BOB) == [make_token(3, BOB)]


def make_ssh_key(number: int, account: PersonId = ANN, name: str = "", created_ms: int = NOON) -> SshKey:
    """Return an SSH key that nobody has used."""
    return SshKey(b"\0\xff" + bytes([number]) * 30, account, name or f"laptop’s {number}", "ssh-ed25519", created_ms)


async def test_an_ssh_key_is_found_by_its_fingerprint(vault: Vault, open_vault: OpenVault) -> None:
    """By all of it, on every node at once."""
    key = make_ssh_key(1)
    assert await vault.add_ssh_key(key)
    other = await open_vault()
    assert await other.find_ssh_key(key.fingerprint) == key
    assert await other.find_ssh_key(key.fingerprint[:-1]) is None
    assert await other.find_ssh_key(b"") is None


async def test_ssh_keys_are_listed_for_each_account(vault: Vault) -> None:
    """An account's keys and no others, the oldest first."""
    keys = [make_ssh_key(1, created_ms=NOON + 2), make_ssh_key(2, created_ms=NOON + 1), make_ssh_key(3, ODD)]
    for key in keys:
        assert await vault.add_ssh_key(key)
    assert await vault.list_ssh_keys(ANN) == [keys[1], keys[0]]
    assert await vault.list_ssh_keys(ODD) == [keys[2]]
    assert await vault.list_ssh_keys(BOB) == []


async def test_an_ssh_key_is_added_once(vault: Vault) -> None:
    """Neither a key that is somebody's nor a name that the account has given is taken again; nothing is changed."""
    key = make_ssh_key(1, name="laptop")
    assert await vault.add_ssh_key(key)
    for again in (key, make_ssh_key(1, BOB, "mine"), make_ssh_key(2, name="laptop")):
        assert not await vault.add_ssh_key(again)
    assert await vault.add_ssh_key(make_ssh_key(2, BOB, "laptop"))
    assert await vault.list_ssh_keys(ANN) == [key]


async def test_of_those_who_add_one_ssh_key_one_succeeds(vault: Vault, open_vault: OpenVault) -> None:
    """On whatever nodes they are."""
    vaults = [vault, await open_vault(), await open_vault()]
    keys = [make_ssh_key(1, account) for account in (ANN, BOB, ODD)]
    added = await asyncio.gather(*(one.add_ssh_key(key) for one, key in zip(vaults, keys, strict=True)))
    assert sorted(added) == [False, False, True]
    assert await vault.find_ssh_key(keys[0].fingerprint) == keys[added.index(True)]


async def test_the_latest_use_of_an_ssh_key_is_remembered(vault: Vault) -> None:
    """As for tokens."""
    key, other = make_ssh_key(1), make_ssh_key(2)
    assert await vault.add_ssh_key(key)
    assert await vault.add_ssh_key(other)
    for time_ms, latest_ms in ((NOON, NOON), (NOON + 5, NOON + 5), (NOON + 3, NOON + 5)):
        await vault.note_ssh_key_use(key.fingerprint, time_ms)
        assert await vault.list_ssh_keys(ANN) == [replace(key, used_ms=latest_ms), other]
    await vault.note_ssh_key_use(b"gone", NOON)


async def test_an_ssh_key_is_deleted_by_its_owner_alone(vault: Vault) -> None:
    """By the name that it has there; deleted is gone, and said to be so once."""
    key = make_ssh_key(1, name="laptop")
    assert await vault.add_ssh_key(key)
    assert await vault.delete_ssh_key(BOB, "laptop") is None
    assert await vault.delete_ssh_key(ANN, "LAPTOP") is None
    assert await vault.delete_ssh_key(ANN, "\0") is None
    assert await vault.delete_ssh_key(ANN, "laptop") == key
    assert await vault.delete_ssh_key(ANN, "laptop") is None
    assert await vault.find_ssh_key(key.fingerprint) is None


async def test_all_ssh_keys_of_an_account_are_deleted(vault: Vault) -> None:
    """Every key of the account, and none of another."""
    for key in (make_ssh_key(1), make_ssh_key(2), make_ssh_key(3, BOB)):
        assert await vault.add_ssh_key(key)
    await vault.delete_ssh_keys(ANN)
    assert await vault.list_ssh_keys(ANN) == []
    assert await vault.list_ssh_keys(BOB) == [make_ssh_key(3, BOB)]


async def test_a_code_can_be_redeemed_as_often_as_it_says(vault: Vault) -> None:
    """Each redemption tells what the code gives, and how many are left after it; then it is worth nothing."""
    code = make_code(1, uses=2)
    await vault.add_code(code)
    assert await vault.redeem_code(code.secret_hash, NOON) == replace(code, uses_left=1)
    assert await vault.redeem_code(code.secret_hash, NOON) == replace(code, uses_left=0)
    assert await vault.redeem_code(code.secret_hash, NOON) is None
    assert await vault.list_codes() == [replace(code, uses_left=0)]


async def test_what_is_no_code_gives_nothing(vault: Vault) -> None:
    """Another secret redeems nothing, and uses nothing up."""
    code = make_code(1)
    await vault.add_code(code)
    assert await vault.redeem_code(code.secret_hash + b"\0", NOON) is None
    assert await vault.redeem_code(b"", NOON) is None
    assert await vault.list_codes() == [code]


@pytest.mark.parametrize(
    ("expires_ms", "now_ms", "is_good"),
    [(None, 2**62, True), (NOON, NOON - 1, True), (NOON, NOON, False), (NOON, NOON + 1, False)],
)
async def test_an_expired_code_gives_nothing(vault: Vault, expires_ms: int | None, now_ms: int, is_good: bool) -> None:
    """A code holds until its moment, and not in it; without one, for ever."""
    code = make_code(1, expires_ms=expires_ms)
    await vault.add_code(code)
    assert (await vault.redeem_code(code.secret_hash, now_ms) is not None) == is_good
    assert [kept.uses_left for kept in await vault.list_codes()] == [0 if is_good else 1]


async def test_simultaneous_redemptions(open_vault: OpenVault) -> None:
    """Of many who redeem a code at once, on several nodes, exactly as many succeed as it has uses, each another one."""
    vaults = [await open_vault() for _ in range(3)]
    for uses in (1, 4):
        code = make_code(uses, uses)
        await vaults[0].add_code(code)
        redeemed = await asyncio.gather(
            *(vault.redeem_code(code.secret_hash, NOON) for _ in range(7) for vault in vaults)
        )
        assert sorted(it.uses_left for it in redeemed if it is not None) == list(range(uses))


async def test_a_use_can_be_given_back(vault: Vault) -> None:
    """When what a code was redeemed for has failed, it can be redeemed again, once."""
    code = make_code(1)
    await vault.add_code(code)
    await vault.redeem_code(code.secret_hash, NOON)
    await vault.give_back_code(code.secret_hash)
    assert await vault.list_codes() == [code]
    assert await vault.redeem_code(code.secret_hash, NOON) is not None
    assert await vault.redeem_code(code.secret_hash, NOON) is None
    await vault.give_back_code(b"gone")


async def test_simultaneous_giving_back(open_vault: OpenVault) -> None:
    """However redemptions and their undoing overlap, on several nodes, no use is lost or won."""
    vaults = [await open_vault() for _ in range(2)]
    code = make_code(1, uses=3)
    await vaults[0].add_code(code)

    async def redeem_for_nothing(vault: Vault) -> None:
        if await vault.redeem_code(code.secret_hash, NOON) is not None:
            await vault.give_back_code(code.secret_hash)

    await asyncio.gather(*(redeem_for_nothing(vault) for _ in range(10) for vault in vaults))
    assert await vaults[0].list_codes() == [code]


async def test_codes_are_listed_by_age(vault: Vault) -> None:
    """All codes, the oldest first, with everything that was said of them."""
    claim = Code(CodeId("claim"), b"claim", "owner", None, "", NOON - 1, NOON + 1, 1)
    codes = [make_code(1, uses=5), make_code(2, expires_ms=NOON), claim]
    for code in codes:
        await vault.add_code(code)
    assert await vault.list_codes() == [claim, codes[0], codes[1]]


async def test_a_deleted_code_gives_nothing(vault: Vault) -> None:
    """An invitation that is taken back cannot be redeemed; others can."""
    codes = [make_code(1), make_code(2)]
    for code in codes:
        await vault.add_code(code)
    assert await vault.delete_code(codes[0].id)
    assert not await vault.delete_code(codes[0].id)
    assert await vault.redeem_code(codes[0].secret_hash, NOON) is None
    assert await vault.redeem_code(codes[1].secret_hash, NOON) is not None


async def test_codes_are_deleted_by_role(vault: Vault) -> None:
    """A new claim of the server can take the place of all older ones, and invitations stay."""
    claims = [Code(CodeId(f"claim-{key}"), key.encode(), "owner", None, "", NOON, None, 1) for key in "ab"]
    for code in (*claims, make_code(1)):
        await vault.add_code(code)
    await vault.delete_codes("owner")
    assert await vault.list_codes() == [make_code(1)]


async def test_a_vault_is_open_while_its_store_is(address: str) -> None:
    """Before its store is opened, and after it is closed, every request is refused and nothing is forgotten."""
    store, vault, *_ = database_place(address).make_storage()
    with pytest.raises(StoreUnavailable):
        await vault.load_credentials(ANN)
    await store.open()
    await vault.save_credentials(ANN, make_credentials())
    await store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        await vault.load_credentials(ANN)
    with pytest.raises(StoreUnavailable, match="closed"):
        await vault.add_code(make_code(1))
    await store.open()
    assert await vault.load_credentials(ANN) == make_credentials()
    assert await vault.list_codes() == []
    await store.close()


@pytest.mark.parametrize("secret", [make_credentials(), make_credentials().scram, make_token(1), make_code(1)])
def test_secrets_are_not_shown(secret: object) -> None:
    """Whatever prints a secret, in a log, a traceback or a debugger, shows what it is and nothing of it."""
    shown = f"<{type(secret).__name__}>"
    assert [repr(secret), str(secret), f"{secret}", repr([secret])] == [shown, shown, shown, f"[{shown}]"]
