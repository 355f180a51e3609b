"""Wordings that core gives a language model to choose from, as the catalogue needs them."""

from collections.abc import Iterator

from core.explain import portrait, sentences, shelves


def wordings() -> Iterator[str]:
    """Every pattern of a sentence or a title, and the facts that are words of ours."""
    for some in (*sentences.WORDINGS.values(), sentences.ESTIMATED, sentences.SHARED):
        yield from some
    for some in (*shelves.BECAUSE.values(), shelves.MORE, shelves.POPULAR, shelves.OTHERS):
        yield from some
    for some in (portrait.INTERESTS, portrait.TOPICS, portrait.KEYWORDS, portrait.WHEN, portrait.BOTH):
        yield from some
    for some in (portrait.LIKES, portrait.DISLIKES, portrait.SINCE, portrait.COUNT, portrait.ONE):
        yield from some
    yield from (portrait.WEEKENDS, *portrait.DAYS)
