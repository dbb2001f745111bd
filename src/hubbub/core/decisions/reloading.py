"""Reloading, decided: who may have the settings read again."""

from hubbub.core.decisions.accounts import require_role
from hubbub.core.decisions.audit import audited
from hubbub.core.features.reloading import RELOAD, ReloadSettings
from hubbub.core.roles import ServerRole
from hubbub.core.scene import Decision, Scene


def reload_settings(scene: Scene, _command: ReloadSettings) -> Decision:
    """Let an administrator have them read. Raises `Refused` with `not_allowed`."""
    require_role(scene, ServerRole.ADMINISTRATOR)
    return Decision((audited(scene, RELOAD, "settings", None),))
