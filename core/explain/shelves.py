"""A list as titled rows: items that one thing speaks for stand together, under a title made from facts."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.explain.why import Why
from core.language.writing import Draft, Sentence

PURPOSE = "the title of a row of items in a shop window"
SMALLEST = 2  # items of a row that has a title of its own
MOST = 5  # rows, with that of all others
BECAUSE: dict[str, tuple[str, ...]] = {
    "purchase": ("Because you bought {item}", "You bought {item}", "To go with your {item}"),
    "finish": ("Because you finished {item}", "You finished {item}", "After {item}, which you finished"),
    "read": ("Because you read {item}", "You read {item}", "After {item}, which you read"),
    "accept": ("Because you met {item}", "You met {item}", "People to know beside {item}"),
    "rating": ("Because you rated {item}", "You rated {item}", "After {item}, which you rated"),
    "": ("Because you chose {item}", "You chose {item}", "To go with {item}"),
}
MORE = ("More about {category}", "More of {category}", "Also in {category}")
POPULAR = ("Popular with everybody",)
OTHERS = ("Also for you",)


@dataclass(frozen=True)
class Shelf:
    """A row: what its title may say, and places in the list."""

    draft: Draft
    places: tuple[int, ...]  # from 0, in the list's order


@dataclass(frozen=True)
class Known:
    """What titles may name."""

    titles: Mapping[str, str]  # of items by id
    categories: Mapping[str, str]  # of items by id; several are joined by |
    kinds: Mapping[str, str]  # what the person did last with an item of theirs: purchase, finish, …


def shelves(reasons: Sequence[Why], known: Known) -> list[Shelf]:
    """At most MOST rows of a list, ordered by their first places; every place stands in one of them.

    First rows by the item of the history that speaks most for each, the longest first; then by category, then
    what is only popular; the others make the last row. A row with one item is none.
    """
    rows: list[Shelf] = []
    left = list(range(len(reasons)))

    def take(of: Callable[[int], Iterable[Hashable]], draft: Callable[[str], Draft], most: int) -> None:
        """Rows by what `of` names for a place, the longest first."""
        for _turn in range(most):
            groups: dict[str, list[int]] = {}
            for at in left:
                for name in of(at):
                    groups.setdefault(str(name), []).append(at)
            longest = max(groups.items(), key=lambda one: (len(one[1]), -one[1][0]), default=("", []))
            if len(longest[1]) < SMALLEST or len(rows) >= MOST - 1:
                return
            rows.append(Shelf(draft(longest[0]), tuple(longest[1])))
            left[:] = [at for at in left if at not in longest[1]]

    take(lambda at: _anchor(reasons[at], known), lambda item: _because(item, known), MOST - 2)
    take(lambda at: _categories(reasons[at].item, known), _more, MOST - 2)
    take(
        lambda at: ["popular"] if reasons[at].reason.kind == "popular" else [],
        lambda _name: _fixed(POPULAR),
        1,
    )
    rows.sort(key=lambda one: one.places[0])
    return [*rows, Shelf(_fixed(OTHERS), tuple(left))] if left else rows


def _anchor(why: Why, known: Known) -> list[str]:
    """The item of the history that speaks most for an item, where it has a title."""
    for reason, way in zip((why.reason, *why.reason.also), why.ways, strict=True):
        if reason.kind == "items" and way.parts and way.parts[0].weight > 0:
            return [way.parts[0].name] if way.parts[0].name in known.titles else []
    return []


def _categories(item: str, known: Known) -> list[str]:
    return [name for name in known.categories.get(item, "").split("|") if name]


def _because(item: str, known: Known) -> Draft:
    wordings = BECAUSE.get(known.kinds.get(item, ""), BECAUSE[""])
    return Draft(PURPOSE, (Sentence(wordings, (("item", (known.titles[item],)),)),))


def _more(category: str) -> Draft:
    return Draft(PURPOSE, (Sentence(MORE, (("category", (category,)),)),))


def _fixed(wordings: tuple[str, ...]) -> Draft:
    """A title without facts: there is nothing to write, so the first stands."""
    return Draft(PURPOSE, (Sentence(wordings, ()),))
