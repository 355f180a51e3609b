"""Clicks and sales of lists that were never shown: estimates with their support, verdict and interval."""

from collections.abc import Sequence

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.comparison import Failure
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import Clicks, ClicksOf
from core.evaluation.offpolicy.candidates import candidates
from core.evaluation.offpolicy.estimating import Known, estimated
from core.evaluation.offpolicy.health import failed, health
from core.evaluation.offpolicy.log import Log, log_of
from core.evaluation.offpolicy.logging_model import fitted
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.reward_model import categories
from core.work.report import Report, within
from core.work.steps import step


@step(version=1, called="Clicks and sales")
def clicks(dataset: Dataset, *, settings: ClicksOf, report: Report) -> Clicks:
    """Estimate clicks and sales of what an experiment compares, from the impressions of a data set.

    Nothing raises for want of a log: `unmeasured` says what is missing.
    """
    if dataset.impressions.empty:
        return _nothing("no impressions")
    report(0.0, "Reading the log")
    told = log_of(dataset)
    fits = settings.fit and not np.isfinite(told.propensity).any()
    model = fitted(told) if fits else None
    told = model.log if model else told.where(np.isfinite(told.propensity), "pages without propensities")
    if not len(told.slate):
        return _nothing("no propensities", log=log_of(dataset))
    checks = (*health(told, dataset.origin.policies), *(model.checks if model else ()))
    if model and not model.holds:
        return _nothing("fitted", checks, told)
    if not told.clicked.any():
        return _nothing("no clicks", checks, told)
    found = candidates(dataset, told, settings, within(report, 0.1, 0.6))
    if found.unmeasured:
        return _nothing(found.unmeasured, checks, told, found.failures)
    doubt = "log" if failed(checks) else "fitted" if model else ""
    known = Known(Marginals.of(told), categories(dataset), doubt)
    made = estimated(found.candidates, known, settings, within(report, 0.6, 1.0))
    log = found.candidates[0].log
    return Clicks(
        who=made.who,
        figures=made.figures,
        draws=made.draws,
        health=checks,
        failures=found.failures,
        user_ids=log.user_ids,
        slates=log.slates,
        impressions=len(log.slate),
        k=found.k,
        looks=made.looks,
        left_out=log.left_out,
        groups=made.groups,
        fitted=model is not None,
        steady=known.marginals.usable,
    )


def _nothing(
    why: str, checks: tuple[Check, ...] = (), log: Log | None = None, failures: Sequence[Failure] = ()
) -> Clicks:
    return Clicks(
        who=(),
        figures=(),
        draws=np.empty((0, 0)),
        health=checks,
        failures=tuple(failures),
        user_ids=log.user_ids if log else np.empty(0, dtype=object),
        slates=log.slates if log else 0,
        impressions=len(log.slate) if log else 0,
        k=0,
        looks=np.empty((3, 0)),
        left_out=log.left_out if log else (),
        groups=("",),
        fitted=False,
        steady=True,
        unmeasured=why,
    )
