"""What programs add to a message in Slack, as text in Slack's own markup."""

from hubbub.wire.transfer.slack_shapes import SlackAttachment, SlackField


def describe_attachment(attachment: SlackAttachment) -> str:
    """Return what an attachment tells, a part a line; where it tells nothing else, what stands in for it."""
    fields = (_describe_field(field) for field in attachment.fields or () if field is not None)
    told = filter(None, (attachment.pretext, _title(attachment), attachment.text, *fields))
    return "\n".join(told) or attachment.fallback or ""


def _title(attachment: SlackAttachment) -> str:
    title, link = attachment.title or "", attachment.title_link or ""
    # Whatever would end the link before its end is no link.
    if not link or not link.startswith(("http://", "https://")) or not link.isprintable() or set(link) & set("<>| "):
        return title
    return f"<{link}|{title}>" if title else f"<{link}>"


def _describe_field(field: SlackField) -> str:
    title, value = field.title or "", "" if field.value is None else str(field.value)
    return f"*{title}:* {value}" if title and value else title or value
