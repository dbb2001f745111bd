"""An operator's commands, while the server runs: within seconds it does what was written into its data."""

import subprocess
import sys
from pathlib import Path

from tests.outside.conftest import UNHURRIED, Connect, StartServer
from tests.outside.raw import PATIENCE_SECONDS

PASSWORD = "correct horse battery"


def admin(data: Path, *arguments: str, typed: str = "") -> str:
    """Run a command on the data of a running server, and return what it says."""
    command = [sys.executable, "-m", "hubbub", "admin", "--data", str(data), *arguments]
    answer = subprocess.run(
        command, input=typed + "\n", capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def test_accounts_from_the_command_line(start_server: StartServer, connect: Connect) -> None:
    """One that is created can log in, one that is disabled is sent away and stays out, one that is enabled is back."""
    server = start_server("127.0.0.1:0=text", settings=UNHURRIED)
    address = server.address("text")
    # A guest already has the name: it is given to whom it belongs, and he is told.
    guest = connect(address, b"ann\n")
    guest.ping("in")
    admin(server.data, "create", "ann", typed=PASSWORD)
    guest.hear(b"now known as 'ann2'")
    ann = connect(address, b"ann\n")
    ann.hear(b"type its password")
    ann.send(f"{PASSWORD}\n".encode())
    ann.hear(b"assigned the username 'ann'")
    admin(server.data, "disable", "ann", "--reason", "holidays")
    ann.hear(b"Your account was disabled.")
    ann.hear_rest()
    again = connect(address, f"/login ann {PASSWORD}\n".encode())
    again.hear(b"is disabled")
    admin(server.data, "enable", "ann")
    # The server looks for what others have written every other second.
    later = connect(address)
    while True:
        later.send(f"/login ann {PASSWORD}\n".encode())
        if b"assigned" in later.hear(b"'ann'"):
            break
