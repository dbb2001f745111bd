"""Native: what the native conversations of a server need of its node."""

from hubbub.core.limits import Limits
from hubbub.gateways.native.settings import NativeSettings
from hubbub.server.node import Node
from hubbub.service.facts import SOFTWARE


def native_settings(node: Node, limits: Limits) -> NativeSettings:
    """Return what all native conversations share that begin under these limits."""
    return NativeSettings(
        limits,
        SOFTWARE,
        node.house,
        node.clock,
        lambda: node.identity,
        lambda person: node.passes.issue(person.id),
        node.reading.entered,
    )
