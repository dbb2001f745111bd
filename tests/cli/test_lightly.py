"""A server is loaded without what it does not need, and the process can still load that afterwards."""

import subprocess
import sys

PROGRAM = """
import gc, sys
from hubbub.cli.lightly import loading_lightly
with loading_lightly():
    import hubbub.server.app, structlog
print("rich" in sys.modules, "pygments" in sys.modules, gc.isenabled())
import rich.console, structlog.dev
print("rich" in sys.modules)
"""


def test_a_server_is_loaded_without_decoration() -> None:
    """Nor does anybody look for garbage meanwhile; whoever wants the decoration later still finds it."""
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ["False False False", "True"]
