"""Markdown and HTML: what somebody wrote is shown, and stays where it stands."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.transfer.html_page import HtmlWriter
from hubbub.wire.transfer.markdown import MarkdownWriter, escape, quote
from hubbub.wire.transfer.prose import REMEMBERED
from hubbub.wire.transfer.things import Gone, MessageThing, Person, RoomThing
from tests.wire.transfer.things import HEADER, MESSAGES, ROOM, said

HISTORY = [
    said(1, "Who wants tea?\nI do."),
    said(2, "me & <b>bob</b>", reply_to="1", name="bob", is_pinned=True),
    said(3, "", deleted=Gone(Person("carol"), "spam")),
    said(90_000, "next day", edited=HEADER.made, reactions={"👍": (Person("bob"), Person("carol"))}),
]


def markdown(messages: list[MessageThing], room: RoomThing = ROOM) -> str:
    """Return a whole document."""
    writer = MarkdownWriter()
    return writer.begin(HEADER, room) + "".join(map(writer.write, messages)) + writer.end(len(messages))


def page(messages: list[MessageThing], room: RoomThing = ROOM) -> str:
    """Return a whole page."""
    writer = HtmlWriter()
    return writer.begin(HEADER, room) + "".join(map(writer.write, messages)) + writer.end(len(messages))


def test_markdown_for_people() -> None:
    """A heading a day, who and when before each text, and what became of it."""
    assert markdown(HISTORY) == MARKDOWN


MARKDOWN = r"""# \#tea

Tea, and \<cake\>

Exported 2026-11-25 00:00. Times are UTC.

## Tuesday, 2025-11-25

**ann** 12:00:01

> Who wants tea?
> I do.

**bob** 12:00:02 · pinned

↩ ann: Who wants tea? I do.

> me & &lt;b>bob&lt;/b>

**ann** 12:00:03

*This message was deleted by carol: spam*

## Wednesday, 2025-11-26

**ann** 13:00:00 · edited

> next day

👍 bob, carol

---

4 messages
"""


@given(st.text(st.sampled_from("<>!?/a[]:(x) \n\r-*`#\\=1.\t~\u2028"), max_size=60))
def test_no_text_leaves_its_quotation(text: str) -> None:
    """Each of its lines is quoted, none begins a tag, and none defines a link for the whole document."""
    lines = quote(text).split("\n")
    assert all(line.startswith(">") for line in lines)
    assert not any(re.search("<[A-Za-z/!?]", line) for line in lines)
    assert not any(re.match(r"> *\[(?![ xX]\] )[^\]]*\]:", line) for line in lines)


def test_links_and_tasks_stay_what_they_are() -> None:
    """Only what might be a definition is escaped."""
    assert quote("[a](http://b)\n- [ ] task\n[c]: d\na < b, x[0]: y") == (
        "> [a](http://b)\n> - [ ] task\n> \\[c]: d\n> a < b, x[0]: y"
    )


def test_names_and_topics_mean_nothing_in_markdown() -> None:
    """A name is text, whatever it is made of."""
    assert escape("_*[x](y)*_") == r"\_\*\[x\](y)\*\_"
    assert [escape(line) for line in ("# a", "- a", "12. a", "a - b. c: d")] == [
        r"\# a",
        r"\- a",
        r"12\. a",
        "a - b. c: d",
    ]


class Outline(HTMLParser):
    """Reads a page: which elements it has, whether they nest, and what its texts are."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Require that the last one opened ends."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


@given(st.lists(MESSAGES, max_size=3))
def test_a_page_is_whole_whatever_was_written(messages: list[MessageThing]) -> None:
    """Elements nest, there is nothing that runs, and each text is there."""
    outline = Outline(page(messages))
    assert not {"script", "iframe", "img", "form"} & set(outline.tags)
    assert outline.tags.count("article") == len(messages)
    assert not {name for name in outline.attributes if name.startswith("on")}
    shown = "".join(outline.texts)
    # The parser makes one line end of CR LF, as browsers do.
    assert all(message.deleted or message.text in shown for message in messages if "\r" not in message.text)


def test_a_page_for_people() -> None:
    """Days are sections, times are anchors, answers lead to what they answer, and a policy lets nothing run."""
    shown = page(HISTORY)
    outline = Outline(shown)
    assert outline.tags.count("section") == 2
    assert "default-src 'none'" in shown
    assert '<a class="reply" dir="auto" href="#m1">ann: Who wants tea? I do.</a>' in shown
    assert "me &amp; &lt;b&gt;bob&lt;/b&gt;" in shown
    assert "This message was deleted by carol: spam" in shown
    assert '<li title="bob, carol">👍 2</li>' in shown


def test_addresses_are_links() -> None:
    """The punctuation behind them is not theirs, and only the web's are."""
    outline = Outline(page([said(1, 'see https://a.example/?b=1&c="x". javascript:alert(1)')]))
    assert "https://a.example/?b=1&c=" in outline.links[-1]
    assert not any("javascript" in link for link in outline.links)


def test_what_was_long_ago_is_linked_and_not_quoted() -> None:
    """Only so many messages are remembered."""
    messages = [said(number, "hi") for number in range(1, REMEMBERED + 2)]
    late = [*messages, said(REMEMBERED + 2, "x", reply_to="1"), said(REMEMBERED + 3, "y", reply_to="3")]
    shown = page(late)
    assert 'href="#m1">an earlier message<' in shown
    assert 'href="#m3">ann: hi<' in shown


def test_conversations_are_called_by_whose_they_are() -> None:
    """A room without a name has the names of its people."""
    room = RoomThing("7", "", "direct", members=(Person("ann"), Person("bob")))
    assert "<title>ann, bob</title>" in page([], room)
    assert markdown([], room).startswith("# ann, bob\n")


def test_messages_are_counted_in_words() -> None:
    """One is one."""
    for count, words in ((0, "0 messages"), (1, "1 message"), (2, "2 messages")):
        assert f"\n{words}\n" in markdown(HISTORY[:count])
        assert f"<p>{words}</p>" in page(HISTORY[:count])
