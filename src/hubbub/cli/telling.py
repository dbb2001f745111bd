"""Telling: sentences on standard error, a line each, or folded between words where a person reads them."""

import shutil
import sys
import textwrap

import click


def tell(sentence: str) -> None:
    """Write a sentence for people; programs that collect them get it in one line."""
    if sys.stderr.isatty():
        sentence = fold(sentence, shutil.get_terminal_size().columns)
    click.echo(sentence, err=True)


def fold(sentence: str, columns: int) -> str:
    """Return the sentence in lines of at most so many columns; what is to be copied, a path or a URL, stays whole."""
    return textwrap.fill(sentence, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
