"""What programs send to a webhook: our JSON, plain text, a form, or what they would send to Slack."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from hubbub.core.kinds import Manner
from hubbub.wire.native import describe_fault
from hubbub.wire.transfer.slack_attachments import describe_attachment
from hubbub.wire.transfer.slack_shapes import SlackAttachment
from hubbub.wire.transfer.slack_text import SlackText

BODY_BYTES: Final = 131_072
"""Longest body that is read: JSON may write each byte of the longest text as six, and there is more than the text."""

FORM_FIELDS: Final = 32
"""Most fields of a form: one of them is looked for."""

PARTS_LIMIT: Final = 200
"""Most blocks, attachments, or elements of one, that are read; Slack takes 50 blocks and 100 attachments."""

FORM_TYPE: Final = "application/x-www-form-urlencoded"
"""Also what curl calls everything that it is told to send, unless it is told otherwise."""

JSON_TYPE: Final = "application/json"

_CHARSETS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})
"""What plain text may be encoded in; of the codecs that Python has besides, some are no text, some take a square of
time."""

_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)


class UnfitPost(ValueError):  # noqa: N818 - named by what is wrong
    """What was sent means nothing; the text says why, for whoever sent it."""


class HookMessage(msgspec.Struct, frozen=True):
    """What a program wants to say."""

    text: str
    name: str = ""
    """What it wants to be called; empty for the webhook's own name."""
    manner: Manner = "text"
    reply_to: str = ""
    """The id of the message that it answers."""
    nonce: str = ""
    """See `core.nonces`."""


class SlackMessage(HookMessage, frozen=True):
    """What a program wants to say that takes this for Slack."""


class _Text(msgspec.Struct, frozen=True):
    """A text object of Slack's: https://docs.slack.dev/reference/block-kit/composition-objects/text-object."""

    type: str = ""
    text: str = ""
    alt_text: str = ""
    """Of an image that stands among texts."""


class _Block(msgspec.Struct, frozen=True):
    """A layout block of Slack's: https://docs.slack.dev/reference/block-kit/blocks. Those not meant are passed over."""

    type: str = ""
    text: _Text | None = None
    fields: list[_Text | None] | None = None
    elements: list[msgspec.Raw] | None = None
    """Of other kinds in other blocks."""
    title: _Text | None = None
    alt_text: str = ""
    image_url: str = ""


class _Attachment(SlackAttachment, frozen=True):
    """What a program sends in old ways; it may hold blocks."""

    blocks: list[_Block | None] | None = None


class _Posted(HookMessage, frozen=True, kw_only=True):
    """Our own message and Slack's, which share the word `text`."""

    text: str | None = None  # type: ignore[assignment] # Slack's may have none
    username: str | None = None
    attachments: list[_Attachment | None] | None = None
    blocks: list[_Block | None] | None = None
    mrkdwn: bool | None = None

    @property
    def is_slack(self) -> bool:
        """Whether nobody but Slack has what it says."""
        return any(one is not None for one in (self.username, self.attachments, self.blocks, self.mrkdwn))


_decoder: Final = msgspec.json.Decoder(_Posted)
_text_decoder: Final = msgspec.json.Decoder(_Text)
_slack: Final = SlackText({}, {})


def parse_post(content_type: str, body: bytes, *, is_slack: bool = False) -> HookMessage:
    """Return what a program wants to say; `is_slack` where it takes this for Slack. Raises `UnfitPost`."""
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    # Many programs send JSON and do not say so: curl calls it a form.
    is_unsaid = kind in {"", FORM_TYPE} and body.lstrip()[:1] == b"{"
    if kind == JSON_TYPE or kind.endswith("+json") or is_unsaid:
        return _read_json(body, is_slack=is_slack)
    if kind == FORM_TYPE:
        return _read_form(body, is_slack=is_slack)
    if kind and not kind.startswith("text/"):
        raise UnfitPost(f"This is no place for {kind[:60]!r}: send JSON, a text, or what you would send to Slack.")
    return _read_text(body, parameters, is_slack=is_slack)


def _read_text(body: bytes, parameters: str, *, is_slack: bool) -> HookMessage:
    charset = next(
        (value.strip(' "').lower() for name, _, value in _parameters(parameters) if name.strip().lower() == "charset"),
        "utf-8",
    )
    if charset not in _CHARSETS:
        raise UnfitPost("The text is in no encoding that is understood here: send UTF-8.")
    try:
        text = body.decode(charset)
    except ValueError:
        raise UnfitPost(f"The text is not in {charset}, as it should be.") from None
    return HookMessage(_slack.read(text) if is_slack else text)


def _parameters(text: str) -> Iterator[tuple[str, str, str]]:
    return (one.partition("=") for one in text.split(";"))


def _read_form(body: bytes, *, is_slack: bool) -> HookMessage:
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FORM_FIELDS, errors="strict"))
    except ValueError:
        fields = {}
    if "payload" in fields:
        return _read_json(fields["payload"].encode(), is_slack=True)
    if "text" in fields:
        return HookMessage(_slack.read(fields["text"]) if is_slack else fields["text"])
    # What curl sends that is told nothing but a text.
    return _read_text(body, "", is_slack=is_slack)


def _read_json(body: bytes, *, is_slack: bool) -> HookMessage:
    try:
        posted = _decoder.decode(body)
        if is_slack or posted.is_slack:
            return SlackMessage(_slack_text(posted), posted.username or posted.name, nonce=posted.nonce)
    except _UNREADABLE as error:
        raise UnfitPost(f"What was sent is not understood: {describe_fault(error)}.") from None
    if posted.text is None:
        raise UnfitPost('There is no "text" in what was sent.')
    return HookMessage(posted.text, posted.name, posted.manner, posted.reply_to, posted.nonce)


def _slack_text(posted: _Posted) -> str:
    """Return what Slack would show: blocks instead of the text, and attachments below."""
    blocks = "\n".join(filter(None, _describe_blocks(posted.blocks)))
    text = posted.text or ""
    parts = [blocks or (text if posted.mrkdwn is False else _slack.read(text))]
    for attachment in (posted.attachments or ())[:PARTS_LIMIT]:
        if attachment is not None:
            parts += filter(None, _describe_blocks(attachment.blocks))
            parts.append(_slack.read(describe_attachment(attachment)))
    return "\n".join(filter(None, parts))


def _describe_blocks(blocks: list[_Block | None] | None) -> Iterator[str]:
    for block in (blocks or ())[:PARTS_LIMIT]:
        if block is not None:
            yield "\n".join(filter(None, _describe_block(block)))


def _describe_block(block: _Block) -> Iterator[str]:
    match block.type:
        case "section":
            yield _show(block.text)
            yield from map(_show, (block.fields or ())[:PARTS_LIMIT])
        case "header":
            shown = _show(block.text)
            yield f"**{shown}**" if shown and "\n" not in shown else shown
        case "context":
            elements = (_text_decoder.decode(element) for element in (block.elements or ())[:PARTS_LIMIT])
            yield " · ".join(filter(None, map(_show, elements)))
        case "image":
            yield " ".join(filter(None, (_show(block.title) or block.alt_text, block.image_url)))
        case _:
            pass


def _show(text: _Text | None) -> str:
    if text is None:
        return ""
    return _slack.read(text.text) if text.type == "mrkdwn" else text.text or text.alt_text
