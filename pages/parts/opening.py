"""Opening a data set: a sample, a path or an upload is read first, and takes over only if that went well.

What is being opened stands in the session as text; the data set of the state stays as it is until then.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from core.data import downloads, upload
from core.data.database import is_address
from core.data.load import Source, samples
from core.data.upload import Given
from core.evaluation.protocol import dataset_in_child, dataset_of
from core.work.errors import BadInput
from core.work.jobs import AnyJob
from core.work.report import Cancelled
from core.work.settings import settings
from pages.parts import data, data_draft, fetching, job_panel, session, states
from pages.parts.frame import titles_of
from pages.parts.text import markdown
from pages.parts.url_state import OF_DATA
from pages.parts.words import _, said

WAYS = ("sample", "path", "upload", "database", "fetch")
_OPENING, _REFUSED, _ARRIVED, _UPLOADS = "opening", "opening_refused", "opening_arrived", "my_uploads"
_TRIED = "opening_tried"  # the source that was refused, and its name


def choose() -> None:
    """The ways to open a data set, and what became of the last try."""
    names = {
        "sample": _("Sample"),
        "path": _("Path"),
        "upload": _("Upload"),
        "database": _("Database"),
        "fetch": _("Download"),
    }
    forms: dict[str, Callable[[], None]] = {
        "path": _by_path,
        "upload": _by_upload,
        "database": _by_query,
        "fetch": partial(fetching.choose, take),
    }
    st.session_state.setdefault("way", "sample")
    with st.container(key="choose_data"):
        way = st.segmented_control(
            _("Open a data set"),
            WAYS,
            key="way",
            format_func=names.__getitem__,
            required=True,
            label_visibility="collapsed",
        )
        forms.get(str(way), _by_sample)()
    told = st.session_state.get(_REFUSED)
    if told:
        states.bad_input(BadInput(*told))


def uploads() -> list[str]:
    """Keys of the data sets that this session uploaded, the latest first."""
    return list(st.session_state.get(_UPLOADS, []))


def refused() -> tuple[Source, str] | None:
    """The source that could not be read, and the name it would have had; None where all is well."""
    tried = dict(st.session_state.get(_TRIED, {}))
    return (
        (Source(**{name: text for name, text in tried.items() if name != "name"}), tried["name"])
        if tried
        else None
    )


def _by_sample() -> None:
    keys = [*samples(), *downloads.fetched(), *session.shelf().keys(), *uploads()]
    titles, current = titles_of(keys), session.state().data
    with st.container(horizontal=True, gap="small"):
        for at, key in enumerate(keys[:12]):
            st.button(
                markdown(titles[key]),
                key=f"take_{at}",
                type="primary" if key == current else "secondary",
                on_click=take,
                args=(key,),
            )
    states.caption(_("Samples come with Touchstone; what was opened here before follows them."))


def _by_path() -> None:
    with st.form("path_form", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.text_input(
            _("Path of a file or folder on this server"),
            key="path",
            placeholder="data/ml-100k",
            max_chars=1_000,
        )
        right.form_submit_button(
            _("Open"), key="open_path", type="primary", on_click=_open_path, width="stretch"
        )
    states.caption(_("CSV, TSV, JSON lines or Parquet, plain, gzipped or zipped, or a folder of them."))


def _by_upload() -> None:
    limit = settings().max_upload_mb
    with st.form("upload_form", border=False, clear_on_submit=True):
        st.file_uploader(
            _("Interactions, and items beside them if you have them"),
            key="files",
            accept_multiple_files=True,
            max_upload_size=max(1, int(limit)),
        )
        st.form_submit_button(_("Open"), key="open_upload", type="primary", on_click=_open_upload)
    states.caption(
        _(
            "Up to {limit} MB a file. Files are read in a process apart, kept under a random name,"
            " never shared, and gone when the server stops."
        ).format(limit=f"{limit:g}")
    )


def _by_query() -> None:
    with st.form("database_form", border=False):
        st.text_input(
            _("Address of a database"),
            key="address",
            placeholder="postgresql://reader@db.example/shop",
            max_chars=1_000,
        )
        left, right = st.columns(2)
        left.text_area(
            _("Query for what people did"),
            key="query",
            placeholder="SELECT user, item, kind, timestamp FROM events",
            max_chars=5_000,
            height=100,
        )
        right.text_area(
            _("Query for items, if there is one"),
            key="items_query",
            placeholder="SELECT item, title, category FROM items",
            max_chars=5_000,
            height=100,
        )
        st.form_submit_button(_("Open"), key="open_database", type="primary", on_click=_open_database)
    states.caption(
        _(
            "SQLite or PostgreSQL by its SQLAlchemy address; it is only read. A password is kept in memory"
            " until the server stops; PGPASSWORD or a .pgpass file give it for longer."
        )
    )


def take(key: str) -> None:
    """A data set that is known already."""
    _forget()
    session.change(data=key, **OF_DATA)


def _open_path() -> None:
    path = st.session_state.get("path", "").strip().strip("'\"")
    if not path:
        refuse(BadInput(_("No path was given."), _("a file or folder on this server."), _("write its path.")))
    elif upload.is_upload(path):
        refuse(BadInput(_("This is no path."), _("a file or folder on this server."), _("write its path.")))
    else:
        begin(Source(data=str(Path(path).expanduser())), Path(path).name or path)


def _open_database() -> None:
    address, query, items_query = (
        st.session_state.get(part, "").strip() for part in ("address", "query", "items_query")
    )
    wanted = _("an address such as {example}.").format(example="sqlite:///shop.db")
    if not is_address(address):
        refuse(BadInput(_("This is no address of a database."), wanted, _("check the address.")))
        return
    try:
        source = Source(data=address, query=query, items_query=items_query)
    except BadInput as error:
        refuse(error)
        return
    data.look_anew()
    begin(source, Path(address.partition("?")[0]).stem)


def _open_upload() -> None:
    try:
        given = [Given(one.name, one, one.size) for one in st.session_state.get("files") or []]
        address = upload.keep(given)
    except BadInput as error:
        refuse(error)
        return
    begin(Source(data=address), Path(upload.shown(given[0].name)).stem)


def begin(source: Source, name: str) -> None:
    """Starts to open a source under a name. For callbacks."""
    _forget()
    data_draft.drop()
    try:
        step = dataset_of if source.data in samples() else dataset_in_child
        job = job_panel.desk().start(step, source, data.content(source))
    except BadInput as error:
        refuse(error)
        return
    except (OSError, ValueError) as error:  # a name too long, a zero byte, no leave to look
        wrong = _("{path} can't be opened ({why}).").format(path=source.data[:80], why=str(error)[:80])
        refuse(BadInput(wrong, _("a file or folder on this server."), _("check the path.")))
        return
    st.session_state[_OPENING] = {"job": job.key, "name": name, **vars(source)}


def attend() -> None:
    """Goes on with what is being opened: the page ends while it is read; then it becomes the state's."""
    if st.session_state.pop(_ARRIVED, False):
        st.query_params.from_dict(
            st.query_params.to_dict()
        )  # a rerun may overtake what was written before it
    chosen = dict(st.session_state.get(_OPENING, {}))
    job = job_panel.desk().job(chosen.pop("job", ""))
    if job is None:
        return
    name = chosen.pop("name")
    job.wait(job_panel.SOON)
    state = job.status().state
    if state in ("queued", "running"):
        place = st.container(key="progress")
        states.skeleton()
        raise job_panel.Waiting(job.key, place)
    if state == "done":
        _arrive(Source(**chosen), name)
    else:
        refuse(_why(job))
        st.session_state[_TRIED] = {"name": name, **chosen}
    st.rerun()


