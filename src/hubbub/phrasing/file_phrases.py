"""File phrases: how the files of a message look in plain lines: what each is called, how large it is, and its link."""

import re
from typing import Final

from hubbub.core.features.messages import Said
from hubbub.core.files import FileId, FileView, describe_size
from hubbub.wire.links import UNKNOWN, file_link


class FileLinks:
    """How files are shown; one for all who speak for a server."""

    def __init__(self, server: str = UNKNOWN) -> None:
        self.server = server
        """What links begin with. May change at any time; what is shown from then on has the new one."""

    def show(self, view: FileView) -> str:
        """Return the line that stands for a file."""
        return f"{view.name} ({describe_size(view.size_bytes)}) {file_link(self.server, view.id)}"

    def text_of(self, said: Said) -> str:
        """Return what was said, and a line for each of its files."""
        if not said.files:
            return said.text
        return "\n".join([*([said.text] if said.text else []), *map(self.show, said.files)])

    def find_in(self, text: str) -> tuple[str, tuple[FileId, ...]]:
        """Return a text without the links to files of this server that are in it, and those files."""
        # Whoever sent a file by the one scheme has such a link to it, whichever others are shown.
        begin = file_link(self.server, FileId("")).partition("://")[2]
        if begin not in text:
            return text, ()
        link = re.compile(rf"https?://{re.escape(begin)}([A-Za-z0-9_-]+)(?:/[^\s]*)?")
        files = tuple(dict.fromkeys(map(FileId, link.findall(text))))
        return " ".join(link.sub("", text).split(" ")).strip(), files


NO_LINKS: Final = FileLinks()
"""For those who know no server."""
