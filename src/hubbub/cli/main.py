"""The command `hubbub`."""

from typing import Final

import click

from hubbub.cli.admin import admin
from hubbub.cli.backup import backup
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
  nc 127.0.0.1 4242                         join it from a terminal
  hubbub send '#lobby' 'hello'              say something from a script
  hubbub tail '#lobby'                      see what is said
  hubbub check-config --config hubbub.toml  see what a configuration means
  hubbub doctor                             see what is wrong, and how to mend it
  hubbub backup /var/backups/               keep everything, while the server runs
  hubbub export '#lobby' -o lobby.html      keep what was said in a room
  hubbub import slack.zip --dry-run         see what would come from an archive
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hubbub", message="hubbub %(version)s")
def main() -> None:
    """One port, every client: a self-hosted chat server."""


main.add_command(serve)
main.add_command(check_config)
main.add_command(admin)
main.add_command(export)
main.add_command(import_)
main.add_command(backup)
main.add_command(restore)
main.add_command(doctor)
main.add_command(completion)
for command in (send, tail, history, search, rooms, who, upload, login, logout, servers):
    main.add_command(command)
