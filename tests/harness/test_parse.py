"""The language of dialogues: what can be written, and what is said about mistakes."""

from pathlib import Path

import pytest

from tests.harness import script as s
from tests.harness.expectations import read_expected
from tests.harness.parse import parse
from tests.harness.stage import listeners_for
from tests.harness.texts import BadTextError, read_text

HEADER = "rule: Anything goes.\nann: netcat\nbob: s1\ncarol: s3\n---\n"
PATH = Path("some.dialogue")


def only_step(words: str) -> s.Action:
    """Parse one step."""
    (step,) = parse(HEADER + words, PATH).steps
    return step.action


def test_a_header_says_rule_cast_port_and_settings() -> None:
    """Comments and empty lines are skipped, steps know their line."""
    script = parse(
        "# why\nrule: All talk.\n\nann: s0\nport: one\nset: limits.burst = 5\n---\n# go\nann arrives\n", PATH
    )
    assert (script.rule, script.cast, script.one_port) == ("All talk.", {"ann": "s0"}, True)
    assert script.settings == {"limits.burst": "5"}
    assert script.steps == [s.Step(9, "ann arrives", s.Arrives(s.Subject(("ann",))))]


def test_a_header_says_who_administers_the_server() -> None:
    """Anybody, in the cast or not; there is a listener then at which he claims it."""
    script = parse("rule: All talk.\nann: irc\nadministrator: ola\n---\nann arrives\n", PATH)
    assert (script.administrator, list(script.cast)) == ("ola", ["ann"])
    assert listeners_for(script) == ["127.0.0.1:0=irc", "127.0.0.1:0=text"]


def test_a_header_says_who_comes_over_tls() -> None:
    """To the one port, which is there for them."""
    script = parse("rule: All talk.\nann: irc\nbob: irc\nover TLS: ann\n---\nann arrives\n", PATH)
    assert (script.encrypted, list(script.cast)) == (("ann",), ["ann", "bob"])
    assert listeners_for(script) == ["127.0.0.1:0=auto", "127.0.0.1:0=irc"]
    with pytest.raises(s.ScriptError, match="not in the cast: carol"):
        parse("rule: All talk.\nann: irc\nover TLS: ann, carol\n---\nann arrives\n", PATH)


def test_a_header_says_what_clients_of_irc_switch_on() -> None:
    """Those of today, that is: an old one knows of nothing to be switched on."""
    script = parse("rule: All talk.\nann: irc3 with setname, batch\nbob: irc3\n---\nann arrives\n", PATH)
    assert script.cast == {"ann": "irc3", "bob": "irc3"}
    assert script.capabilities == {"ann": ("setname", "batch")}
    with pytest.raises(s.ScriptError, match="nothing can be switched on in 'irc'"):
        parse("rule: All talk.\nann: irc with batch\n---\nann arrives\n", PATH)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("ann connects", s.Connects(s.Subject(("ann",)))),
        ('ann connects as "anna"', s.Connects(s.Subject(("ann",)), "anna")),
        ('ann arrives as "anna"', s.Arrives(s.Subject(("ann",)), "anna")),
        ("everyone arrives", s.Arrives(s.Subject(everyone=True))),
        ("everyone but ann and bob arrive", s.Arrives(s.Subject(("ann", "bob"), everyone=True))),
        ('ann says "hi" + " \\"all\\"" * 2', s.Says(s.Subject(("ann",)), 'hi "all" "all"')),
        ('ann says "" 300 times', s.Says(s.Subject(("ann",)), "", times=300)),
        ('ann says half of "hello"', s.Says(s.Subject(("ann",)), "hello", half=True)),
        (r'ann sends bytes "\xff\xfd\x1f"', s.SendsBytes(s.Subject(("ann",)), b"\xff\xfd\x1f")),
        ('ann uploads "a.txt" saying "hi\\n"', s.Uploads(s.Subject(("ann",)), "a.txt", "hi\n")),
        ('ann, bob and carol hear "hi"', s.Hears(s.Subject(("ann", "bob", "carol")), (s.Literally("hi"),))),
        ('ann hears at last "hi"', s.Hears(s.Subject(("ann",)), (s.Literally("hi"),), at_last=True)),
        ("ann hears nothing", s.HearsNothing(s.Subject(("ann",)))),
        ("ann skips the rest", s.Skips(s.Subject(("ann",)))),
        ("ann ignores bob join", s.Ignores(s.Subject(("ann",)), s.Doing("bob", "join"))),
        ("ann leaves", s.Leaves(s.Subject(("ann",)))),
        ("ann and bob vanish", s.Leaves(s.Subject(("ann", "bob")), vanishing=True)),
        ("ann types no more", s.FinishesInput(s.Subject(("ann",)))),
        ("ann is disconnected", s.IsDisconnected(s.Subject(("ann",)))),
        ("ann is answered", s.IsAnswered(s.Subject(("ann",)))),
        ("the server is killed", s.ServerAct("is killed")),
        ("a crowd of 101 arrives", s.CrowdComes(101, into_lobby=True)),
        ("a crowd of 5000 registers", s.CrowdComes(5000, into_lobby=False)),
    ],
)
def test_steps(words: str, action: s.Action) -> None:
    """Each form of a step means one action."""
    assert only_step(words) == action


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"[ann] hi"', s.Literally("[ann] hi")),
        ('ann say "hi"', s.Doing("ann", "say", "hi")),
        ('ann say "x" * 3 in pieces', s.Doing("ann", "say", "xxx", in_pieces=True)),
        ('"bob smith" whisper "hi"', s.Doing("bob smith", "whisper", "hi")),
        ("ann join", s.Doing("ann", "join")),
        ("ann become annie", s.Doing("ann", "become", "annie")),
        ('the server say "hi"', s.ServerSaying("hi")),
    ],
)
def test_expectations(words: str, expected: s.Expected) -> None:
    """Each form of an expectation means one thing heard."""
    assert read_expected(words) == expected


