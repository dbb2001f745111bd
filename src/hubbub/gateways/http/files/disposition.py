"""Disposition: whether a browser shows a file or saves it, and as what (RFC 6266, RFC 8187)."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

from hubbub.service.media import INLINE

_PLAIN: Final = re.compile(r"[^ !#$&'()+,\-.0-9;=@A-Z\[\]^_`a-z{}~]")
"""What does not stand in a quoted name for old programs: no quotes, no backslash, and no percent sign, which some would
decode. RFC 6266, appendix D."""

_UNESCAPED: Final = "!#$&+-.^_`|~"
"""What needs no escape in the name as RFC 8187 section 3.2.1 writes it, besides letters and digits."""


def disposition(name: str, media_type: str) -> str:
    """Return the field for a file. Only what cannot run anything is ever shown."""
    how = "inline" if media_type in INLINE else "attachment"
    without_marks = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _PLAIN.sub("_", without_marks if "." in without_marks.strip(". ") else name)
    field = f'{how}; filename="{plain}"'
    return field if plain == name else f"{field}; filename*=UTF-8''{quote(name, safe=_UNESCAPED)}"
