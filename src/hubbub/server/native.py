"""Native: what the native conversations of a server need of its node."""

from importlib.metadata import version

from hubbub.core.limits import Limits
from hubbub.gateways.native.settings import NativeSettings
from hubbub.server.node import Node


def native_settings(node: Node, limits: Limits) -> NativeSettings:
    """Return what all native conversations share that begin under these limits."""
    software = f"hubbub {version('hubbub')}"
    return NativeSettings(
        limits,
        software,
        node.house,
        node.clock,
        lambda: node.identity,
        lambda person: node.passes.issue(person.id),
        node.reading.entered,
    )
