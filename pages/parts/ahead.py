"""Ahead of the first visit: while a browser loads its assets, what the first page needs is read.

serve.py runs it in a thread of its own. It calls nothing of Streamlit but the shared desk. It starts no work
that a visitor did not ask for: the sample is read, and what was kept is loaded.
"""

import importlib
import logging
from typing import Any

from core.data.dataset import Dataset
from core.data.load import FIRST, Source
from core.evaluation.experiment import settled
from core.evaluation.logged import logged_rates
from core.evaluation.protocol import compare, dataset_of
from core.work.fingerprint import fingerprint
from core.work.steps import Step
from pages.parts import data, job_panel
from pages.parts.url_state import State

NEEDED = ("plotly.graph_objects", "sqlalchemy", "scipy.sparse", "pages.parts.overview_panels")
PATIENCE = 60.0  # seconds


def read() -> None:
    """Reads the default data set, and what is kept of its comparison; the desk holds both for the page."""
    try:
        desk, source = job_panel.desk(), Source(data=FIRST)
        job = desk.start(dataset_of, source, data.content(source))
        for name in NEEDED:
            importlib.import_module(name)
        found = job.result(PATIENCE)
        asked = settled(State().experiment(data=FIRST), found, data.content)
        _load(compare, found, asked)
        _load(logged_rates, found, 0)
    except Exception:  # the page that needs it will say what is wrong
        logging.getLogger(__name__).info("nothing was read ahead", exc_info=True)


def _load(step: Step[Any], found: Dataset, settings: Any) -> None:
    desk = job_panel.desk()
    if desk.store.has(step.key([fingerprint(found)], settings)):
        desk.start(step, found, settings=settings)
