"""The report: one self-contained HTML file that works offline and prints well."""

import datetime
from collections.abc import Callable
from html import escape

from core.evaluation.comparison import Comparison, verdict
from core.evaluation.evidence import kept
from core.evaluation.evidence.document import document, safe, section, table
from core.evaluation.evidence.figure import figure, svg
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.estimator import estimator_of
from core.evaluation.offpolicy.record import clicks_check
from core.evaluation.offpolicy.words import reason, why_not
from core.evaluation.pairs import pairs_of

Say = Callable[[str], str]  # a text of this file in the reader's language


def report(
    comparison: Comparison,
    metric: str = "ndcg",
    k: int | None = None,
    say: Say = str,
    note: str = "",
    clicks: Clicks | None = None,
) -> str:
    """The comparison as an HTML document: who leads and how sure that is, every number, and what made them.

    `metric` and `k` (default: the first cut-off) are what the first sentence speaks of; one that was not
    computed gives way to the first that was. `say` translates this file's own texts; `note` is what
    somebody wrote of the comparison, `clicks` what a log says of the same lists.
    """
    names = [column.name for column in comparison.columns]
    name = metric if metric in names else names[0]
    at = comparison.column(name, k or comparison.experiment.k[0])
    title = f"{comparison.facts.name}: {sentence(comparison, at, say)}"
    body = [
        f"<h1>{safe(title)}</h1>",
        f"<p>{safe(note)}</p>" if note else "",
        _facts(comparison, say),
        *_figures(comparison, name, at, say),
        section(say("Can I believe it?"), _integrity(comparison, clicks, say)),
        section(say("Who beats whom"), _pairs(comparison, at, say)),
        section(say("Every number"), _numbers(comparison, say)),
        section(say("Clicks and sales"), _clicks(clicks, say)) if clicks else "",
        section(say("What it cost"), _cost(comparison, say)),
        section(say("Definitions"), _definitions(comparison, say)),
        section(say("Settings"), _settings(comparison, say)),
        kept.block(comparison, clicks),
    ]
    return document(title, "".join(body))


def sentence(comparison: Comparison, at: int, say: Say = str) -> str:
    """Who leads by a column, its interval and n, and who is tied with it."""
    said = verdict(comparison, at)
    best = comparison.estimates[said.leader][at]
    named = {
        "name": comparison.entries[said.leader].label,
        "metric": _named(comparison, at, say),
        "value": figure(best),
        "n": f"{best.n:,}",
    }
    if not best.n:
        return say("{metric} is not defined here.").format(**named)
    text = say("{name} leads by {metric} with {value}, n = {n}.").format(**named)
    tied = ", ".join(comparison.entries[row].label for row in said.tied)
    return f"{text} {say('Tied with it: {names}.').format(names=tied)}" if tied else text


def _named(comparison: Comparison, at: int, say: Say) -> str:
    column = comparison.columns[at]
    declared = metrics().get((column.name, column.variant))
    label = say(declared.label) if declared else column.name
    variant = "" if column.variant == "standard" else f" ({say(column.variant)})"
    return f"{label}{variant}" + (f"@{column.k}" if column.k else "")


