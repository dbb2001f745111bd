"""The command `hubbub`."""

from collections.abc import Mapping
from typing import Final

import click

from hubbub.cli.admin import admin
from hubbub.cli.backup import backup
from hubbub.cli.chat import chat
from hubbub.cli.check_config import check_config
from hubbub.cli.completion import completion
from hubbub.cli.doctor import doctor
from hubbub.cli.export import export
from hubbub.cli.history import history
from hubbub.cli.import_ import import_
from hubbub.cli.login import login
from hubbub.cli.logout import logout
from hubbub.cli.restore import restore
from hubbub.cli.rooms import rooms
from hubbub.cli.search import search
from hubbub.cli.send import send
from hubbub.cli.serve import serve
from hubbub.cli.servers import servers
from hubbub.cli.tail import tail
from hubbub.cli.upload import upload
from hubbub.cli.who import who

_EXAMPLES: Final = """\b
Examples:
  hubbub serve                              start a server on 127.0.0.1:4242
  hubbub serve --listen 0.0.0.0:4242        let other machines in
  hubbub chat                               join it from a terminal
  hubbub send '#lobby' 'hello'              say something from a script
  hubbub tail '#lobby'                      see what is said
  hubbub check-config --config hubbub.toml  see what a configuration means
  hubbub doctor                             see what is wrong, and how to mend it
  hubbub backup /var/backups/               keep everything, while the server runs
  hubbub export '#lobby' -o lobby.html      keep what was said in a room
  hubbub import slack.zip --dry-run         see what would come from an archive
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


_GROUPS: Final[Mapping[str, Mapping[click.Command, str]]] = {
    "Talk": {
        chat: "talk, in a terminal",
        send: "say something to rooms and people",
        tail: "see what is said, as it is said",
        history: "see what was said before",
        search: "find what was said",
        rooms: "see which rooms there are",
        who: "see who is there",
        upload: "send files, and get links to them",
    },
    "Be somebody": {
        login: "be who has an account, from now on",
        logout: "be a guest again",
        servers: "see which servers are remembered",
        completion: "let your shell complete all of this",
    },
    "Run a server": {
        serve: "start one",
        check_config: "see which settings hold, or what is wrong",
        admin: "see to accounts, invitations and rooms",
        doctor: "see what is wrong, and how to mend it",
        backup: "put everything into one file",
        restore: "get everything back from it",
        export: "keep what was said as a page, JSON or Markdown",
        import_: "bring what was said elsewhere",
    },
}
"""Every command, by what it is for, with what the list of them says about it."""


class _Grouped(click.Group):
    """Lists its commands by what they are for, what one needs first at the top."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list, as click asks for it."""
        del ctx
        width = max(map(len, self.commands))
        for title, group in _GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{command.name:<{width}}", says) for command, says in group.items()])


@click.group(cls=_Grouped, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hubbub", message="hubbub %(version)s")
def main() -> None:
    """One port, every client: a self-hosted chat server."""


for group in _GROUPS.values():
    for command in group:
        main.add_command(command)
