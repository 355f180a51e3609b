"""How some people differ from the others, as a step."""

from dataclasses import dataclass

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.differing import Contrast, contrasts
from core.interests.profiles import Profiles
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Group:
    """Some people, and everyone they are compared with; sorted ids."""

    ids: TextArray  # (N,)
    users: TextArray  # (S,) among them


@step(version=1, called="Finding how people differ")
def contrasts_of(
    dataset: Dataset, profiles: Profiles, *, settings: Group, report: Report
) -> tuple[Contrast, ...]:
    """See `contrasts`."""
    report(0.1, "Comparing shares")
    inside = np.isin(settings.ids.astype(str), settings.users.astype(str))
    return tuple(contrasts(dataset, profiles, settings.ids, inside))
