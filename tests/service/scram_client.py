"""The client's side of SCRAM-SHA-256, as RFC 5802 has it, and nothing of ours."""

import base64
import hashlib
import hmac


class ScramClient:
    """Somebody who knows a name and a password."""

    def __init__(self, name: str, password: str, header: str = "n,,", nonce: str = "fyko+d2lbbFgONRv") -> None:
        self.header = header
        self._password = password
        self._bare = f"n={name.replace('=', '=3D').replace(',', '=2C')},r={nonce}"
        self._nonce = nonce
        self._signature = b""

    @property
    def first(self) -> str:
        """What it says first."""
        return self.header + self._bare

    def prove(self, challenge: str) -> str:
        """Return what it says to a challenge."""
        fields = dict(part.split("=", 1) for part in challenge.split(","))
        assert fields["r"].startswith(self._nonce)
        assert len(fields["r"]) > len(self._nonce)
        salted = hashlib.pbkdf2_hmac("sha256", self._password.encode(), base64.b64decode(fields["s"]), int(fields["i"]))
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        final = f"c={base64.b64encode(self.header.encode()).decode()},r={fields['r']}"
        said = f"{self._bare},{challenge},{final}".encode()
        signature = hmac.digest(hashlib.sha256(client_key).digest(), said, "sha256")
        proof = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
        self._signature = hmac.digest(hmac.digest(salted, b"Server Key", "sha256"), said, "sha256")
        return f"{final},p={base64.b64encode(proof).decode()}"

    def believes(self, server_final: str) -> bool:
        """Say whether the server knows the password, too."""
        return server_final == f"v={base64.b64encode(self._signature).decode()}"