def _why(job: AnyJob) -> BadInput:
    try:
        job.result(0)
    except BadInput as error:
        return error
    except Cancelled:
        return BadInput(
            _("Opening was cancelled."),
            _("nothing: the data set from before is still here."),
            _("open it again, or go on with this one."),
        )
    except Exception:
        return BadInput(
            _("This could not be read."), _("a table that is not damaged."), said(job.status().error)
        )
    raise AssertionError("a job that failed raises")


def _arrive(source: Source, name: str) -> None:
    passing = any(map(upload.is_upload, (source.data, source.items)))
    try:
        key = session.shelf().put(source, name, passing=passing)
    except BadInput as error:
        refuse(error)
        return
    if passing:
        st.session_state[_UPLOADS] = [key, *(k for k in st.session_state.get(_UPLOADS, []) if k != key)]
    _forget()
    st.session_state[_ARRIVED] = True
    session.change(data=key, **OF_DATA)


def refuse(error: BadInput) -> None:
    """Says what was wrong above the data set that stays open. For callbacks."""
    _forget()
    st.session_state[_REFUSED] = [error.wrong, error.expected, error.do]


def _forget() -> None:
    st.session_state.pop(_OPENING, None)
    st.session_state.pop(_REFUSED, None)
    st.session_state.pop(_TRIED, None)
