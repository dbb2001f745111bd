"""Commands about what wants one's attention: what one has not read, and whom and what one looks out for."""

from typing import Final

from hubbub.core.features.accounts import SetAlerts
from hubbub.core.queries import ListAlerts
from hubbub.gateways.slash.arguments import split_names
from hubbub.gateways.slash.meanings import Meaning, SlashCommand


def _mean_alert(rest: str, _room: str) -> Meaning | None:
    words = split_names(rest)
    return SetAlerts(words) if words else None


def _mean_unalert(rest: str, _room: str) -> Meaning | None:
    words = split_names(rest)
    return SetAlerts(removed=words) if words else None


ATTENTION: Final = (
    SlashCommand(
        ("alerts",), "", "at which words you are called", lambda rest, _: None if rest else ListAlerts(), "reading"
    ),
    SlashCommand(("alert",), "WORD…", "be called when somebody says it", _mean_alert, "reading"),
    SlashCommand(("unalert",), "WORD…", "be called at it no longer", _mean_unalert, "reading"),
)
"""What one needs to miss nothing."""
