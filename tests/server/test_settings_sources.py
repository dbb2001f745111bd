"""Where settings come from: which source wins, and what is said about bad ones."""

from pathlib import Path

import pytest

from hubbub.server.config import Settings
from hubbub.server.settings_sources import Choices, SettingsError, load_settings

WHOLE_NUMBER = "expected a whole number from 0 to 10000000"


def problems(choices: Choices, environment: dict[str, str] | None = None) -> tuple[str, ...]:
    """Return what is wrong with the settings; something has to be."""
    with pytest.raises(SettingsError) as caught:
        load_settings(choices, environment or {})
    return caught.value.problems


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    """Name a configuration file to be written."""
    return tmp_path / "hubbub.toml"


def test_nothing_said_means_the_defaults() -> None:
    """Without a file, a variable or an option the settings are those of the structs."""
    effective = load_settings(Choices(), {"PATH": "/bin", "HOME": "/"})
    assert effective.settings == Settings()
    assert {value.source for value in effective.values.values()} == {"default"}


def test_a_later_source_wins_setting_by_setting(toml: Path) -> None:
    """Defaults < file < environment < --set < options, and each setting remembers its source."""
    toml.write_text('data = "file"\ndatabase = ""\n[limits]\nburst = 1\nin_flight = 1\nconnections = 1\n')
    environment = {"HUBBUB_DATA": "environment", "HUBBUB_LIMITS_IN_FLIGHT": "2", "HUBBUB_LIMITS_CONNECTIONS": "2"}
    choices = Choices(config=str(toml), assignments=("limits.connections=3", "data=set"), data="option")

    effective = load_settings(choices, environment)

    limits = effective.settings.limits
    assert (limits.burst, limits.in_flight, limits.connections) == (1, 2, 3)
    assert effective.settings.data == "option"
    named = ("limits.burst", "limits.in_flight", "limits.connections", "data", "listen")
    assert [effective.values[path].source for path in named] == [
        str(toml),
        "HUBBUB_LIMITS_IN_FLIGHT",
        "--set",
        "--data",
        "default",
    ]


def test_the_last_of_equal_assignments_wins() -> None:
    """`--set` twice for one setting means the second."""
    choices = Choices(assignments=("limits.burst=1", "limits.burst = 2"))
    assert load_settings(choices, {}).settings.limits.burst == 2


@pytest.mark.parametrize(
    ("assignment", "path", "value"),
    [
        ("limits.burst=0", "limits.burst", 0),
        ("limits.detect_seconds=0.25", "limits.detect_seconds", 0.25),
        ("limits.detect_seconds=3", "limits.detect_seconds", 3.0),
        ("limits.enabled=false", "limits.enabled", False),
        ("rooms.announce=0", "rooms.announce", False),
        ("log.level=debug", "log.level", "debug"),
        ("data=a=b", "data", "a=b"),
        ("database=", "database", ""),
        ("listen=127.0.0.1:1, [::1]:2=text", "listen", ("127.0.0.1:1", "[::1]:2=text")),
    ],
)
def test_a_text_is_read_as_the_type_of_its_setting(assignment: str, path: str, value: object) -> None:
    """Numbers, truth, texts and lists can all be written on the command line and in the environment."""
    effective = load_settings(Choices(assignments=(assignment,)), {})
    assert effective.values[path].value == value
    name, _, text = assignment.partition("=")
    environment = {f"HUBBUB_{name.upper().replace('.', '_')}": text}
    assert load_settings(Choices(), environment).settings == effective.settings


def test_listen_options_replace_the_list() -> None:
    """Whoever says where to listen means there and nowhere else."""
    choices = Choices(listen=("127.0.0.1:1", "127.0.0.1:2"))
    assert load_settings(choices, {"HUBBUB_LISTEN": "127.0.0.1:3"}).settings.listen == choices.listen


