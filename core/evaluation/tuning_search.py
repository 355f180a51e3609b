"""Which settings are tried next: all of them where they are few, else by TPE or at random (Optuna)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from core.evaluation.tuning_space import Free, combinations, defaults, size

Tell = Callable[[float, bool], None]  # value, NaN where it failed; whether it was pruned
_REPEATS = 100  # that a sampler may ask for in a row


@dataclass(frozen=True)
class Search:
    """What is searched, and how."""

    free: tuple[Free, ...]
    sampler: Literal["tpe", "random"]
    seed: int
    maximise: bool


def search(asking: Search, tries: int) -> Iterator[tuple[dict[str, Any], Tell]]:
    """Settings to try, no two the same, the defaults first; each with where its value is told.

    TPE is that of Bergstra et al., NeurIPS 2011, as Optuna has it. The same seed and the same values
    give the same settings.
    """
    if size(asking.free) <= tries:
        for settings in combinations(asking.free):
            yield settings, lambda _value, _pruned: None
        return
    yield from _sampled(asking, tries)


def _sampled(asking: Search, tries: int) -> Iterator[tuple[dict[str, Any], Tell]]:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.CRITICAL)
    samplers = optuna.samplers.TPESampler, optuna.samplers.RandomSampler
    sampler = samplers[asking.sampler == "random"](seed=asking.seed)
    study = optuna.create_study(
        direction="maximize" if asking.maximise else "minimize",
        sampler=sampler,
        pruner=optuna.pruners.NopPruner(),
    )
    spread = {one.name: _distribution(one) for one in asking.free}
    first, seen = defaults(asking.free), dict[tuple[Any, ...], tuple[float, bool]]()

    def begin(value: float, pruned: bool) -> None:
        seen[tuple(first.values())] = value, pruned
        if value == value:  # a default that fails tells nothing of where to look
            study.add_trial(optuna.trial.create_trial(params=first, distributions=spread, value=value))

    yield first, begin
    while len(seen) < tries:
        settings, trial = _fresh(asking, study, spread, seen)

        def tell(value: float, pruned: bool, settings: Any = settings, trial: Any = trial) -> None:
            seen[tuple(settings.values())] = value, pruned
            if trial is not None:
                _tell(study, trial, value, pruned)

        yield settings, tell


def _fresh(
    asking: Search, study: Any, spread: dict[str, Any], seen: dict[tuple[Any, ...], tuple[float, bool]]
) -> tuple[dict[str, Any], Any]:
    """Settings that were not tried yet, and the study's trial; what is known of others is told again."""
    for _ in range(_REPEATS):
        trial = study.ask(spread)
        settings = {one.name: _plain(one, trial.params[one.name]) for one in asking.free}
        known = seen.get(tuple(settings.values()))
        if known is None:
            return settings, trial
        _tell(study, trial, *known)
    left = (one for one in combinations(asking.free) if tuple(one.values()) not in seen)
    return next(left), None


def _tell(study: Any, trial: Any, value: float, pruned: bool) -> None:
    from optuna.trial import TrialState

    if value != value:
        study.tell(trial, state=TrialState.FAIL)
    elif pruned:
        trial.report(value, 0)
        study.tell(trial, state=TrialState.PRUNED)
    else:
        study.tell(trial, value)


def _distribution(one: Free) -> Any:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if one.choices:
        return CategoricalDistribution(one.choices)
    if one.whole:
        return IntDistribution(int(one.low), int(one.high), log=one.log)
    return FloatDistribution(float(one.low), float(one.high), log=one.log)


def _plain(one: Free, value: Any) -> Any:
    """Numbers to four digits, so that a spec can be read; within the range all the same."""
    if one.choices or one.whole:
        return value
    return min(max(float(f"{value:.4g}"), float(one.low)), float(one.high))
