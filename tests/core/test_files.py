"""Files: what they are called, and how messages show them."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hubbub.core.catalog import AnyCommand, Record
from hubbub.core.deciding import decide
from hubbub.core.features.annotating import Reply
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.files import NAME_LENGTH, NAMELESS, FileId, FileView, clean_file_name, describe_size
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.limits import Limits
from hubbub.core.notes import MessageRef
from hubbub.core.scene import Scene
from hubbub.wire.records import decode_event, encode_event
from tests.core.world import World, person_id

ONE = FileView(FileId("1"), "one.png", "image/png", 5, 3, 2, has_thumbnail=True)


@pytest.mark.parametrize(
    ("sent", "called"),
    [
        ("tea.png", "tea.png"),
        ("Žluťoučký kůň.pdf", "Žluťoučký kůň.pdf"),
        ("日本語.txt", "日本語.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\tea.png", "tea.png"),
        ("/", NAMELESS),
        ("..", NAMELESS),
        ("", NAMELESS),
        (" . ", NAMELESS),
        (".htaccess", "htaccess"),
        ("tea.png.", "tea.png"),
        ("tea\0.png", "tea.png"),
        ("tea\r\nSet-Cookie: x=1.png", "teaSet-Cookie_ x=1.png"),
        ("\x1b[2Jtea.png", "[2Jtea.png"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\u2066a\u2069\u200b.png", "a.png"),
        ('a"b<c>|?*.png', "a_b_c____.png"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Lpt1.tar.gz", "_Lpt1.tar.gz"),
        ("console.txt", "console.txt"),
        ("a   b\tc.txt", "a bc.txt"),
        ("e\u0301.txt", "é.txt"),
        ("x" * 300 + ".jpeg", "x" * (NAME_LENGTH - 5) + ".jpeg"),
        ("x" * 300, "x" * NAME_LENGTH),
        ("x." + "y" * 300, "x." + "y" * (NAME_LENGTH - 2)),
    ],
)
def test_what_a_file_is_called(sent: str, called: str) -> None:
    """No path, no control, nothing that hides how it ends, nothing that a system has for itself."""
    assert clean_file_name(sent) == called


@given(st.text(max_size=300) | st.text(alphabet="./\\ \u202e\x00:conCON1", max_size=300))
def test_any_name_becomes_one_that_is_clean_already(sent: str) -> None:
    """Short, on one line, and the same if it is cleaned again."""
    name = clean_file_name(sent)
    assert 0 < len(name) <= NAME_LENGTH
    assert clean_file_name(name) == name
    assert not {"/", "\\", "\n", "\0"} & set(name)
    assert not any(unicodedata.category(one) in {"Cc", "Cs"} for one in name)
    assert not name.startswith(".")
    name.encode()


def test_a_message_without_files_costs_nothing() -> None:
    """What is stored of one is what was stored before there were any; and with files it comes back the same."""
    said = Said(PersonId("a"), "ann", "hi")
    assert b"files" not in encode_event(said)
    showing = replace(said, files=(ONE, FileView(FileId("2"), "two", "text/plain", 1)))
    assert decode_event(encode_event(showing)) == showing
    assert msgspec.json.decode(encode_event(showing))["files"][1] == {
        "id": "2",
        "name": "two",
        "media_type": "text/plain",
        "size_bytes": 1,
    }


def test_what_stands_for_a_message_without_words() -> None:
    """What its files are called."""
    said = Said(PersonId("a"), "ann", "", files=(ONE, replace(ONE, name="two.png")))
    assert said.gist == "one.png, two.png"
    assert replace(said, text="hi").gist == "hi"
    assert ONE.is_picture
    assert not replace(ONE, width=0).is_picture


def scene(*views: FileView, limits: Limits = Limits()) -> Scene:  # noqa: B008 - frozen
    """Return what Ann looks at who is in a room with Bob, and has found these files."""
    world = World("ann", "bob")
    tea = world.channel("#tea", "ann", "bob")
    message = Record(tea.id, Seq(9), 0, Said(person_id("bob"), "bob", "what?"))
    world.direct("ann", "bob")
    return Scene(world.house, world.person("ann"), limits, 0, "", message, views)


def commands(text: str, *ids: str) -> list[AnyCommand]:
    """Return all that can be said with files."""
    files = tuple(map(FileId, ids))
    ref = MessageRef(scene().house.require_channel("#tea").id, Seq(9))
    return [Say("#tea", text, files=files), Tell(("bob",), text, files=files), Reply(ref, text, files=files)]


@pytest.mark.parametrize("command", commands("", "1", "2", "1"), ids=lambda one: type(one).__name__)
def test_what_is_said_shows_files(command: AnyCommand) -> None:
    """Each once, in the order in which they were named; no words are needed then."""
    two = replace(ONE, id=FileId("2"))
    decision = decide(scene(two, ONE), command)
    ((_, said),) = decision.events
    assert isinstance(said, Said)
    assert (said.text, said.files) == ("", (ONE, two))


@pytest.mark.parametrize("command", commands("hi", "1", "2"), ids=lambda one: type(one).__name__)
def test_what_is_not_there_is_not_shown(command: AnyCommand) -> None:
    """Nor is anything said."""
    with pytest.raises(Refused) as caught:
        decide(scene(ONE), command)
    assert caught.value.refusal.code == "no_such_file"


@pytest.mark.parametrize("command", commands("hi", "1", "2", "3"), ids=lambda one: type(one).__name__)
def test_a_message_shows_few_files(command: AnyCommand) -> None:
    """As many as the operator allows; 0 allows any."""
    views = tuple(replace(ONE, id=FileId(id_)) for id_ in "123")
    with pytest.raises(Refused) as caught:
        decide(scene(*views, limits=Limits(files_per_message=2)), command)
    assert caught.value.refusal.code == "too_many_files"
    for most in (3, 0):
        assert decide(scene(*views, limits=Limits(files_per_message=most)), command).events


@pytest.mark.parametrize("command", commands(" \x07\n"), ids=lambda one: type(one).__name__)
def test_without_files_there_must_be_words(command: AnyCommand) -> None:
    """As ever."""
    with pytest.raises(Refused) as caught:
        decide(scene(ONE), command)
    assert caught.value.refusal.code == "empty"


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (1_234_567, "1.2 MB"),
        (5 * 10**12, "5.0 TB"),
        (10**16, "10000.0 TB"),
    ],
)
def test_sizes_are_told_as_people_read_them(size: int, told: str) -> None:
    """In thousands, as disks are sold."""
    assert describe_size(size) == told
