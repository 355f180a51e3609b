"""Array types that signatures name."""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int32]
UIntArray = NDArray[np.uint64]
FloatArray = NDArray[np.floating]
BoolArray = NDArray[np.bool_]
TextArray = NDArray[np.object_]
