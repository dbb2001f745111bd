"""`hubbub completion`: what makes a shell complete hubbub's commands and options."""

from typing import Final

import click
from click.shell_completion import get_completion_class

PROGRAM: Final = "hubbub"

VARIABLE: Final = "_HUBBUB_COMPLETE"
"""By this the shell asks the program itself, as click expects it: https://click.palletsprojects.com/shell-completion."""

_EXAMPLES: Final = """\b
Examples:
  hubbub completion bash > ~/.local/share/bash-completion/completions/hubbub
  hubbub completion zsh > ~/.zfunc/_hubbub       with fpath+=~/.zfunc before compinit in ~/.zshrc
  hubbub completion fish > ~/.config/fish/completions/hubbub.fish
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes your shell complete commands and options with the Tab key.

    Write it where the shell looks for such files, once, and open a new shell.
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"click cannot complete in {shell}.")
    root = click.get_current_context().find_root().command
    click.echo(found(root, {}, PROGRAM, VARIABLE).source())
