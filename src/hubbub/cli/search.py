"""`hubbub search`: find what was said in one's rooms."""

from typing import Final

import click

from hubbub.cli.reaching import EXIT_REFUSED, Choice, reaching, run, with_server
from hubbub.cli.showing import as_json, show_json, show_record
from hubbub.cli.telling import tell

_EXAMPLES: Final = """\b
Examples:
  hubbub search release notes
  hubbub search 'from:ann in:#ops after:2026-11-01 "out of memory"'
  hubbub search rollback --best --json | jq -r .id
"""
"""Shown below the help; click keeps the lines as they are after its mark `\\b`."""


@click.command(epilog=_EXAMPLES)
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "count", default=20, show_default=True, type=click.IntRange(1), help="Most messages to show.")
@click.option("--best", is_flag=True, help="What fits best first; else the newest.")
@click.option("--json", "is_json", is_flag=True, help="An object a line, for programs.")
@with_server
def search(choice: Choice, *, words: tuple[str, ...], count: int, best: bool, is_json: bool) -> None:
    """Show the messages in your rooms and conversations that have all these WORDS.

    Guests find what is said in #lobby. docs/how-to/search.md says what else can be asked. Exit code 1: nothing found.
    """
    run(_search(choice, " ".join(words), count, is_best=best, is_json=is_json))


async def _search(choice: Choice, text: str, count: int, *, is_best: bool, is_json: bool) -> int:
    from hubbub.client.records import record_of

    async with reaching(choice, ["#lobby"]) as hub:
        hits = [hit async for hit in hub.search(text, count, order="best" if is_best else "newest")]
        you, base_url = hub.model.you.id, hub.endpoint.base_url
    for hit in hits:
        record = record_of(hit.record, hit.room, you)
        if is_json:
            show_json(as_json(record) | {"spans": hit.spans})
        else:
            show_record(record, base_url, is_json=False, with_room=True, with_id=True)
    if not hits:
        tell("Nothing in your rooms is like this.")
        return EXIT_REFUSED
    return 0
