"""`hubbub check-config`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from hubbub.cli.main import main


def check(*arguments: str, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run the command; return its exit code, its output and its complaints."""
    answer = CliRunner(env=environment).invoke(main, ["check-config", *arguments])
    return answer.exit_code, answer.stdout, answer.stderr


def test_the_settings_that_hold_are_shown_with_their_source() -> None:
    """A good configuration is shown, and the exit code is 0."""
    code, output, complaints = check("--set", "limits.burst=5", environment={"HUBBUB_DATA": "x"})
    assert (code, complaints) == (0, "")
    assert "burst = 5  # --set" in output
    assert 'data = "x"  # HUBBUB_DATA' in output


def test_all_options_are_understood(tmp_path: Path) -> None:
    """Every way of saying something on the command line arrives."""
    file = tmp_path / "hubbub.toml"
    file.write_text("limits.burst = 6\n")
    code, output, _ = check(
        *("--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2=text"),
        *("--data", "d", "--database", "postgresql://db/x", "--config", str(file)),
        *("--set", "log.level=debug", "--set", "log.format=json"),
    )
    assert code == 0
    for line in (
        'listen = ["127.0.0.1:1", "127.0.0.1:2=text"]  # --listen',
        'data = "d"  # --data',
        'database = "postgresql://db/x"  # --database',
        f"burst = 6  # {file}",
        'level = "debug"  # --set',
        'format = "json"  # --set',
    ):
        assert line in output.splitlines()


@pytest.mark.parametrize("command", ["check-config", "serve"])
def test_bad_settings_are_all_named_without_a_traceback(command: str) -> None:
    """One sentence a line for each mistake, on standard error, with exit code 2; nothing is started."""
    answer = CliRunner(env={"HUBBUB_LISTN": "1"}).invoke(
        main, [command, "--listen", "nowhere", "--set", "limits.burst=x"]
    )
    assert (answer.exit_code, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["HUBBUB_LISTN", "--set", "--listen"]
    assert isinstance(answer.exception, SystemExit)


def test_what_is_ignored_is_said_and_stops_nothing() -> None:
    """A variable that others use for something else stands on standard error, away from the settings."""
    code, output, complaints = check(environment={"HUBBUB_PORT": "tcp://10.0.0.9:4242"})
    assert code == 0
    assert "HUBBUB_PORT" not in output
    assert complaints == "Ignored: HUBBUB_PORT. Settings are what hubbub check-config lists.\n"


def test_the_variable_of_the_shell_is_nobodys_mistake() -> None:
    """Whoever has told `hubbub send` which server is meant need not be told of it when he makes a backup."""
    assert check(environment={"HUBBUB_SERVER": "chat.example"})[2] == ""


def test_a_password_is_never_shown() -> None:
    """Neither a good nor a bad URL of a database tells its password."""
    for url in ("postgresql://ann:s3cret@db/x", "postgresql://ann:s3cret@db:x/x"):
        for answer in (check("--database", url), check(environment={"HUBBUB_DATABASE": url})):
            assert "s3cret" not in str(answer)