@pytest.mark.parametrize(
    ("assignment", "problem"),
    [
        (
            "limits.burst=many",
            f'--set: $.limits.burst: {WHOLE_NUMBER}, got "many"; default 20 (commands at once)',
        ),
        (
            "limits.burst=-1",
            f'--set: $.limits.burst: {WHOLE_NUMBER}, got "-1"; default 20 (commands at once)',
        ),
        (
            "limits.chunk_seconds=nan",
            '--set: $.limits.chunk_seconds: expected a number from 0 to 86400, got "nan"; default 0.1 (seconds)',
        ),
        (
            "rooms.announce=perhaps",
            '--set: $.rooms.announce: expected true or false, got "perhaps"; default true',
        ),
        (
            "log.format=xml",
            '--set: $.log.format: expected one of "auto", "human", "json", got "xml"; default "auto"',
        ),
        ("data=", '--set: $.data: it must not be empty; default ".data" (path)'),
        ("limits.brust=1", "--set: $.limits.brust: there is no such setting; did you mean limits.burst?"),
        ("qqq=1", "--set: $.qqq: there is no such setting; hubbub check-config lists them all"),
        ("limits=1", "--set: $.limits: is a group of settings, not a value; set limits.enabled, for example"),
        ("burst=1", "--set: $.burst: there is no such setting; did you mean limits.burst?"),
        ("limits.colour=1", "--set: $.limits.colour: there is no such setting; hubbub check-config lists them all"),
        ("limits.burst", "--set limits.burst: expected KEY=VALUE, such as limits.burst=50"),
        ("=1", "--set: expected KEY=VALUE, such as limits.burst=50"),
        ("", "--set: expected KEY=VALUE, such as limits.burst=50"),
    ],
)
def test_a_bad_assignment_says_what_would_be_right(assignment: str, problem: str) -> None:
    """A sentence names the source, the path, what is expected, what was found and the default."""
    assert problems(Choices(assignments=(assignment,))) == (problem,)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[limits]\nburst = '5'", "$.limits.burst: expected a whole number"),
        ("[limits]\nburst = true", "$.limits.burst: expected a whole number"),
        ("[limits]\nburst = [1]", "$.limits.burst: expected a whole number from 0 to 10000000, got [1]"),
        ("[limits]\nchunk_seconds = nan", "$.limits.chunk_seconds: expected a number"),
        ("limits = 5", "$.limits: is a group of settings"),
        ("[limit]\nburst = 5", "$.limit: there is no such setting; did you mean limits?"),
        ("limits.burst.x = 1", "$.limits.burst: expected a whole number"),
        ("listen = []", "$.listen: expected a list with at least one text in quotes, got []"),
        ("listen = '127.0.0.1:1'", '$.listen: expected a list: write ["127.0.0.1:1"], with brackets; default'),
        ("listen = 1", "$.listen: expected a list with at least one text in quotes, got 1"),
        ("listen = ['4242']", '$.listen: in "4242", a port is missing'),
        ("data = 2026-01-01", "$.data: expected a text in quotes, got 2026-01-01;"),
        ("data = ''", "$.data: it must not be empty;"),
        ("data = 'a\n", "it ends too early: "),
    ],
)
def test_a_bad_file_says_what_would_be_right(toml: Path, text: str, problem: str) -> None:
    """In a file types are meant as they are written, and what is wrong is named with the file."""
    toml.write_text(text)
    (found,) = problems(Choices(config=str(toml)))
    assert found.startswith(f"{toml}: {problem}")


def test_a_file_that_is_not_text_is_refused(toml: Path) -> None:
    """A file in another encoding, or that is no text at all, is one more kind of bad file, not a traceback."""
    toml.write_bytes(b"data = '\xff'")
    assert problems(Choices(config=str(toml))) == (f"{toml}: is no TOML file, for it is no text in UTF-8",)


