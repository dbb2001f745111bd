"""SSH: whether it is spoken, by what clients know the server again, and who can read the key."""

from collections.abc import Iterator
from pathlib import Path

from hubbub.server.doctor.certificates import may_others_read
from hubbub.server.doctor.findings import Finding, ok, problem, warning
from hubbub.server.errors import StartError
from hubbub.server.host_key import HOST_KEY_FILE, host_key_fingerprint
from hubbub.server.ssh import is_ssh_installed


def look_at_ssh(folder: Path) -> Iterator[Finding]:
    """Look at the host key in the data folder."""
    file = folder / HOST_KEY_FILE
    if not is_ssh_installed():
        yield ok("ssh", "Nobody can come by SSH; pip install 'hubbub[ssh]' would change that.")
        return
    if not file.exists():
        yield ok("ssh", "The server makes an SSH host key at its first start.")
        return
    try:
        fingerprint = host_key_fingerprint(file.read_bytes(), file)
    except StartError as error:
        yield problem("ssh", error.sentence)
        return
    except OSError as error:
        yield problem(
            "ssh", f"The SSH host key {file} cannot be read: {error.strerror}.", f"chown and chmod 600 {file}"
        )
        return
    yield ok("ssh", f"The SSH host key is {fingerprint}.")
    if may_others_read(mode := file.stat().st_mode):
        what = f"Others on this machine can read the key {file} (mode {mode & 0o777:o})."
        yield warning("ssh", what, f"chmod 600 {file}")
