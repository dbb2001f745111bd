"""What the vault does, as coroutines over one connection: the same for every database."""

from typing import Any

import msgspec

from hubbub.core.kinds import PersonId
from hubbub.service.vault import Code, CodeId, CodeRole, Credentials, ScramVerifier, SshKey, Token, TokenId
from hubbub.stores.database import Connection


async def load_credentials(connection: Connection, account: PersonId) -> Credentials | None:
    """Return an account's credentials, if it has any."""
    rows = await connection.fetch(connection.statements.vault.load_credentials, account_=account)
    return _credentials(rows[0]) if rows else None


async def save_credentials(connection: Connection, account: PersonId, credentials: Credentials) -> None:
    """Keep an account's credentials instead of its earlier ones."""
    scram = credentials.scram
    row = {
        "account": account,
        "password_hash": credentials.password_hash,
        "scram_salt": scram.salt,
        "scram_iterations": scram.iterations,
        "scram_stored_key": scram.stored_key,
        "scram_server_key": scram.server_key,
    }
    await connection.execute(connection.statements.vault.save_credentials, [row])


async def delete_credentials(connection: Connection, account: PersonId) -> None:
    """Forget an account's credentials."""
    await connection.execute(connection.statements.vault.delete_credentials, [{"account_": account}])


async def add_token(connection: Connection, token: Token) -> None:
    """Keep a new token."""
    await connection.execute(connection.statements.vault.insert_token, [msgspec.structs.asdict(token)])


async def list_tokens(connection: Connection, account: PersonId) -> list[Token]:
    """Return an account's tokens, the oldest first."""
    rows = await connection.fetch(connection.statements.vault.list_tokens, account_=account)
    # Sorted here, because databases order texts by the rules of whatever language they were set up for.
    return sorted((Token(*row) for row in rows), key=lambda token: (token.created_ms, token.id))


async def find_token(connection: Connection, secret_hash: bytes) -> Token | None:
    """Return the token with that secret, if there is one."""
    rows = await connection.fetch(connection.statements.vault.find_token, secret_hash_=secret_hash)
    return Token(*rows[0]) if rows else None


async def note_token_use(connection: Connection, token: TokenId, time_ms: int) -> None:
    """Remember when a token was used, unless a later use is known."""
    row = {"id_": token, "time_ms": time_ms, "before_ms": time_ms}
    await connection.execute(connection.statements.vault.note_token_use, [row])


async def delete_token(connection: Connection, account: PersonId, token: TokenId) -> bool:
    """Forget a token of that account, and return whether there was one."""
    statements = connection.statements.vault
    rows = await connection.fetch(statements.lock_token, id_=token, account_=account)
    await connection.execute(statements.delete_token, [{"id_": token, "account_": account}])
    return bool(rows)


async def delete_tokens(connection: Connection, account: PersonId) -> None:
    """Forget all tokens of an account."""
    await connection.execute(connection.statements.vault.delete_tokens, [{"account_": account}])


async def add_ssh_key(connection: Connection, key: SshKey) -> bool:
    """Keep a new key, and return whether it could be."""
    statements = connection.statements.vault
    if await connection.fetch(statements.find_ssh_key, fingerprint_=key.fingerprint):
        return False
    await connection.execute(statements.insert_ssh_key, [msgspec.structs.asdict(key)])
    # Another node may have been as quick: what stands there now tells who was first.
    rows = await connection.fetch(statements.find_ssh_key, fingerprint_=key.fingerprint)
    return bool(rows) and SshKey(*rows[0]) == key


async def list_ssh_keys(connection: Connection, account: PersonId) -> list[SshKey]:
    """Return an account's keys, the oldest first."""
    rows = await connection.fetch(connection.statements.vault.list_ssh_keys, account_=account)
    return sorted((SshKey(*row) for row in rows), key=lambda key: (key.created_ms, key.name))


async def find_ssh_key(connection: Connection, fingerprint: bytes) -> SshKey | None:
    """Return the key with that fingerprint, if there is one."""
    rows = await connection.fetch(connection.statements.vault.find_ssh_key, fingerprint_=fingerprint)
    return SshKey(*rows[0]) if rows else None


async def note_ssh_key_use(connection: Connection, fingerprint: bytes, time_ms: int) -> None:
    """Remember when a key was used, unless a later use is known."""
    row = {"fingerprint_": fingerprint, "time_ms": time_ms, "before_ms": time_ms}
    await connection.execute(connection.statements.vault.note_ssh_key_use, [row])


async def delete_ssh_key(connection: Connection, account: PersonId, name: str) -> SshKey | None:
    """Forget a key of that account, and return what it was."""
    statements = connection.statements.vault
    rows = await connection.fetch(statements.lock_ssh_key, account_=account, name_=name)
    await connection.execute(statements.delete_ssh_key, [{"account_": account, "name_": name}])
    return SshKey(*rows[0]) if rows else None


async def delete_ssh_keys(connection: Connection, account: PersonId) -> None:
    """Forget all keys of an account."""
    await connection.execute(connection.statements.vault.delete_ssh_keys, [{"account_": account}])


async def add_code(connection: Connection, code: Code) -> None:
    """Keep a new code."""
    await connection.execute(connection.statements.vault.insert_code, [msgspec.structs.asdict(code)])


async def redeem_code(connection: Connection, secret_hash: bytes, now_ms: int) -> Code | None:
    """Use up one use of a code, and return what is left of it; others who want one wait meanwhile."""
    statements = connection.statements.vault
    rows = await connection.fetch(statements.lock_code, secret_hash_=secret_hash)
    if not rows:
        return None
    code = Code(*rows[0])
    if not code.is_good(now_ms):
        return None
    await connection.execute(statements.change_uses, [{"secret_hash_": secret_hash, "change": -1}])
    return msgspec.structs.replace(code, uses_left=code.uses_left - 1)


async def give_back_code(connection: Connection, secret_hash: bytes) -> None:
    """Undo one redemption."""
    row = {"secret_hash_": secret_hash, "change": 1}
    await connection.execute(connection.statements.vault.change_uses, [row])


async def list_codes(connection: Connection) -> list[Code]:
    """Return all codes, the oldest first."""
    rows = await connection.fetch(connection.statements.vault.list_codes)
    return sorted((Code(*row) for row in rows), key=lambda code: (code.created_ms, code.id))


async def delete_code(connection: Connection, code: CodeId) -> bool:
    """Forget a code, and return whether there was one."""
    statements = connection.statements.vault
    rows = await connection.fetch(statements.lock_code_by_id, id_=code)
    await connection.execute(statements.delete_code, [{"id_": code}])
    return bool(rows)


async def delete_codes(connection: Connection, role: CodeRole) -> None:
    """Forget all codes that give this role."""
    await connection.execute(connection.statements.vault.delete_codes, [{"role_": role}])


def _credentials(row: tuple[Any, ...]) -> Credentials:
    _, password_hash, *scram = row
    return Credentials(password_hash, ScramVerifier(*scram))
