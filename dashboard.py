"""The front door: page configuration, navigation, the shared frame. Run by `make run`."""

import logging

import streamlit as st

from core.work.errors import BadInput
from pages.parts import charts, dialog, frame, job_panel, page_list, session, states
from pages.parts.words import _

st.set_page_config(
    page_title="Touchstone", page_icon=str(frame.ICON), layout="wide", initial_sidebar_state="collapsed"
)
st.logo(str(frame.LOGO), size="medium")
session.choose_language()
dialog.page_begins()
page = st.navigation(page_list.pages(), position="top")
tray = frame.begin(session.begin(page.url_path or page_list.DEFAULT))
waiting = None
try:
    page.run()
except job_panel.Waiting as reason:
    waiting = reason
except states.PageEnds:
    pass
except BadInput as error:
    states.bad_input(error)
except Exception:  # a page that breaks must not take the frame with it
    logging.getLogger(__name__).exception("page %s", page.url_path)
    states.error(
        _("This page could not be drawn."), _("The log of the server says why. Other pages still work.")
    )
job_panel.poll(tray, waiting)
charts.follow()
