"""What keeps a server from starting."""


class StartError(Exception):
    """The server cannot start, for a reason its operator can do something about.

    Raised for a port that is taken, a folder that cannot be written, a full disk, a database from a newer version, a
    certificate that cannot be used.
    The command line shows the sentence and exits with code 1; a traceback would only hide it.
    """

    def __init__(self, sentence: str) -> None:
        """Take one sentence that says what is wrong and, where it can, what would help."""
        super().__init__(sentence)
        self.sentence = sentence
