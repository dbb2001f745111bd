"""Fields: the header fields that every answer has, so that a browser does with it what it is for and nothing else."""

from typing import Final

from hubbub.gateways.http.pages import STYLE_HASH

POLICY: Final = (
    f"default-src 'none'; style-src '{STYLE_HASH}'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing is run or sent anywhere, nothing loaded but the icon of a page, and nobody shows an answer inside something
else. The end is what `default-src` does not reach: CSP level 3, section 6.1.3."""

SAFE_FIELDS: Final = {
    b"content-security-policy": POLICY.encode(),
    # For browsers without `frame-ancestors`. RFC 7034.
    b"x-frame-options": b"DENY",
    b"x-content-type-options": b"nosniff",
    # A code may stand in the address: it must not be told to others, nor be kept anywhere on the way.
    b"referrer-policy": b"no-referrer",
    b"cache-control": b"no-store",
    # No page of another origin gets hold of this one's window, nor of what is answered.
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
"""What holds unless an answer says otherwise itself."""

RawFields = list[tuple[bytes, bytes]]


def complete(fields: RawFields) -> RawFields:
    """Return an answer's header fields with those that it does not set itself."""
    given = {name.lower() for name, _ in fields}
    return [*fields, *(field for field in SAFE_FIELDS.items() if field[0] not in given)]
