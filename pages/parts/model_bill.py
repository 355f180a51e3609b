"""What a language model will be asked for, and at what cost, said before it starts."""

from core.language.bill import pace
from core.language.chosen import chosen
from core.recommenders.base import recommender_of
from core.recommenders.demand import Size
from core.recommenders.llm_rerank import LLMRerank
from core.recommenders.speeds import Speeds
from pages.parts import forecasts, states
from pages.parts.words import _, sentences


def show(spec: str, measured: tuple[Size, Speeds] | None) -> None:
    """The forecast of questions, tokens and cost, of an address of time too; nothing for all others."""
    recommender = recommender_of(spec)
    if not isinstance(recommender, LLMRerank) or measured is None:
        return
    bill, who = recommender.bill(measured[0].users), chosen().identity
    said = [
        _(
            "It asks {model} ≈ {questions} questions: ≈ {asked} tokens to read and ≈ {said} to say;"
            " cost ≈ {cost}."
        ).format(
            model=who.model,
            questions=forecasts.rough(bill.questions),
            asked=forecasts.rough(bill.asked_tokens),
            said=forecasts.rough(bill.said_tokens),
            cost=forecasts.rough(bill.cost) if bill.cost else "0",
        )
    ]
    if who.backend == "address":
        said.append(_time(bill.questions))
    if bill.beyond:
        said.append(
            _("That is beyond {setting}: whoever comes after keeps the first order.").format(
                setting=bill.beyond
            )
        )
    states.caption(sentences(said))


def _time(questions: float) -> str:
    so_far = forecasts.at_once(pace, settings=chosen().identity)
    if so_far is None or not so_far.n:
        return _("How fast it answers is not known before it has answered; the forecast is without that.")
    return _("That takes {time} beside the forecast, if it is as fast as in its {n} earlier answers.").format(
        time=forecasts.spoken_time(questions * so_far.seconds), n=f"{so_far.n:,}"
    )
