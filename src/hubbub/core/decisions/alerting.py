"""Alerting, decided: who hears what an administrator tells all others."""

from hubbub.core.decisions.accounts import require_role
from hubbub.core.features.alerting import Alert
from hubbub.core.features.messages import clean_text
from hubbub.core.roles import ServerRole
from hubbub.core.scene import Decision, Scene
from hubbub.core.signals import Alerting


def alert(scene: Scene, command: Alert) -> Decision:
    """Let an administrator tell the others something. Raises `Refused` with `not_allowed`, `empty` or `too_long`."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    signal = Alerting(scene.person.name, clean_text(command.text, scene.limits))
    administrators = (
        one for one in scene.house.people if scene.house.role_of(one).rank >= ServerRole.ADMINISTRATOR.rank
    )
    return Decision(signals=tuple((one, signal) for one in administrators if one != scene.person.id), elsewhere=signal)
