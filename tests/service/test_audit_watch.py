"""The audit watch: administrators who want to know what is done learn it as it is done."""

from collections.abc import Sequence

from hubbub.core.account_requests import LogOut
from hubbub.core.attention_requests import WatchAudit
from hubbub.core.features.accounts import DisableAccount, EnableAccount, OpenAccount, SetServerRole
from hubbub.core.features.alerting import Alert
from hubbub.core.features.membership import Join
from hubbub.core.features.moderation import Kick
from hubbub.core.roles import ServerRole
from hubbub.core.room import LOBBY
from hubbub.core.scene import DONE
from hubbub.core.signals import Alerting, Auditing
from hubbub.service.sessions import Applicant
from tests.service.guests import HERE, Guest
from tests.service.members import Member, code_of, log_in, refusal_of, sign_up
from tests.service.node import Node


async def administrators(node: Node, *names: str) -> tuple[Guest, Sequence[Member]]:
    """Return the owner of the server, and these administrators."""
    ola = Guest(node, "ola")
    assert await ola.ask(OpenAccount(ServerRole.OWNER)) == DONE
    ola.forget()
    members = [await sign_up(node, name) for name in names]
    for name in names:
        await ola.ask(SetServerRole(name, ServerRole.ADMINISTRATOR))
    return ola, members


async def test_who_watches_is_told_what_is_done(node: Node) -> None:
    """On that connection, by himself and others, in rooms and on the server; until he has seen enough."""
    _, (abe,) = await administrators(node, "abe")
    telephone, bob, gus = await log_in(node, "abe"), await sign_up(node, "bob"), Guest(node, "gus")
    assert await abe.ask(WatchAudit()) == DONE
    await telephone.ask(DisableAccount("bob", "spam"))
    assert bob.dismissed
    for one in (abe, gus):
        await one.ask(Join(LOBBY))
    await abe.ask(Kick(LOBBY, "gus", "loud"))
    seen = [Auditing("abe", "disable", "bob", reason="spam"), Auditing("abe", "kick", "gus", LOBBY, "loud")]
    assert (abe.signals, telephone.signals) == (seen, [])
    assert await abe.ask(WatchAudit(is_watching=False)) == DONE
    await abe.ask(EnableAccount("bob"))
    assert abe.signals == seen


async def test_nobody_watches_who_may_not(node: Node) -> None:
    """Nor goes on watching when he may not any more, is somebody else, or has gone."""
    ola, (abe, ada, ava) = await administrators(node, "abe", "ada", "ava")
    bob = await sign_up(node, "bob")
    assert await code_of(bob.ask(WatchAudit())) == "not_allowed"
    assert await code_of(Guest(node, "gus").ask(WatchAudit())) == "not_registered"
    for one in (abe, ada, ava):
        assert await one.ask(WatchAudit()) == DONE
    await ada.ask(LogOut())
    ava.leave()
    assert node.sessions.watching_audit == {abe.session}
    await ola.ask(SetServerRole("abe", ServerRole.MEMBER))
    abe.forget()
    await ola.ask(DisableAccount("bob"))
    assert (abe.signals, ada.signals, ava.signals) == ([], [], [])


async def test_who_has_no_connection_cannot_watch(node: Node) -> None:
    """There would be nowhere to tell him."""
    _, (abe,) = await administrators(node, "abe")
    asked = node.visiting.ask(Applicant(abe.session.person, HERE), WatchAudit())
    assert (await refusal_of(asked)).code == "not_allowed"


async def test_administrators_tell_each_other_at_once(node: Node) -> None:
    """On all their connections but the one that they tell it on."""
    ola, (abe, ada) = await administrators(node, "abe", "ada")
    telephone, bob = await log_in(node, "abe"), await sign_up(node, "bob")
    assert await abe.ask(Alert("spam")) == DONE
    assert ola.signals == ada.signals == telephone.signals == [Alerting("abe", "spam")]
    assert abe.signals == bob.signals == []
