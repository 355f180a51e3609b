"""How sure each reader is of a source, so that a person can correct the choice."""

from dataclasses import dataclass

from core.data.database import is_address
from core.data.load import Source, locate
from core.data.readers.base import READERS
from core.data.unpacking import unpacked
from core.work.artifacts import artifact
from core.work.report import Report, silent
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Guess:
    """A reader and how sure it is, 0 to 1."""

    reader: str
    label: str
    certainty: float


def guesses(source: Source) -> tuple[Guess, ...]:
    """The readers that could take a source, the surest first; () for train and test files and databases."""
    if not source.data or is_address(source.data):
        return ()
    with unpacked(locate(source.data), silent) as path:
        found = [Guess(name, cls.label, cls().sure(path)) for name, cls in READERS.all().items()]
    return tuple(sorted((one for one in found if one.certainty > 0), key=lambda one: -one.certainty))


@step(version=1, isolated=True)
def recognised(source: Source, content: str, *, settings: None, report: Report) -> tuple[Guess, ...]:  # noqa: ARG001
    """See which readers understand a source that a stranger may have made."""
    return guesses(source)
