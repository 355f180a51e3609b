"""Clicks and sales of lists that were never shown: estimates with their support, verdict and interval."""

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks, ClicksOf
from core.evaluation.offpolicy.estimating import Estimated, estimated
from core.evaluation.offpolicy.preparing import prepared
from core.work.report import Report, within
from core.work.steps import step

NOTHING = Estimated((), (), np.empty((0, 0)), np.empty((3, 0)), ("",))


@step(version=2, called="Clicks and sales")
def clicks(dataset: Dataset, *, settings: ClicksOf, report: Report) -> Clicks:
    """Estimate clicks and sales of what an experiment compares, from the impressions of a data set.

    Nothing raises for want of a log: `unmeasured` says what is missing.
    """
    found = prepared(dataset, settings, within(report, 0.0, 0.6))
    named = found.candidates
    log = named.candidates[0].log if named.candidates else found.log
    made = NOTHING
    if found.known is not None:
        made = estimated(named.candidates, found.known, settings, within(report, 0.6, 1.0))
    return Clicks(
        who=made.who,
        figures=made.figures,
        draws=made.draws,
        health=found.checks,
        failures=named.failures,
        user_ids=np.empty(0, dtype=object) if log is None else log.user_ids,
        slates=0 if log is None else log.slates,
        impressions=0 if log is None else len(log.slate),
        k=named.k,
        looks=made.looks,
        left_out=() if log is None else log.left_out,
        groups=made.groups,
        fitted=found.fitted,
        steady=found.known is None or found.known.marginals.usable,
        unmeasured=named.unmeasured,
    )
