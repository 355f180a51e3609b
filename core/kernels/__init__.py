"""Compiled inner loops. Import this module inside functions: numba takes a second to load.

All release the GIL and none runs in parallel by itself, so that callers may use threads. Each has
one signature, compiled at the first import ever and read from the cache after that, so no
measurement includes it: arrays are C-ordered, indices int32, and inputs may be read-only.
"""

from core.kernels import learning, pairs, ranking
from core.kernels.compiled import pattern

__all__ = ["learning", "pairs", "pattern", "ranking"]