def test_patterns_are_found_in_any_case() -> None:
    """A pattern stands between slashes and may hold slashes."""
    expected = read_expected("/try /help/")
    assert isinstance(expected, s.Matching)
    assert expected.pattern.search("Then TRY /help.")
    said = read_expected("the server say /stop/")
    assert isinstance(said, s.ServerSaying)
    assert not isinstance(said.text, str)


def test_several_lines_are_heard_one_after_the_other() -> None:
    """What is heard may stand below, indented, one expectation a line."""
    action = only_step('ann hears\n    bob join\n    # and then\n    "[bob] hi"')
    assert action == s.Hears(s.Subject(("ann",)), (s.Doing("bob", "join"), s.Literally("[bob] hi")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ann: s0\n---\nann arrives", "some.dialogue:3: a dialogue has a rule"),
        ("ann: s9", "some.dialogue:1: 's9' is none of: s0"),
        ("nonsense", "some.dialogue:1: a header line is"),
        (HEADER + "dora arrives", "some.dialogue:6: not in the cast: dora"),
        (HEADER + "ann dances", "some.dialogue:6: nobody can do that: 'dances'"),
        (HEADER + "ann says hi", "some.dialogue:6: nobody can do that: 'says hi'"),
        (HEADER + 'ann says "hi', "some.dialogue:6: not a quoted text"),
        (HEADER + "ann hears hi", "some.dialogue:6: cannot be heard: hi"),
        (HEADER + "ann hears /(/", r"some.dialogue:6: not a pattern: /\(/"),
        (HEADER + "ann hears\nbob arrives", "some.dialogue:6: what is heard stands below, indented"),
        (HEADER + "  ann arrives", "some.dialogue:6: only what is heard"),
        (HEADER + "the server sings", "some.dialogue:6: 'sings' is none of: stops"),
        (HEADER + 'ann sends bytes "…"', "some.dialogue:6: write bytes above 7F"),
    ],
)
def test_mistakes_name_file_and_line(text: str, message: str) -> None:
    """A script that makes no sense is refused with the place and the words."""
    with pytest.raises(s.ScriptError, match=message):
        parse(text, PATH)


def test_texts_have_escapes_repetition_and_addition() -> None:
    """A text is written as Python writes it."""
    assert read_text(r'"é\n" * 2 + "\u2603"') == "é\né\n☃"
    with pytest.raises(BadTextError, match="not a quoted text"):
        read_text('"a" "b"')
