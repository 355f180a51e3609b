"""What `make run` starts: the server around dashboard.py.

Streamlit takes a folder named pages/ for its older kind of pages until a session has called
st.navigation, and answers the first deep link of a fresh server with "Page not found". Calling it
once before any session settles that.
"""

import logging

import streamlit as st

told = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
told.disabled = True  # that there is no session here is known
st.navigation([st.Page("dashboard.py")])
told.disabled = False
app = st.App("dashboard.py")
