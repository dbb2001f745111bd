"""Message phrases: what is said about messages, and how one that was answered or edited looks, in plain lines."""

from hubbub.core.catalog import PinningEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Removed, Unpinned, Unreacted
from hubbub.core.features.messages import Said
from hubbub.core.notes import Quote
from hubbub.core.texts import in_brackets


def quoted(quote: Quote | None) -> str:
    """Return what stands for a message: who said it, and how it begins as far as it is known."""
    if quote is None:
        return "a message"
    return f'{quote.name} "{quote.text}"' if quote.text else quote.name


def answering(record: Record) -> str:
    """Return what stands behind a speaker's name if he answers something."""
    event = record.event
    if not isinstance(event, Said) or not event.reply_to or record.quote is None:
        return ""
    return f" → {quoted(record.quote)}"


def reaction(record: Record, event: Reacted | Unreacted) -> str:
    """Return who reacted to what."""
    to_what = _possession(record.quote)
    if isinstance(event, Reacted):
        return f"{event.name} reacted {event.reaction} to {to_what}"
    return f"{event.name} took {event.reaction} back from {to_what}"


def deletion(event: Deleted) -> str:
    """Return who deleted what."""
    if event.is_moderated:
        return f"{event.name} deleted a message from {event.writer_name}{in_brackets(event.reason)}."
    return f"{event.name} deleted a message."


def pinning(record: Record, event: PinningEvent) -> str:
    """Return who pinned what."""
    match event:
        case Pinned():
            return f"{event.name} pinned {_possession(record.quote)}."
        case Unpinned():
            return f"{event.name} unpinned {_possession(record.quote)}."


def fixed_line(event: Edited) -> str:
    """Return an edit as one who knows nothing of edits understands it."""
    return f"* {event.name} fixed: {event.text}"


def gone(event: Removed) -> str:
    """Return what stands in history where a message was."""
    return f"(deleted by {event.by}{in_brackets(event.reason)})" if event.by else "(deleted)"


def aftermath(record: Record) -> str:
    """Return what stands behind a message in history if something became of it."""
    note = record.note
    if note is None:
        return ""
    parts = ["(edited)"] if note.edits else []
    if note.reactions:
        counted = ", ".join(f"{one} {len(people)}" for one, people in note.reactions.items())
        parts.append(f"({counted})")
    if note.replies:
        parts.append(f"({note.replies} {'reply' if note.replies == 1 else 'replies'})")
    return "".join(f" {part}" for part in parts)


def _possession(quote: Quote | None) -> str:
    if quote is None:
        return "a message"
    return f'"{quote.text}" from {quote.name}' if quote.text else f"a message from {quote.name}"
