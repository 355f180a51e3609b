"""The one exception that a person can act on."""


class BadInput(Exception):
    """Input that somebody can mend: a file, an option, a widget's value.

    The three parts are shown as one message: what is wrong (with file, row and column where
    known), what was expected, and what to do. The command line exits with 2 on it.
    """

    def __init__(self, wrong: str, expected: str, do: str) -> None:
        super().__init__(wrong, expected, do)
        self.wrong, self.expected, self.do = wrong, expected, do

    def __str__(self) -> str:
        return f"{self.wrong} Expected: {self.expected} What to do: {self.do}"


class Passing(BadInput):
    """Bad input outside the input: a server that is down. What rests on it is not kept (see `Desk`)."""
