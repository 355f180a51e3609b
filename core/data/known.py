"""Data sets that can be fetched: where their publishers keep them, under which licence, how to know them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from core.work.errors import BadInput
from core.work.plugins import unknown
from core.work.settings import settings

_GROUPLENS = "https://files.grouplens.org/datasets/movielens/"
_NO_WARRANTY = (
    "No warranty. Do not state or imply that the University of Minnesota or GroupLens endorses you. "
)
_CITE = (
    "Acknowledge the data set in publications: F. M. Harper and J. A. Konstan, The MovieLens Datasets:"
    " History and Context, ACM TiiS 5(4), 2015. "
)
_CLOSED = (
    "GroupLens usage licence, in short: for research. "
    + _NO_WARRANTY
    + _CITE
    + "Do not redistribute it without separate permission. No commercial or revenue-bearing use without"
    " permission from GroupLens. "
)
_SHARED = (
    "GroupLens usage licence, in short: for research. "
    + _NO_WARRANTY
    + _CITE
    + "It may be redistributed, also transformed, under these same conditions. No commercial or"
    " revenue-bearing use without permission from GroupLens. "
)
_MIND = (
    "Microsoft Research Licence Terms, in short: for non-commercial research and study only. As is, without"
    " warranty. No redistribution. Acknowledge it: F. Wu et al., MIND: A Large-scale Dataset for News"
    " Recommendation, ACL 2020. Full text: https://msnews.github.io/"
)


@dataclass(frozen=True)
class Known:
    """A data set at its publisher's address."""

    name: str
    title: str
    address: str
    licence: str
    bytes: int  # of the archive, as published
    files: tuple[str, ...]  # that must be inside
    checksum: str = ""  # "md5:…" or "sha256:…" as published; "" where none is

    @property
    def most(self) -> int:
        """Bytes beyond which what comes is something else."""
        return 3 * self.bytes + 10_000_000


_ALL = (
    Known(
        "ml-100k",
        "MovieLens 100K",
        _GROUPLENS + "ml-100k.zip",
        _CLOSED + f"Full text: {_GROUPLENS}ml-100k-README.txt",
        4_924_029,
        ("u.data", "u.item", "u.user"),
        "md5:0e33842e24a9c977be4e0107933c0723",
    ),
    Known(
        "ml-1m",
        "MovieLens 1M",
        _GROUPLENS + "ml-1m.zip",
        _CLOSED + f"Full text: {_GROUPLENS}ml-1m-README.txt",
        5_917_549,
        ("ratings.dat", "movies.dat", "users.dat"),
        "md5:c4d9eecfca2ab87c1945afe126590906",
    ),
    Known(  # its publisher replaces it now and then, so no checksum is published
        "ml-latest-small",
        "MovieLens latest, small",
        _GROUPLENS + "ml-latest-small.zip",
        _SHARED + f"Full text: {_GROUPLENS}ml-latest-small-README.html",
        978_202,
        ("ratings.csv", "movies.csv", "tags.csv"),
    ),
    Known(
        "ml-20m",
        "MovieLens 20M",
        _GROUPLENS + "ml-20m.zip",
        _SHARED + f"Full text: {_GROUPLENS}ml-20m-README.html",
        198_702_078,
        ("ratings.csv", "movies.csv", "tags.csv"),
        "md5:cd245b17a1ae2cc31bb14903e1204af3",
    ),
    Known(
        "mind-small",
        "MIND small, training part",
        "https://recodatasets.z20.web.core.windows.net/newsrec/MINDsmall_train.zip",
        _MIND,
        52_994_575,
        ("behaviors.tsv", "news.tsv"),
    ),
)
KNOWN: Mapping[str, Known] = MappingProxyType({one.name: one for one in _ALL})


def known(name: str) -> Known:
    """The data set of that name at the address that the configuration gives; raises BadInput for another.

    An address of the configuration may end in `#md5=…` or `#sha256=…`: then that is the checksum.
    """
    if name not in KNOWN:
        raise unknown("data set to fetch", name, list(KNOWN))
    found = KNOWN[name]
    given = settings().downloads.get(name)
    if given is None:
        return found
    address, _, checksum = given.partition("#")
    if not address.startswith(("http://", "https://")):
        raise BadInput(
            f"TOUCHSTONE_DOWNLOADS has the address {address[:80]!r} for {name}.",
            "an address that begins with http:// or https://.",
            "mend it, or leave it out to get the publisher's.",
        )
    kind, _, digest = checksum.partition("=")
    if checksum and (kind not in ("md5", "sha256") or not digest):
        raise BadInput(
            f"TOUCHSTONE_DOWNLOADS has {checksum[:80]!r} behind the address of {name}.",
            "#md5=… or #sha256=….",
            "mend it, or leave it out to check against what is published.",
        )
    return replace(found, address=address, checksum=f"{kind}:{digest}" if checksum else found.checksum)
