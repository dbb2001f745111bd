"""Accounts: opening and closing them, and what the server's owners do with them."""

from hubbub.core.attention_answers import AlertList
from hubbub.core.decisions.audit import audited
from hubbub.core.decisions.naming import require_free
from hubbub.core.decisions.portraits import portrait_kept
from hubbub.core.directory import Account
from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
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
from hubbub.core.features.membership import CLOSING_REASON, Departure, quit_all
from hubbub.core.house import House
from hubbub.core.keywords import KEYWORD_LENGTH, KEYWORD_LIMIT, parse_keyword
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.lookalikes import skeleton
from hubbub.core.names import Name, find_key
from hubbub.core.roles import ServerRole
from hubbub.core.scene import Decision, Scene


def open_account(scene: Scene, command: OpenAccount) -> Decision:
    """Let a guest keep what he is called, and who he is.

    Raises `Refused` with `name_reserved`, `name_taken` or `look_alike`, since two guests may be called alike.
    """
    house, person = scene.house, scene.person
    if house.account_of(person.id) is not None:
        raise Refused("already_registered", f"You have an account already, '{person.name}'.")
    require_free(house, person.id, Name(person.name, person.key), scene.now_ms)
    opened = AccountOpened(person.id, person.name, person.key, skeleton(person.name), command.role)
    return Decision(((house.require_directory(), opened), *portrait_kept(house, person)))


def close_account(scene: Scene, _command: CloseAccount) -> Decision:
    """Let somebody give up his account, and with it every room he is in."""
    person = scene.person
    account = require_account(scene)
    if account.role is ServerRole.OWNER and _is_last_owner(scene, person.id):
        raise Refused("not_allowed", "You are the only owner of this server. Make somebody else an owner first.")
    closed = AccountClosed(person.id, person.name, person.id)
    left = quit_all(list(person.channels.values()), person.id, Departure(CLOSING_REASON))
    return Decision(((scene.house.require_directory(), closed), *left))


def claim_server(scene: Scene, _command: ClaimServer) -> Decision:
    """Make somebody an owner who had the code for it."""
    require_account(scene)
    person = scene.person
    event = ServerRoleSet(person.id, person.name, person.id, ServerRole.OWNER)
    return Decision(((scene.house.require_directory(), event), audited(scene, "claim", person.name, None)))


def set_privacy(scene: Scene, command: SetPrivacy) -> Decision:
    """Let somebody say who may write to him alone, and what may be known of him."""
    require_account(scene)
    person = scene.person
    event = PrivacySet(person.id, person.name, command.privacy, command.shows_last_seen)
    return Decision(((scene.house.require_directory(), event),))


def set_alerts(scene: Scene, command: SetAlerts) -> Decision:
    """Let somebody be called at other words; raises `Refused` with `bad_alert` or `list_full`."""
    kept = require_account(scene).alerts
    removed = {word.casefold() for word in command.removed}
    words = tuple(word for word in dict.fromkeys((*kept, *map(_require_keyword, command.added))) if word not in removed)
    if len(words) > KEYWORD_LIMIT:
        raise Refused("list_full", f"That would be {len(words)} alerts, and {KEYWORD_LIMIT} is the most.")
    if words == kept:
        return Decision(answer=AlertList(words))
    event = AlertsSet(scene.person.id, scene.person.name, words)
    return Decision(((scene.house.require_directory(), event),), AlertList(words))


def _require_keyword(text: str) -> str:
    word = parse_keyword(text)
    if word is None:
        raise Refused(
            "bad_alert", f"An alert is one word of at most {KEYWORD_LENGTH} letters and digits: {text!r} is none."
        )
    return word


def set_server_role(scene: Scene, command: SetServerRole) -> Decision:
    """Let an owner say what somebody is on the server."""
    require_role(scene, ServerRole.OWNER)
    other, account = find_account(scene, command.name)
    if account.role is command.role:
        return Decision()
    if account.role is ServerRole.OWNER and _is_last_owner(scene, other):
        raise Refused(
            "not_allowed", f"{account.name} is the only owner of this server. Make somebody else an owner first."
        )
    event = ServerRoleSet(scene.person.id, scene.person.name, other, command.role)
    audit = audited(scene, "server role", account.name, None, command.role.value)
    return Decision(((scene.house.require_directory(), event), audit))


def disable_account(scene: Scene, command: DisableAccount) -> Decision:
    """Let an administrator keep an account out that ranks below his own."""
    other, account = _find_below(scene, command.name)
    if account.is_disabled:
        return Decision()
    event = AccountDisabled(scene.person.id, scene.person.name, other, command.reason)
    audit = audited(scene, "disable", account.name, None, command.reason)
    return Decision(((scene.house.require_directory(), event), audit))


def enable_account(scene: Scene, command: EnableAccount) -> Decision:
    """Let an administrator let it in again."""
    other, account = _find_below(scene, command.name)
    if not account.is_disabled:
        return Decision()
    event = AccountEnabled(scene.person.id, scene.person.name, other)
    return Decision(((scene.house.require_directory(), event), audited(scene, "enable", account.name, None)))


def require_account(scene: Scene) -> Account:
    """Return the asker's account; raises `Refused` with `not_registered`."""
    account = scene.house.account_of(scene.person.id)
    if account is None:
        raise Refused("not_registered", "That needs an account. Open one with /register PASSWORD.")
    return account


def require_enabled(house: House, person: PersonId) -> Account:
    """Return the account of somebody who proved it to be his; raises `Refused` with `wrong_password` or `disabled`."""
    account = house.account_of(person)
    if account is None:
        raise Refused("wrong_password", "That account does not exist any more.")
    if account.is_disabled:
        raise Refused("disabled", f"The account '{account.name}' is disabled. Ask an administrator of this server.")
    return account


def find_account(scene: Scene, name: str) -> tuple[PersonId, Account]:
    """Return the account that is called so; raises `Refused` with `unknown_person`."""
    directory = scene.house.directory
    key = find_key(name)
    holder = directory.names.get(key)
    account = None if holder is None else directory.accounts.get(holder.account)
    if holder is None or account is None or account.key != key:
        raise Refused("unknown_person", f"There is no account '{name}'.")
    return holder.account, account


def _find_below(scene: Scene, name: str) -> tuple[PersonId, Account]:
    """Return the account that an administrator wants to act on; it must rank below his own."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    other, account = find_account(scene, name)
    own = scene.house.role_of(scene.person.id)
    if account.role.rank >= own.rank:
        too = ", as you are" if account.role is own else ""
        raise Refused("not_allowed", f"{account.name} is {_article(account.role)} of this server{too}.")
    return other, account


def require_role(scene: Scene, least: ServerRole) -> None:
    """Raise `Refused` with `not_allowed` for whoever is less than that on the server."""
    if scene.house.role_of(scene.person.id).rank < least.rank:
        raise Refused("not_allowed", f"Only {_article(least)} of this server may do that.")


def _article(role: ServerRole) -> str:
    return f"an {role.value}" if role.value[0] in "ao" else f"a {role.value}"


def _is_last_owner(scene: Scene, person: PersonId) -> bool:
    accounts = scene.house.directory.accounts
    return all(one == person or account.role is not ServerRole.OWNER for one, account in accounts.items())