def test_a_mark_at_the_beginning_of_a_file_is_no_part_of_it(toml: Path) -> None:
    """Some editors write one, and nobody sees it."""
    toml.write_bytes(b"\xef\xbb\xbflimits.burst = 1\n")
    assert load_settings(Choices(config=str(toml)), {}).settings.limits.burst == 1


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A missing file and a folder are named with the option that named them."""
    assert problems(Choices(config=str(tmp_path / "no"))) == (f"--config: there is no file {tmp_path / 'no'}",)
    assert problems(Choices(), {"HUBBUB_CONFIG": str(tmp_path)}) == (
        f"HUBBUB_CONFIG: {tmp_path} is a folder; name a TOML file",
    )
    strange = tmp_path / ("x" * 300)
    assert problems(Choices(config=str(strange))) == (f"--config: {strange} cannot be read: File name too long",)


def test_the_environment_names_a_file_where_no_option_does(toml: Path, tmp_path: Path) -> None:
    """`HUBBUB_CONFIG` is `--config` for those who have no command line; empty, it names none."""
    toml.write_text("limits.burst = 1\n")
    named = {"HUBBUB_CONFIG": str(toml)}
    assert load_settings(Choices(), named).values["limits.burst"].source == str(toml)
    assert load_settings(Choices(), named | {"HUBBUB_LIMITS_BURST": "2"}).settings.limits.burst == 2
    assert load_settings(Choices(), {"HUBBUB_CONFIG": ""}).settings == Settings()
    other = tmp_path / "other.toml"
    other.write_text("limits.burst = 3\n")
    assert load_settings(Choices(config=str(other)), named).settings.limits.burst == 3


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("HUBBUB_LIMITS_BRUST", "HUBBUB_LIMITS_BURST"),
        ("HUBBUB_BURST", "HUBBUB_LIMITS_BURST"),
        ("HUBBUB_LOGLEVEL", "HUBBUB_LOG_LEVEL"),
        ("HUBBUB_DATABASE_URL", "HUBBUB_DATABASE"),
        ("HUBBUB_LISTN", "HUBBUB_LISTEN"),
        ("HUBBUB_CONFG", "HUBBUB_CONFIG"),
    ],
)
def test_a_variable_like_a_setting_is_refused_with_the_nearest(name: str, nearest: str) -> None:
    """A misspelt variable would otherwise be without effect."""
    assert problems(Choices(), {name: "5"}) == (f"{name}: there is no such setting; did you mean {nearest}?",)


KUBERNETES = (
    *("HUBBUB_SERVICE_HOST", "HUBBUB_SERVICE_PORT", "HUBBUB_SERVICE_PORT_CHAT", "HUBBUB_PORT", "HUBBUB_PORT_4242_TCP"),
    *("HUBBUB_PORT_4242_TCP_PROTO", "HUBBUB_PORT_4242_TCP_PORT", "HUBBUB_PORT_4242_TCP_ADDR"),
    *("HUBBUB_DATABASE_SERVICE_HOST", "HUBBUB_DATABASE_PORT", "HUBBUB_DATABASE_PORT_5432_TCP"),
)
"""What it sets in every container beside services named `hubbub` and `hubbub-database`."""


def test_variables_like_no_setting_are_ignored_aloud() -> None:
    """Others may have set them for purposes of their own: one sentence names all, and their values do not matter."""
    effective = load_settings(Choices(), dict.fromkeys(KUBERNETES, "tcp://10.0.0.9:4242"))
    assert effective.settings == Settings()
    assert effective.warnings == (f"Ignored: {', '.join(KUBERNETES)}. Settings are what hubbub check-config lists.",)
    assert load_settings(Choices(), {}).warnings == ()


def test_everything_that_is_wrong_is_named_at_once(toml: Path) -> None:
    """Nobody has to start five times to find five mistakes, not even overridden ones."""
    toml.write_text("data = 1\nx = 1\n")
    choices = Choices(config=str(toml), assignments=("log.level=loud",), data="right", listen=("here",))
    found = problems(choices, {"HUBBUB_LIMITS_BURST": "x"})
    assert [problem.partition(":")[0] for problem in found] == [
        str(toml),
        str(toml),
        "HUBBUB_LIMITS_BURST",
        "--set",
        "--listen",
    ]


def test_an_option_names_its_setting_itself() -> None:
    """`--listen` is not followed by the path of the same setting."""
    listen, data, database = problems(Choices(listen=("here",), data="", database="x"))
    assert listen.startswith('--listen: in "here", a port is missing: write here:4242; default')
    assert data == '--data: it must not be empty; default ".data" (path)'
    assert database.startswith("--database: ")
    assert "$" not in database


def test_a_long_value_is_cut() -> None:
    """A sentence stays a sentence, whatever was put into a variable."""
    (found,) = problems(Choices(), {"HUBBUB_LIMITS_BURST": "x" * 5_000})
    assert "xxx…; default 20" in found
    assert len(found) < 200


@pytest.mark.parametrize(
    "choices",
    [
        Choices(database="postgresql://ann:s3cret@db:port/hubbub"),
        Choices(assignments=("database=postgres://ann:s3cret@db",)),
        Choices(assignments=("database:postgresql://ann:s3cret@db",)),
        Choices(assignments=("postgresql://ann:s3cret@db?a=b",)),
    ],
)
def test_a_password_is_not_repeated_in_a_complaint(choices: Choices) -> None:
    """Wherever the URL of a database was put, what is said about it does not tell its password."""
    assert "s3cret" not in "".join(problems(choices))


def test_a_database_of_the_wrong_type_is_not_repeated(toml: Path) -> None:
    """Not even a password that was put into a list is told."""
    toml.write_text('database = ["s3cret"]')
    (found,) = problems(Choices(config=str(toml)))
    assert found == f'{toml}: $.database: expected a text in quotes, got something else; default "" (URL)'