def _facts(comparison: Comparison, say: Say) -> str:
    facts, experiment = comparison.facts, comparison.experiment
    rows = [
        (say("data set"), f"{facts.name} ({facts.fingerprint[:16]}…)"),
        (
            say("counts"),
            say("{users} users, {items} items, {interactions} interactions").format(
                users=f"{facts.users:,}", items=f"{facts.items:,}", interactions=f"{facts.interactions:,}"
            ),
        ),
        (say("split"), str(experiment.split)),
        (say("positive"), experiment.positive or say("every interaction")),
        (say("people judged"), f"{len(comparison.user_ids):,}"),
        (say("seed"), str(experiment.seed)),
        (say("written"), f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC"),
    ]
    return table([], [[name, value] for name, value in rows])


def _figures(comparison: Comparison, metric: str, at: int, say: Say) -> list[str]:
    """Precision, recall, NDCG and the chosen metric at the chosen cut-off."""
    k = comparison.columns[at].k or comparison.experiment.k[0]
    there = {column.name for column in comparison.columns}
    made = []
    for name in dict.fromkeys(("precision", "recall", "ndcg", metric)):
        if name not in there:
            continue
        column = comparison.column(name, k)
        file = safe(_named(comparison, column, str).replace("@", "-at-"))
        buttons = "".join(f'<button data-as="{kind}">{kind.upper()}</button>' for kind in ("svg", "png"))
        made.append(f'<figure data-name="{file}">{drawn(comparison, column, say)}<p>{buttons}</p></figure>')
    return made


def drawn(comparison: Comparison, column: int, say: Say = str) -> str:
    """A column as an SVG document: the best first, with intervals and n."""
    tied = verdict(comparison, column).tied
    rows = [
        (
            comparison.entries[row].label,
            comparison.estimates[row][column],
            say("tied") if row in tied else "",
        )
        for row in comparison.best_first(column)
    ]
    most = max(row[column].n for row in comparison.estimates)
    under = say("95 % bootstrap intervals over n = {n} people").format(n=f"{most:,}")
    return svg(_named(comparison, column, say), rows, under)


def _numbers(comparison: Comparison, say: Say) -> str:
    head = [say("recommender"), say("metric"), say("mean"), say("low"), say("high"), "n"]
    rows = [
        [
            entry.label,
            _named(comparison, at, say),
            *(f"{value:.6f}" for value in (one.mean, one.low, one.high)),
            f"{one.n:,}",
        ]
        for row, entry in enumerate(comparison.entries)
        for at, one in enumerate(comparison.estimates[row])
        if one.n
    ]
    return table(head, rows, right=(2, 3, 4, 5))


def _clicks(found: Clicks, say: Say) -> str:
    """Every estimate of clicks and sales with its verdict; or why there is none."""
    if why := why_not(found):
        return f"<p>{safe(say(why))}</p>"
    head = [
        say("recommender"),
        say("rate"),
        say("estimator"),
        say("mean"),
        say("low"),
        say("high"),
        "E",
        say("verdict"),
        say("why"),
    ]
    rows = [
        [
            found.who[one.who].label,
            one.metric.upper(),
            say(estimator_of(one.estimator).label),
            *(
                f"{value:.6f}" if one.verdict.grade != "refused" else "–"
                for value in (one.estimate.mean, one.estimate.low, one.estimate.high)
            ),
            f"{one.support.effective_events:,.1f}",
            say(one.verdict.grade),
            say(reason(one)),
        ]
        for one in found.figures
    ]
    text = say(
        "Off-policy, from {pages} pages of {n} people, lists of {k}; E are effective events, 95 % bootstrap"
        " intervals over people."
    ).format(pages=f"{found.slates:,}", n=f"{len(found.user_ids):,}", k=found.k)
    checks = [[say(one.verdict), say(one.check), say(one.detail)] for one in found.health]
    health = table([say("verdict"), say("check"), say("what was found")], checks)
    return f"{health}<p>{safe(text)}</p>" + table(head, rows, right=(3, 4, 5, 6))


def _pairs(comparison: Comparison, at: int, say: Say) -> str:
    labels = [entry.label for entry in comparison.entries]
    found = pairs_of(comparison, at)
    head = [say("first"), say("second"), say("difference"), "n", say("p (Holm)"), say("verdict")]
    rows = [
        [
            labels[one.first],
            labels[one.second],
            figure(one.estimate),
            f"{one.estimate.n:,}",
            f"{one.p:.4f}" if one.p >= 5e-5 else "< 0.0001",
            say("told apart") if one.settled else say("tied"),
        ]
        for one in (comparison.better_first(pair.difference, at) for pair in found)
    ]
    if not rows:
        return f"<p>{safe(say('With one recommender there is no pair.'))}</p>"
    with_zero = sum(pair.holds_zero for pair in found)
    text = say("{n} of {pairs} pairwise intervals of {metric} include zero.").format(
        n=with_zero, pairs=len(found), metric=_named(comparison, at, say)
    )
    return f"<p>{safe(text)}</p>" + table(head, rows, right=(2, 3, 4))


def _integrity(comparison: Comparison, clicks: Clicks | None, say: Say) -> str:
    head = [say("verdict"), say("check"), say("what was found")]
    checks = [*comparison.integrity, *([clicks_check(clicks)] if clicks else [])]
    return table(head, [[say(one.verdict), say(one.check), say(one.detail)] for one in checks])


def _cost(comparison: Comparison, say: Say) -> str:
    head = [
        say("recommender"),
        say("fit, s"),
        say("lists, s"),
        say("s per 1,000 lists, p50"),
        say("p95"),
        say("peak memory, MB"),
    ]
    rows = [
        [
            entry.label,
            f"{entry.fit.seconds:.3f}",
            f"{entry.recommend.seconds:.3f}",
            *(f"{pace:.3f}" if pace == pace else "–" for pace in comparison.pace(row)[:2]),
            f"{max(entry.fit.peak_mb, entry.recommend.peak_mb):,.0f}",
        ]
        for row, entry in enumerate(comparison.entries)
        if row in comparison.fitted  # of ready-made lists nobody knows the cost
    ]
    return table(head, rows, right=(1, 2, 3, 4, 5))


def _definitions(comparison: Comparison, say: Say) -> str:
    there = {(column.name, column.variant) for column in comparison.columns}
    rows = [
        [
            say(one.label) + ("" if one.variant == "standard" else f" ({say(one.variant)})"),
            say(one.meaning),
            one.formula,
            one.source,
        ]
        for key, one in metrics().items()
        if key in there
    ]
    return table([say("metric"), say("meaning"), say("formula (LaTeX)"), say("source")], rows)


def _settings(comparison: Comparison, say: Say) -> str:
    text = escape(comparison.experiment.model_dump_json(indent=1))
    about = say("compare --experiment repeats it, from this file too.")
    return f"<p class='quiet'>{safe(about)}</p><pre class='wide'><code>{text}</code></pre>"
