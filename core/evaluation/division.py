"""What of an experiment makes the parts of the data, and how large the training part is."""

from core.data.dataset import Dataset
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import folds_of
from core.recommenders.demand import Size, size_of
from core.work.report import Report
from core.work.steps import step

DIVIDES = ("split", "positive", "exclude_seen", "min_user", "min_item", "seed")


def division(experiment: Experiment, dataset: Dataset) -> Experiment:
    """Of an experiment only what makes the parts, resolved: the rest changes nothing of them."""
    resolved = experiment.on(dataset)
    return Experiment.model_validate({name: getattr(resolved, name) for name in DIVIDES})


@step(version=1, called="Measuring the data")
def sized(dataset: Dataset, *, settings: Experiment, report: Report) -> Size:
    """The size of the training part that a division makes; of the first, where there are several."""
    report(0.0, "Splitting")
    return size_of(folds_of(dataset, settings)[0].train)
