"""Names: which are legal, which are the same, and what is offered instead of one that is not to be had."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from precis_i18n import get_profile

from hubbub.core.kinds import Refused
from hubbub.core.names import (
    NAME_LIMIT,
    RESERVED_KEYS,
    ROOM_NAME_LIMIT,
    Name,
    find_key,
    parse_name,
    parse_room_name,
    suggest_name,
)
from tests.fuzz.budget import QUICK

ASCII_NAMES = st.text(st.characters(max_codepoint=0x7F), max_size=NAME_LIMIT + 1)

ALL_TEXTS = st.text(
    st.characters() | st.sampled_from("ab1_.'-# \u200d\u202e\u0301\u017fßİשـÅ\uff0c\uff23👍\ud800"), max_size=70
)

MOST_QUESTIONS = 100
"""How often `suggest_name` promises to ask at most."""


def is_refused(text: str) -> bool:
    """Say whether nobody may be called so."""
    try:
        parse_name(text)
    except Refused:
        return True
    return False


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ann",
            "Ann",
            "o'hara",
            "john.doe",
            "bob_",
            "_bob",
            "3com",
            "bob|away",
            "bob^",
            "a{b}",
            "x" * NAME_LIMIT,
            "J-L",
        ),
        *("Jürgen", "Ελένη", "Дмитрий", "山田太郎", "أحمد", "שלום", "हिन्दी", "col·lecció"),
    ],
)
def test_names_of_all_languages_are_legal(text: str) -> None:
    """Letters, digits and marks of every script, and the punctuation that names have."""
    assert parse_name(text).shown == text


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("", "at least one", "guest1"),
        ("bob smith", "spaces", "bob_smith"),
        ("x" * 33, "33 characters", "x" * 32),
        ("a,b", "“,”", "ab"),
        ("bob][SERVER", "“]”", "bobSERVER"),
        ("ann:", "“:”", "ann"),
        ("ann@home", "“@”", "annhome"),
        ("#tea", "“#”", "tea"),
        ("/quit", "“/”", "quit"),
        ("-rf", "begins with", "rf"),
        ("'ann'", "begins with", "ann'"),
        ("{ann", "begins with", "ann"),
        ("\u0301ann", "begins with", "guest1"),
        ("ann.", "full stop", "ann"),
        ("12345", "number", "guest12345"),
        ("१२३", "number", "guest१२३"),
        ("Server", "“Server”", "guest1"),
        ("\uff33\uff45rver", "“Server”", "guest1"),
        ("a\uff0cb", "“,”", "ab"),
        ("ann\x1b[31m", "U+001B", "ann31m"),
        ("ann\u202e", "U+202E", "ann"),
        ("a\u200bb", "U+200B", "ab"),
        ("a\u2028b", "U+2028", "a_b"),
        ("ab\u05d0", "one direction", "guest1"),
        ("👍", "“👍”", "guest1"),
        ("ann👍", "“👍”", "ann"),
        ("\ud800", "U+D800", "guest1"),
        ("ﬁn", "“ﬁ”", "fin"),
    ],
)
def test_a_refusal_names_its_reason_and_offers_something_near(text: str, reason: str, suggestion: str) -> None:
    """One sentence that any terminal can show, and what of the wish can be kept."""
    with pytest.raises(Refused) as caught:
        parse_name(text)
    refusal = caught.value.refusal
    assert refusal.code == "bad_name"
    assert reason in refusal.sentence
    assert refusal.sentence.isprintable()
    assert refusal.suggestion == suggestion


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann", "aNN"), ("Jürgen", "JÜRGEN"), ("Jürgen", "Ju\u0308rgen"), ("\uff21nn", "ann"), ("Дмитрий", "дМИТРИЙ")],
)
def test_capitals_width_and_composition_make_no_difference(one: str, other: str) -> None:
    """Who takes the one has the other too. RFC 8265 section 3.3."""
    assert parse_name(one).key == parse_name(other).key == find_key(other)


@pytest.mark.parametrize(("one", "other"), [("ann", "Anna"), ("weiß", "weiss"), ("José", "Jose"), ("bob_", "bob")])
def test_other_letters_are_other_people(one: str, other: str) -> None:
    """PRECIS maps capitals to small letters and folds nothing else."""
    assert parse_name(one).key != parse_name(other).key


@QUICK
@given(ASCII_NAMES | ASCII_NAMES.map(str.strip))
def test_the_quick_path_agrees_with_precis(text: str) -> None:
    """An ASCII name that is accepted has the key and the form that PRECIS gives it."""
    if not is_refused(text):
        key = get_profile("UsernameCaseMapped").enforce(text)
        shown = get_profile("UsernameCasePreserved").enforce(text)
        assert parse_name(text) == Name(shown, key)


@QUICK
@given(ALL_TEXTS)
def test_any_text_is_a_name_or_refused_with_a_legal_suggestion(text: str) -> None:
    """Nothing else is ever raised, and what is suggested would have been accepted as it stands."""
    try:
        name = parse_name(text)
    except Refused as refused:
        refusal = refused.refusal
        assert refusal.sentence.isprintable()
        assert parse_name(refusal.suggestion).shown == refusal.suggestion
        assert find_key(text) == ""
    else:
        assert parse_name(name.shown) == name
        assert find_key(text) == find_key(name.shown) == name.key
        assert 1 <= len(name.shown) <= NAME_LIMIT
        assert not set(name.shown) & set(', :!@#*?/\\"<>[]')
        assert all(unicodedata.category(letter) not in {"Cc", "Cs", "Zs", "Zl", "Zp"} for letter in name.shown)
        assert unicodedata.bidirectional(name.shown[0]) != "NSM"


@pytest.mark.parametrize("key", sorted(RESERVED_KEYS))
def test_nobody_is_called_like_the_server(key: str) -> None:
    """The names that speak for the server, or for everybody, belong to nobody, in capitals neither."""
    assert is_refused(key.upper())
    assert find_key(key) == ""


@pytest.mark.parametrize(
    ("wanted", "taken", "suggestion"),
    [
        ("ann", (), "ann"),
        ("ann", ("ann",), "ann2"),
        ("Ann", ("ann", "ann2"), "Ann3"),
        ("ann", ("ann", *(f"ann{number}" for number in range(2, 1500))), "ann1500"),
        ("ann2", ("ann2",), "ann3"),
        ("bob1990", ("bob1990",), "bob1990_2"),
        ("bob smith", ("bob_smith",), "bob_smith2"),
        ("x" * 40, ("x" * 32,), "x" * 31 + "2"),
        ("Ünal", ("ünal",), "Ünal2"),
        ("!!!", (), "guest1"),
        ("!!!", ("guest1", "guest2"), "guest3"),
        ("server", (), "guest1"),
        ("42", ("guest42",), "guest43"),
    ],
)
def test_a_suggestion_is_near_and_free(wanted: str, taken: tuple[str, ...], suggestion: str) -> None:
    """The wish itself where it can be had, else with the next number."""
    assert suggest_name(wanted, lambda key: key not in taken) == suggestion


@QUICK
@given(ALL_TEXTS, st.integers(0, 5000))
def test_a_suggestion_is_legal_and_free_and_found_quickly(wanted: str, crowd: int) -> None:
    """However many have the name with a number already, few questions find one that nobody has."""
    wish = suggest_name(wanted, lambda _: True)
    stem = wish.rstrip("0123456789")[: NAME_LIMIT - 4]
    taken = {find_key(wish), *(find_key(f"{stem}{number}") for number in range(crowd))}
    asked: list[str] = []

    def is_free(key: str) -> bool:
        asked.append(key)
        return key not in taken

    assert parse_name(suggest_name(wanted, is_free)).key not in taken
    assert len(asked) <= MOST_QUESTIONS


def test_where_every_name_is_taken_the_search_ends() -> None:
    """A refusal after a bounded number of questions, not a loop."""
    asked: list[str] = []

    def is_free(key: str) -> bool:
        asked.append(key)
        return False

    with pytest.raises(Refused) as caught:
        suggest_name("ann", is_free)
    assert caught.value.refusal.code == "name_taken"
    assert len(asked) <= MOST_QUESTIONS


@pytest.mark.parametrize(
    ("text", "shown", "key"),
    [
        ("#tea", "#tea", "#tea"),
        ("Tea", "#Tea", "#tea"),
        ("##Python", "##Python", "##python"),
        ("#c++", "#c++", "#c++"),
        ("#42", "#42", "#42"),
        ("#ÄRGER", "#ÄRGER", "#ärger"),
        ("#\uff34ea", "#Tea", "#tea"),
        ("#" + "x" * 63, "#" + "x" * 63, "#" + "x" * 63),
    ],
)
def test_rooms_are_compared_like_people(text: str, shown: str, key: str) -> None:
    """A room's name is a `#` and what PRECIS makes of the rest; the `#` may be left out."""
    assert parse_room_name(text) == Name(shown, key)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("", ""),
        ("#", ""),
        ("#tea room", "#tea_room"),
        ("#a,b", "#ab"),
        ("#a:b", "#ab"),
        ("#a\x07b", "#ab"),
        ("#*", ""),
        ("#\u0301", ""),
        ("#a\u202e", ""),
        ("#" + "x" * 64, "#" + "x" * 63),
    ],
)
def test_a_bad_room_name_is_refused(text: str, suggestion: str) -> None:
    """What separates, masks, quotes, or moves a terminal's cursor has no place in the name of a room."""
    with pytest.raises(Refused) as caught:
        parse_room_name(text)
    assert caught.value.refusal.code == "bad_room_name"
    assert caught.value.refusal.suggestion == suggestion
    assert caught.value.refusal.sentence.isprintable()


@QUICK
@given(ALL_TEXTS)
def test_any_text_is_a_room_name_or_refused(text: str) -> None:
    """A name that is accepted is accepted again, and means the same room."""
    try:
        name = parse_room_name(text)
    except Refused as refused:
        suggestion = refused.refusal.suggestion
        assert suggestion == "" or parse_room_name(suggestion).shown == suggestion
    else:
        assert parse_room_name(name.shown) == name
        assert name.key.startswith("#")
        assert 2 <= len(name.shown) <= ROOM_NAME_LIMIT
