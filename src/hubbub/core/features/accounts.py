"""Accounts: opening one, being called something else, and what the server's owners do with them."""

from msgspec.structs import replace

from hubbub.core.directory import FORMER_NAMES, RESERVED_MS, Account, Directory, Holder, Privacy
from hubbub.core.kinds import Command, Event, PersonId
from hubbub.core.roles import ServerRole
from hubbub.core.room import Room


class OpenAccount(Command, frozen=True):
    """Keep the name one has, and everything that is one's own, under a password.

    The password has been hashed and put away when this is decided; no command holds one.
    """

    role: ServerRole = ServerRole.MEMBER
    """What a code that was redeemed for it makes of him."""


class CloseAccount(Command, frozen=True):
    """Give up one's account and its name; what was said stays, signed "deleted account"."""


class ClaimServer(Command, frozen=True):
    """Become an owner of the server; a code for it was redeemed."""


class SetPrivacy(Command, frozen=True):
    """Say who may write to one alone, or whether others may know when one was here last; None leaves it as it is."""

    privacy: Privacy | None = None
    shows_last_seen: bool | None = None


class SetAlerts(Command, frozen=True):
    """Be called at these words as well, or at those no longer."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class SetServerRole(Command, frozen=True):
    """Make somebody an administrator, an owner, or a mere member of the server."""

    name: str
    role: ServerRole


class DisableAccount(Command, frozen=True):
    """Let an account log in no longer."""

    name: str
    reason: str = ""


class EnableAccount(Command, frozen=True):
    """Let it log in again."""

    name: str


class AccountOpened(Event, frozen=True):
    """`author` has an account from now on, called `name`; void where the name is somebody else's."""

    key: str
    """The name's comparison form, as it was when it was compared."""
    skeleton: str
    """What the name looks like: names that look alike have the same (Unicode Technical Standard #39)."""
    role: ServerRole = ServerRole.MEMBER


class AccountRenamed(Event, frozen=True):
    """The account is called something else; void where the new name is somebody else's."""

    new_name: str
    key: str
    skeleton: str


class AccountClosed(Event, frozen=True):
    """The account is gone, and its name kept from others for a while."""

    account: PersonId


class PrivacySet(Event, frozen=True):
    """`author` has said who may write to him alone, or whether others may know when he was here last."""

    privacy: Privacy | None = None
    shows_last_seen: bool | None = None


class AlertsSet(Event, frozen=True):
    """`author` wants to be called at these words and no others."""

    words: tuple[str, ...]


class ServerRoleSet(Event, frozen=True):
    """An account has become something else on the server."""

    account: PersonId
    role: ServerRole


class AccountDisabled(Event, frozen=True):
    """An account may not log in any more."""

    account: PersonId
    reason: str = ""


class AccountEnabled(Event, frozen=True):
    """It may log in again."""

    account: PersonId


def apply_account_opened(room: Room, event: AccountOpened, time_ms: int) -> None:
    """Add the account, unless it is there or was there, or its name is somebody else's."""
    directory, account = room.directory, event.author
    if account in directory.accounts or account in directory.closed:
        return
    if not _is_free(directory, event.key, account, time_ms):
        return
    _call(directory, account, Account(event.name, event.key, event.skeleton, time_ms, event.role))


def apply_account_renamed(room: Room, event: AccountRenamed, time_ms: int) -> None:
    """Call the account by its new name, and keep the old one for it for a while."""
    directory = room.directory
    account = directory.accounts.get(event.author)
    if account is None or not _is_free(directory, event.key, event.author, time_ms):
        return
    _forget_looks(directory, event.author, account)
    former = account.former
    if account.key != event.key:
        directory.names[account.key] = Holder(event.author, time_ms + RESERVED_MS)
        former = tuple(key for key in (account.key, *former) if key != event.key)
        for key in former[FORMER_NAMES:]:
            _release(directory, event.author, key)
    renamed = replace(
        account, name=event.new_name, key=event.key, skeleton=event.skeleton, former=former[:FORMER_NAMES]
    )
    _call(directory, event.author, renamed)


def apply_account_closed(room: Room, event: AccountClosed, time_ms: int) -> None:
    """Take the account away, if it is there; nobody can pass for it before its names are free."""
    directory = room.directory
    account = directory.accounts.pop(event.account, None)
    if account is not None:
        directory.closed[event.account] = time_ms
        directory.names[account.key] = Holder(event.account, time_ms + RESERVED_MS)
        _forget_looks(directory, event.account, account)


def apply_privacy_set(room: Room, event: PrivacySet) -> None:
    """Note who may write to the account, and what may be known of it."""
    if event.privacy is not None:
        _change(room.directory, event.author, privacy=event.privacy)
    if event.shows_last_seen is not None:
        _change(room.directory, event.author, shows_last_seen=event.shows_last_seen)


def apply_alerts_set(room: Room, event: AlertsSet) -> None:
    """Note the account's keywords."""
    _change(room.directory, event.author, alerts=event.words)


def apply_server_role_set(room: Room, event: ServerRoleSet) -> None:
    """Give the account its new role."""
    _change(room.directory, event.account, role=event.role)


def apply_account_disabled(room: Room, event: AccountDisabled) -> None:
    """Note that the account may not log in."""
    _change(room.directory, event.account, is_disabled=True)


def apply_account_enabled(room: Room, event: AccountEnabled) -> None:
    """Note that it may."""
    _change(room.directory, event.account, is_disabled=False)


def _is_free(directory: Directory, key: str, account: PersonId, now_ms: int) -> bool:
    return directory.holder(key, now_ms) in {None, account}


def _call(directory: Directory, person: PersonId, account: Account) -> None:
    directory.accounts[person] = account
    directory.names[account.key] = Holder(person)
    directory.skeletons.setdefault(account.skeleton, person)


def _forget_looks(directory: Directory, person: PersonId, account: Account) -> None:
    if directory.skeletons.get(account.skeleton) == person:
        del directory.skeletons[account.skeleton]


def _release(directory: Directory, person: PersonId, key: str) -> None:
    holder = directory.names.get(key)
    if holder is not None and holder.account == person:
        del directory.names[key]


def _change(directory: Directory, account: PersonId, **changes: object) -> None:
    found = directory.accounts.get(account)
    if found is not None:
        directory.accounts[account] = replace(found, **changes)
