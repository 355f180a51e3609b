"""What `make run` starts: the server around dashboard.py.

Streamlit takes a folder named pages/ for its older kind of pages until a session has called
st.navigation, and answers the first deep link of a fresh server with "Page not found". Calling it
once before any session settles that. While the first browser loads its assets, a thread reads what
the first page needs.
"""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from core.work import farewell


def _ahead() -> None:
    from pages.parts import ahead  # takes seconds: the server answers meanwhile

    ahead.read()


@asynccontextmanager
async def _said_farewell(_app: st.App) -> AsyncIterator[None]:
    yield
    farewell.say()  # here, for a server that is told to end by SIGTERM dies of it before Python says it


told = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
told.disabled = True  # that there is no session here is known
st.navigation([st.Page("dashboard.py")])
told.disabled = False
app = st.App("dashboard.py", lifespan=_said_farewell)
threading.Thread(target=_ahead, name="ahead", daemon=True).start()
