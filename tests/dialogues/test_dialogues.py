"""Every dialogue in this folder holds on a real server. How they are written: `README.md`."""

from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.harness.administrator import appoint
from tests.harness.parse import parse
from tests.harness.play import Player
from tests.harness.stage import listeners_for, settings_for
from tests.harness.tls_relay import relay_for

SCRIPTS = sorted(Path(__file__).parent.glob("**/*.dialogue"))


@pytest.mark.parametrize("path", SCRIPTS, ids=[f"{path.parent.name}-{path.stem}" for path in SCRIPTS])
def test_dialogue(path: Path, start_server: StartServer) -> None:
    """What the script says happens, nothing else does, and the server has nothing to complain of."""
    script = parse(path.read_text(), path)
    server = start_server(*listeners_for(script), settings=settings_for(script))
    appoint(script, server)
    with relay_for(script, server) as relay:
        Player(script, server, relay).play()
    assert not server.complaints(), server.explain("the server complained")
