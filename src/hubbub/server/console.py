"""The console: what an operator does to a server's data, whether the server runs or not.

It is a node of its own for a moment, which nobody can join. What it writes are records like all others, so a server
that runs finds them within seconds.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec

from hubbub.core.access import Access
from hubbub.core.account_answers import TokenMade
from hubbub.core.account_requests import MakeToken, Register
from hubbub.core.catalog import AnyCommand, Record
from hubbub.core.directory import Account
from hubbub.core.features.accounts import DisableAccount, EnableAccount, SetServerRole
from hubbub.core.features.auditing import Audited
from hubbub.core.features.ejection import BanFromServer, Eject, UnbanFromServer
from hubbub.core.features.moderation import Ban, Kick, Unban
from hubbub.core.house import CONSOLE, Person
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.limits import Limits, in_force
from hubbub.core.names import find_key, parse_room_name
from hubbub.core.roles import ServerRole
from hubbub.core.room import AUDIT_KEY, RoomKind
from hubbub.fabrics.local import LocalFabric
from hubbub.server.clock import LoopClock
from hubbub.server.config import LogSettings, Settings
from hubbub.server.errors import StartError
from hubbub.server.exports import Exports
from hubbub.server.imports import Imports
from hubbub.server.logs import configure_logs
from hubbub.server.node import Node, Rules
from hubbub.service.keys import new_code
from hubbub.service.password_rules import require_password
from hubbub.service.passwords import Passwords
from hubbub.service.peers import Peer
from hubbub.service.ports import Store, StoreUnavailable, StoreUnusable
from hubbub.service.recognising import log_out_browsers
from hubbub.service.recounting import Recounting, Report
from hubbub.service.sessions import Applicant
from hubbub.stores.sql import Storage, open_storage

HERE: Final = Peer("console", "127.0.0.1", is_encrypted=True)
"""Where an operator is: at the machine itself."""

DAY_MS: Final = 24 * 60 * 60 * 1_000


class AccountRow(msgspec.Struct, frozen=True):
    """An account as an operator sees it."""

    name: str
    role: ServerRole
    opened: str
    """The day, as in 2026-11-25."""
    disabled: bool


class RoomRow(msgspec.Struct, frozen=True):
    """A channel as an operator sees it."""

    name: str
    members: int
    records: int
    topic: str


class AuditRow(msgspec.Struct, frozen=True):
    """Something that took a right, as an operator sees it."""

    time: str
    """In the server's local time."""
    who: str
    act: str
    target: str
    room: str
    reason: str


