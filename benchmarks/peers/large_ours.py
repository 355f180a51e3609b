"""Ours: `describe` with a minimum, in a process of its own. Writes users, items, rows; those of the core."""

import sys

from core.data.large.core import Minimum
from core.data.large.describe import describe
from core.data.load import Source, source_fingerprint
from core.work.report import silent

source = Source(data=sys.argv[1])
found = describe(source, source_fingerprint(source), Minimum(5, 5), silent)
assert found.core is not None
print(
    found.users, found.items, found.interactions, found.core.users, found.core.items, found.core.interactions
)
