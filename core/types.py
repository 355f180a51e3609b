"""Array types that signatures name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
PlaceArray = NDArray[np.signedinteger[Any]]  # whole numbers of any width: places among others, counts
UIntArray = NDArray[np.uint64]
FloatArray = NDArray[np.floating]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.object_]
