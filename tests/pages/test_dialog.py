"""A dialog outlives the end of work that the page would show at once."""

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from pages.parts import dialog

    dialog.page_begins()
    st.session_state["drawn"] = st.session_state["drawn"] + 1 if "drawn" in st.session_state else 1
    if st.button("Open", key="open"):
        dialog.show("Title", st.markdown, "inside")
    if st.session_state.pop("ended", False):
        dialog.redraw()


def test_a_page_draws_itself_again_when_its_work_has_ended() -> None:
    at = AppTest.from_function(script).run()
    at.session_state["ended"] = True
    at.run()
    assert at.session_state["drawn"] == 3


def test_it_does_not_while_a_dialog_is_open_and_does_once_it_is_closed() -> None:
    at = AppTest.from_function(script).run()
    at.session_state["ended"] = True
    at.button(key="open").click().run()
    assert [one.value for one in at.markdown] == ["inside"]
    assert at.session_state["drawn"] == 2
    at.session_state["ended"] = True
    at.run()
    assert not at.markdown
    assert at.session_state["drawn"] == 4
