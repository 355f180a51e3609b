"""What is done before this process ends: files that go with it are removed, work is let go.

Python says it by itself, but not where a signal ends the process: who handles the signal says it then.
"""

import atexit
from contextlib import ExitStack

_last = ExitStack()
at_end = _last.callback  # the latest is done first, and each also where another fails
say = _last.close
atexit.register(say)
