"""From a data set to candidates on a log that can be estimated on, or why there is none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import ClicksOf
from core.evaluation.offpolicy.attribution import attributed
from core.evaluation.offpolicy.candidates import Candidates, candidates
from core.evaluation.offpolicy.estimating import Known
from core.evaluation.offpolicy.health import as_often, by_chance, clicks_of_nothing_shown, failed, health
from core.evaluation.offpolicy.log import Log, log_of
from core.evaluation.offpolicy.logging_model import Fitted, fitted
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.reward_model import categories
from core.work.report import Report, within


@dataclass(frozen=True)
class Prepared:
    """Candidates with what is known of the log; or `candidates.unmeasured` says why there are none."""

    candidates: Candidates
    checks: tuple[Check, ...] = ()
    log: Log | None = None  # all of it, split or not
    known: Known | None = None  # None where nothing can be estimated
    fitted: bool = False


def prepared(dataset: Dataset, settings: ClicksOf, report: Report) -> Prepared:
    """Reads the log, looks at its health and makes the lists; raises nothing for want of a log."""
    if dataset.impressions.empty:
        return Prepared(Candidates(unmeasured="no impressions"))
    report(0.0, "Reading the log")
    whole = attributed(log_of(dataset), dataset, settings.window, settings.experiment.positive or "")
    model = fitted(whole) if settings.fit and not np.isfinite(whole.propensity).any() else None
    log = model.log if model else whole.where(np.isfinite(whole.propensity), "pages without propensities")
    if not len(whole.slate):
        return Prepared(Candidates(unmeasured="young"), log=whole)
    if not len(log.slate):
        return Prepared(Candidates(unmeasured="no propensities"), log=whole)
    if not by_chance(log):
        return Prepared(Candidates(unmeasured="no chance"), log=log)
    if not log.clicked.any():
        return Prepared(Candidates(unmeasured="no clicks"), _checks(dataset, log, model), log)
    if model and not model.holds:
        return Prepared(Candidates(unmeasured="fitted"), _checks(dataset, log, model), log)
    with ThreadPoolExecutor(2) as pool:  # the log is looked at while lists are made
        looking = pool.submit(_checks, dataset, log, model), pool.submit(Marginals.of, log)
        found = candidates(dataset, log, settings, within(report, 0.1, 1.0))
        checks, marginals = looking[0].result(), looking[1].result()
    if model is None:
        checks = (*checks, *as_often(marginals))
    if found.unmeasured:
        return Prepared(found, checks, log)
    doubt = "log" if failed(checks) else "fitted" if model else ""
    known = Known(marginals, categories(dataset), doubt)
    return Prepared(found, checks, log, known, model is not None)


def _checks(dataset: Dataset, log: Log, model: Fitted | None) -> tuple[Check, ...]:
    return (
        *health(log, dataset.origin.policies),
        *clicks_of_nothing_shown(dataset, log),
        *(model.checks if model else ()),
    )
