"""Run the command line as `python -m hubbub`."""

from hubbub.cli.main import main

if __name__ == "__main__":
    main(prog_name="hubbub")
