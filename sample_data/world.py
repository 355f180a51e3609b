"""What a world is made of: the words, shapes and colours that the simulator needs to know of a domain.

Every phrase stands in two languages, English first and Chinese second. Alternatives are separated by `|`.
"""

from dataclasses import dataclass

Both = tuple[str, str]
"""One phrase in English and in Chinese."""

LANGUAGES = ("en", "zh")


def choices(both: Both) -> tuple[Both, ...]:
    """The alternatives of a phrase, paired over the languages.

    >>> choices(("red|green", "红|绿"))
    (('red', '红'), ('green', '绿'))
    """
    return tuple(zip(both[0].split("|"), both[1].split("|"), strict=True))


def weights(text: str) -> dict[str, float]:
    """Names with their weights.

    >>> weights("hiking:1 camping:.5")
    {'hiking': 1.0, 'camping': 0.5}
    """
    pairs = (part.split(":") for part in text.split())
    return {name: float(weight) for name, weight in pairs}


@dataclass(frozen=True)
class Feature:
    """A property that an item can have, how its maker tells of it, and what reviews say of it."""

    adjective: Both
    tells: Both
    praise: Both
    complaint: Both


@dataclass(frozen=True)
class Measure:
    """A number that stands in an item's text: `phrase` holds `{n}`, from `low` to `high` in steps."""

    phrase: Both
    low: int
    high: int
    step: int


@dataclass(frozen=True)
class Kind:
    """A kind of item, such as a rain jacket. `shape` is its silhouette (see `pictures`)."""

    name: Both
    use: Both
    price: tuple[float, float]
    interests: str
    features: str
    materials: Both
    measure: Measure
    shape: str
    variants: Both = ("", "")  # what tells its items apart in place of a colour, such as a scent
    consumable: bool = False  # bought again and again by the same person
    titles: Both = ("", "")  # what its items are called, in place of the world's titles
    leads: Both = ("", "")  # how their texts begin, in place of the world's openers
    half_life: float = 0.0  # days after which an item has lost half of its pull; 0 = it does not age


@dataclass(frozen=True)
class Department:
    """A category of items. `plate` is the shape behind the silhouettes of all its items."""

    name: Both
    makers: Both
    plate: str
    features: tuple[Feature, ...]
    kinds: tuple[Kind, ...]
    closers: Both


def used(features: tuple[Feature, ...], kinds: tuple[Kind, ...]) -> tuple[Feature, ...]:
    """Those of a world's features that some of the kinds can have."""
    names = {name for kind in kinds for name in kind.features.split()}
    return tuple(feature for feature in features if feature.adjective[0] in names)


@dataclass(frozen=True)
class Segment:
    """A group of people with interests in common."""

    name: Both
    share: float
    interests: str
    age: tuple[float, float]  # mean and standard deviation
    women: float
    occupations: str


@dataclass(frozen=True)
class Reviews:
    """What reviews are made of; `openers` and `closers` are by stars, 1 first."""

    openers: tuple[Both, ...]
    contexts: Both
    closers: tuple[Both, ...]


@dataclass(frozen=True)
class Rules:
    """How life goes in a world: what people do there, how often, and what holds them back."""

    kinds: tuple[str, str, str] = ("view", "cart", "purchase")  # a look, a step further, the conversion
    effort: str = "price"  # what a conversion costs: a `price`, or the `minutes` of the item's measure
    value: str = "price"  # what an interaction's value is: what was to pay, the `seconds` spent, or `nothing`
    budget: tuple[float, float] = (4.3, 0.5)  # log of the effort at which a conversion becomes unlikely
    needs: tuple[float, float] = (2.0, 6.0)  # Beta: whether something of a category is needed right now
    mood: float = 1.9  # conversions on organic visits, relative to those on logged slates
    halfway: float = 0.09  # share of organic views that go a step further, and no more
    again: float = 0.06  # share of second conversions of a thing that lasts
    visits: float = 37.0  # organic visits of a person in the year of history
    visits_logged: float = 1.0  # and in the weeks of the log
    views: float = 6.6  # items viewed in a visit
    reviewed: float = 0.13
    log_days: int = 56
    appears: bool = False  # items appear over the year, on the day in their column `published`
    mutual: bool = False  # items are people: each item is one of the world's own people


@dataclass(frozen=True)
class World:
    """A domain: everything that its people read and see."""

    key: str
    name: str
    description: str
    nouns: dict[str, Both]  # item, items, people and so on: what this domain calls them
    currency: str
    departments: tuple[Department, ...]
    interests: dict[str, tuple[float, ...]]  # interest → its strength from January to December
    segments: tuple[Segment, ...]
    colours: dict[Both, str]
    patterns: dict[str, Both]
    cities: tuple[str, str]  # where people read English, and where they read Chinese
    openers: Both
    making: Both
    looks: Both  # how a text tells of an item's colour and pattern
    wrappings: Both  # the same for items that differ in something else than colour
    reviews: Reviews
    queries: Both
    n_items: int
    n_users: int
    n_slates: int
    source: str = "Simulated. Its people, makers and products do not exist."
    titles: tuple[Both, Both] = (  # of items with a feature in the title, and of others
        ("{maker} {adj} {kind}, {end}", "{maker}{adj}{kind} {end}"),
        ("{maker} {kind}, {end}", "{maker}{kind} {end}"),
    )
    tagged: str = "look"  # what its tags hold beside kind and features: the look, the maker or nothing
    letters: tuple[str, str] = ("u", "p")  # what ids of people and of items begin with
    truth: str = ""  # what else is true here, as Markdown
    rules: Rules = Rules()
