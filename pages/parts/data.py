"""What pages stand on: the data set, the comparison and the logged rates of the session's state."""

from functools import lru_cache
from typing import Any

import numpy as np

from core.data import forgotten
from core.data.dataset import Dataset
from core.data.load import Source, samples, source_fingerprint
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment, settled
from core.evaluation.logged import Rate, logged_rates
from core.evaluation.protocol import compare, dataset_in_child, dataset_of
from core.evaluation.selection import for_segment
from core.interests import saved
from core.interests.saved import Saved
from pages.parts import frame, job_panel, ready_made, session

_NAMED = {"off": "skip_cleaning"}  # what an Experiment calls a part of its source


def dataset() -> Dataset:
    """The data set of the state, or the page ends (loading, failed). Raises BadInput where it is gone."""
    source = session.shelf().get(session.state().data)
    found = job_panel.result(
        dataset_of if source.data in samples() else dataset_in_child, source, content(source)
    )
    frame.facts(found)
    return found


def experiment(found: Dataset) -> Experiment:
    """What the state asks for, on a data set; raises BadInput that names what doesn't fit."""
    source = session.shelf().get(session.state().data)
    named = {_NAMED.get(key, key): value for key, value in vars(source).items() if value}
    asked = session.state().experiment(**named, recommendations=ready_made.lists())
    return settled(asked, found, content)


def comparison(found: Dataset, **drawn: Any) -> Comparison:
    """The comparison of the state on a data set, kept as a run when it is new; or the page ends.

    Of the people of the state's segment, where there is one. Raises BadInput where it is not here.
    """
    whole = everyones(found, **drawn)
    chosen = segment(found)
    if chosen is None:
        return whole
    return job_panel.result(for_segment, whole, settings=np.array(chosen.users, dtype=object))


def everyones(found: Dataset, **drawn: Any) -> Comparison:
    """The comparison of all people."""
    return job_panel.result(compare, found, settings=experiment(found), **drawn)


def again(found: Dataset) -> None:
    """Starts the comparison anew, where it rests on something that failed and may be there again."""
    job_panel.desk().start(compare, found, settings=experiment(found))


def segment(found: Dataset) -> Saved | None:
    """The segment whose figures are shown, saved or of Segments; None for everyone.

    Raises BadInput where it is not here.
    """
    from pages.parts import segment_data  # it stands on this file

    state = session.state()
    if not state.segment:
        return None
    known = any(one.name == state.segment for one in saved.segments(state.data))
    group = None if known else segment_data.group(found, state.segment)
    return group or saved.segment(state.data, state.segment)


def rates(found: Dataset) -> tuple[Rate, ...]:
    """What the log says of the policies that were live; () without impressions; or the page ends."""
    return job_panel.result(logged_rates, found, settings=0) if len(found.impressions) else ()


def content(source: Source) -> str:
    """SHA-256 of a source's files, read again only when one of them changed."""
    files = [
        file
        for path in (*source.paths, forgotten.file())  # who is left out is part of the content
        if path.exists()
        for file in ([path] if path.is_file() else sorted(path.iterdir()))
    ]
    stamps = tuple(
        (str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file()
    )
    return _content(source, stamps)


def look_anew() -> None:
    """What a database holds is asked again: unlike a file it does not say when it changed."""
    _content.cache_clear()


@lru_cache(maxsize=64)
def _content(source: Source, _stamps: tuple[tuple[str, int, int], ...]) -> str:
    return source_fingerprint(source)
