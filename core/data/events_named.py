"""What the events of a file mean: its own names, and which of seven meanings each has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Did, EventName
from core.data.entries import split, written
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.plugins import unknown

MEANINGS = ("impression", "view", "click", "cart", "purchase", "negative")
OWN = ("rating", "interaction", "history")  # kinds that readers give themselves
# Usual names of each meaning, in the form that `_plain` gives them.
USUAL = {
    "impression": "impression impressions imp impr show shown showing exposure expose exposed display"
    " displayed serve served 曝光 展示 展现 推荐曝光",
    "view": "view views viewed pv pageview page_view detail detail_view item_view view_item visit visited"
    " browse browsed watch watched read play played 浏览 查看 访问 观看 阅读 播放",
    "click": "click clicks clicked clk tap open opened 点击 点开",
    "cart": "cart carts add_to_cart addtocart add_cart basket add_to_basket 加购 加购物车 加入购物车 购物车",
    "purchase": "purchase purchases purchased buy buys bought order ordered orders transaction transactions"
    " sale pay paid payment checkout conversion convert converted subscribe subscribed"
    " 购买 下单 支付 付款 成交 订购 转化 成交订单",
    "negative": "negative dislike disliked downvote thumbs_down skip skipped hide hidden block blocked"
    " not_interested uninterested report reported return returned refund 不喜欢 不感兴趣 踩 跳过 屏蔽 举报"
    " 差评 退货 负反馈",
}
_KNOWN = {name: meaning for meaning, names in USUAL.items() for name in names.split()}


@artifact
@dataclass(frozen=True)
class Events:
    """What was said of the names of events in a file; the others mean what they usually do."""

    said: tuple[tuple[str, str], ...] = ()  # (name in the file, meaning)

    @property
    def spec(self) -> str:
        """The form in which it is written: `transaction=purchase,pv=view`."""
        return written(self.said)

    def meaning(self, name: str) -> str:
        """What an event of that name means; "" where nobody said and the name is no usual one."""
        return dict(self.said).get(name) or meant(name)


def events_of(text: str) -> Events:
    """What `transaction=purchase,pv=view` says; raises BadInput for a meaning that there is not.

    >>> events_of("transaction=purchase, pv=view").meaning("transaction")
    'purchase'
    """
    if not text.strip():
        return Events()
    said = []
    for entry in split(text):
        name, equals, meaning = entry.rpartition("=")
        if not equals or not name.strip():
            raise BadInput(
                f"{entry[:60]!r} says no meaning.", "name=meaning, as transaction=purchase.", "mend it."
            )
        if meaning.strip().lower() not in MEANINGS:
            raise unknown("meaning of an event", meaning.strip()[:60], list(MEANINGS))
        said.append((name.strip(), meaning.strip().lower()))
    twice = [name for name, _ in said if sum(name == other for other, _ in said) > 1]
    if twice:
        raise BadInput(f"The event {twice[0][:60]!r} is given twice.", "each name once.", "leave one out.")
    return Events(tuple(said))


def meant(name: str) -> str:
    """The usual meaning of an event's name, "" where there is none.

    >>> meant("addToCart"), meant("加入购物车"), meant("wink")
    ('cart', 'cart', '')
    """
    return _KNOWN.get(_plain(name), "")


def named(kinds: Sequence[str] | pd.Series, events: Events) -> list[EventName]:
    """Each name of events with its meaning and rows, the most frequent first."""
    counts = pd.Series(kinds).dropna().astype("str").str.strip().value_counts()
    said = dict(events.said)
    return [
        EventName(str(name), events.meaning(str(name)), int(rows), str(name) in said)
        for name, rows in counts.items()
    ]


def mean(frame: pd.DataFrame, events: Events) -> tuple[pd.DataFrame, list[Did], list[EventName]]:
    """A log whose kinds have their meanings, and what was not known.

    Raises BadInput where something is said of a name that no row has.
    """
    if "kind" not in frame:
        known_events(None, events)
        return frame, [], []
    texts = frame["kind"].astype("str").str.strip().where(frame["kind"].notna(), None)
    found = named(texts, events)
    known_events(found, events)
    to = {one.name: one.meaning or one.name for one in found}
    listed = [one for one in found if one.name not in OWN]
    return frame.assign(kind=texts.map(to)), without_meaning(found), listed


def known_events(found: Sequence[EventName] | None, events: Events) -> None:
    """Raises BadInput where something is said of a name that no row has; None = no column has names."""
    if found is None and events.said:
        raise BadInput(
            f"The events {events.spec[:80]!r} are given, and the data names none.",
            "a column of events.",
            'say which column it is: --columns "kind=…".',
        )
    there = {one.name for one in found or ()}
    strangers = [name for name, _ in events.said if name not in there]
    if strangers:
        raise BadInput(
            f"No row has the event {strangers[0][:60]!r}.",
            f"one of {', '.join(repr(one.name) for one in (found or ())[:8])}.",
            "mend --events.",
        )


def without_meaning(found: Iterable[EventName]) -> list[Did]:
    """The record of names whose meaning nobody knows; nothing where there is none."""
    lost = [one for one in found if not one.meaning and one.name not in OWN]
    did = Did(
        "events without a meaning",
        sum(one.rows for one in lost),
        "kept under their own names, and counted as positive; --events says what they mean",
        tuple(f"{one.name}: {one.rows:,} rows" for one in lost[:3]),
    )
    return [did] if lost else []


def _plain(name: str) -> str:
    spaced = "".join(
        f"_{char}" if char.isupper() and at and name[at - 1].islower() else char
        for at, char in enumerate(name)
    )
    return "_".join(spaced.replace("-", " ").replace("_", " ").lower().split())


def negative(frame: pd.DataFrame) -> np.ndarray:
    """(N,) bool: rows that say that a person does not want an item."""
    return (frame["kind"].astype("str") == "negative").to_numpy()