class Console:
    """An operator at work. Every method may raise `Refused` and `StoreUnavailable`."""

    def __init__(self, node: Node, store: Store, passwords: Passwords, keep_days: int) -> None:
        """Work at a server that keeps what is said for so many days (0 = for ever)."""
        self._node = node
        self._store = store
        self._passwords = passwords
        self.exports = Exports(node, store)
        self.imports = Imports(node, store, keep_days)
        self._asker = Applicant(Person(CONSOLE, "console", "console"), HERE)

    async def create(self, name: str, password: str, role: ServerRole) -> None:
        """Open an account, whatever the rules about registration."""
        await self._node.accounts.open(name, Register(password), HERE)
        if role is not ServerRole.MEMBER:
            await self.set_role(name, role)

    async def set_password(self, name: str, password: str) -> None:
        """Let an account log in with another password from now on."""
        account, found = self._find(name)
        require_password(password, found.name)
        await self._node.vault.save_credentials(account, await self._passwords.hash(password))
        await log_out_browsers(self._node.vault, account)

    async def set_role(self, name: str, role: ServerRole) -> None:
        """Say what an account is on the server."""
        await self._perform(SetServerRole(name, role))

    async def disable(self, name: str, reason: str) -> None:
        """Let an account log in no longer, and end its connections."""
        await self._perform(DisableAccount(name, reason))

    async def enable(self, name: str) -> None:
        """Let it log in again."""
        await self._perform(EnableAccount(name))

    async def make_token(self, name: str, label: str) -> str:
        """Return a new token of an account."""
        account, found = self._find(name)
        asker = Applicant(Person(account, found.name, found.key), HERE)
        made = await self._node.keys.make_token(asker, MakeToken(label))
        if not isinstance(made, TokenMade):
            raise TypeError(made)
        return made.secret

    async def make_invitation(self, uses: int, days: int, label: str) -> str:
        """Return a code with which so many people can open accounts for so many days; 0 days are for ever."""
        now_ms = time.time_ns() // 1_000_000
        secret, code = new_code(uses, days * DAY_MS or None, label, now_ms, None)
        await self._node.vault.add_code(code)
        return secret

    def accounts(self) -> list[AccountRow]:
        """Return all accounts, by name."""
        found = self._node.house.directory.accounts.values()
        return [_account_row(account) for account in sorted(found, key=lambda account: account.key)]

    async def rooms(self) -> list[RoomRow]:
        """Return all channels, by name."""
        rows = []
        for head in await self._store.list_rooms(RoomKind.CHANNEL):
            room, _ = await self._node.rooms.load_state(head)
            topic = room.topic.text if room.topic else ""
            rows.append(RoomRow(room.name, len(room.members), head.seq, topic))
        return rows

    async def kick(self, name: str, room: str, reason: str) -> None:
        """Put somebody out of a channel, or off the server."""
        if room:
            await self._open(room)
        await self._perform(Kick(room, name, reason) if room else Eject(name, reason))

    async def ban(self, target: str, room: str, reason: str, seconds: int | None) -> None:
        """Keep people out of a channel, or off the server."""
        if room:
            await self._open(room)
        await self._perform(Ban(room, target, reason, seconds) if room else BanFromServer(target, reason, seconds))

    async def unban(self, target: str, room: str) -> None:
        """Keep them out no longer."""
        if room:
            await self._open(room)
        await self._perform(Unban(room, target) if room else UnbanFromServer(target))

    async def audit(self, limit: int) -> list[AuditRow]:
        """Return what moderators and administrators did last, oldest first."""
        head = await self._store.open_room(RoomKind.AUDIT, AUDIT_KEY, "")
        records = await self._store.load_records(head.id, Seq(max(head.seq - limit, 0)), limit)
        return [_audit_row(record) for record in records]

    async def recount(self) -> Report:
        """Count anew what everybody has not read, and mend what is noted wrongly."""
        node = self._node
        return await Recounting(node.house, node.rooms, self._store, node.notebook, node.unread).run()

    async def _open(self, room: str) -> None:
        """Load a channel; raises `Refused` with `no_such_room` where there is none."""
        name = parse_room_name(room)
        if await self._store.find_room(RoomKind.CHANNEL, name.key) is None:
            raise Refused("no_such_room", f"There is no room {name.shown}. hubbub admin rooms shows all.")
        await self._node.rooms.open(RoomKind.CHANNEL, name.key, name.shown)

    async def _perform(self, command: AnyCommand) -> None:
        await self._node.requests.perform(self._asker, command)

    def _find(self, name: str) -> tuple[PersonId, Account]:
        directory, key = self._node.house.directory, find_key(name)
        for person, account in directory.accounts.items():
            if account.key == key:
                return person, account
        raise Refused("unknown_person", f"There is no account '{name}'. hubbub admin list shows all.")


@asynccontextmanager
async def open_console(settings: Settings) -> AsyncIterator[Console]:
    """Open the data that the settings name, and close it again. Raises `StartError`."""
    configure_logs(LogSettings(level="warning"))
    storage, passwords = _find_storage(settings), Passwords()
    node = Node(
        storage,
        LocalFabric(),
        LoopClock(asyncio.get_running_loop()),
        Rules(in_force(Limits(enabled=False)), Access(), 0),
        _trust,
        passwords,
        is_alone=False,
    )
    try:
        await storage.store.open()
        await node.open()
    except StoreUnusable as error:
        raise StartError(str(error)) from error
    except StoreUnavailable as error:
        raise StartError(f"The database cannot be used: {error}") from error
    try:
        yield Console(node, storage.store, passwords, settings.rooms.retention_days)
    except StoreUnavailable as error:
        raise StartError(f"The database cannot be used: {error}. Try again.") from error
    finally:
        await node.close()


def _find_storage(settings: Settings) -> Storage:
    folder = Path(settings.data)
    if not settings.database and not folder.is_dir():
        raise StartError(f"There is no data in {folder}. Start a server once, or name its folder: --data FOLDER")
    return open_storage(settings.database, folder)


def _trust(peer: Peer) -> None:
    """Let an operator send passwords: they do not leave the machine."""


def _audit_row(record: Record) -> AuditRow:
    event = record.event
    if not isinstance(event, Audited):
        raise TypeError(event)
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.time_ms // 1_000))
    return AuditRow(when, event.name, event.act, event.target, event.room_name, event.reason)


def _account_row(account: Account) -> AccountRow:
    opened = time.strftime("%Y-%m-%d", time.localtime(account.opened_ms // 1_000))
    return AccountRow(account.name, account.role, opened, account.is_disabled)
