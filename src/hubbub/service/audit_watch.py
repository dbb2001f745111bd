"""The audit watch: administrators who want to are told what is written down in the audit, as it happens."""

from hubbub.core.catalog import Record
from hubbub.core.decisions.accounts import require_role
from hubbub.core.features.auditing import Audited
from hubbub.core.house import House
from hubbub.core.kinds import Refused
from hubbub.core.roles import ServerRole
from hubbub.core.scene import Scene
from hubbub.core.signals import Auditing
from hubbub.service.sessions import Asker, Session, Sessions


class AuditWatch:
    """Tells connections of whatever moderators and administrators do, on this node or another."""

    def __init__(self, house: House, sessions: Sessions) -> None:
        self._house = house
        self._sessions = sessions

    def watch(self, scene: Scene, asker: Asker, *, is_watching: bool) -> None:
        """Let a connection be told, or no longer. Raises `Refused` with `not_allowed` for whoever may not know."""
        require_role(scene, ServerRole.ADMINISTRATOR)
        if not isinstance(asker, Session):
            raise Refused("not_allowed", "That can only be asked on a connection.")
        if is_watching:
            self._sessions.watching_audit.add(asker)
        else:
            self._sessions.watching_audit.discard(asker)

    def notice(self, record: Record) -> None:
        """Tell those who watch, as far as they still may, of a record of the audit."""
        event = record.event
        if not self._sessions.watching_audit or not isinstance(event, Audited):
            return
        signal = Auditing(event.name, event.act, event.target, event.room_name, event.reason)
        # Whoever reads too slowly is closed, and watches no longer.
        for session in tuple(self._sessions.watching_audit):
            if self._house.role_of(session.person.id) is not ServerRole.MEMBER:
                session.notice(signal)
