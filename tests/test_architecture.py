"""House rules that no reader should have to check: layers, Streamlit's place, no pickle, a light start."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A folder of core imports only from folders before it. Types and compiled loops know no folder and
# may be used by all; core's other modules (the command line) stand above all folders.
LAYERS = ("work", "data", "language", "content", "interests", "recommenders", "evaluation", "explain", "cli")
BOTTOM = ("core", "core.types", "core.kernels")

OURS = ("core", "pages", "sample_data", "benchmarks", "tools")
ABOVE_CORE = {"pages", "dashboard", "sample_data", "benchmarks", "tests", "tools"}

# Formats that run code when they are read, and what reads them.
RUNS_CODE = {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
LOADS_CODE = {"torch.load", "pd.read_pickle", "pandas.read_pickle", "sklearn.externals.joblib.load"}

# Slow to import: only inside the function that needs them.
HEAVY = {
    "babel",
    "duckdb",
    "faiss",
    "gensim",
    "implicit",
    "lightgbm",
    "llvmlite",
    "numba",
    "optuna",
    "plotly",
    "scipy.optimize",
    "scipy.stats",
    "sentence_transformers",
    "sklearn",
    "sqlalchemy",
    "tomotopy",
    "torch",
    "transformers",
    "umap",
    "xllamacpp",
}


@dataclass(frozen=True)
class Source:
    """A file of ours and what it parses to."""

    path: str  # relative to the repository, with /
    tree: ast.Module

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and full dotted name of everything imported, at the top or inside functions.

        `from a.b import c` gives a.b.c, for c may be a module.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Calls with the name that is called, as written: np.load."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, ast.unparse(node.func)


def source(path: str, text: str) -> Source:
    return Source(path, ast.parse(text, filename=path))


def ours() -> list[Source]:
    files = sorted(file for folder in OURS for file in (ROOT / folder).rglob("*.py"))
    files.append(ROOT / "dashboard.py")
    return [source(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]


SOURCES = ours()


def core_layer(module: str) -> int | None:
    """Height of a module of core: -1 for the bottom, the folder's place, or above all folders.

    None for a folder that has no place yet.
    """
    if module in BOTTOM or module.rpartition(".")[0] in BOTTOM[1:]:
        return -1
    part = module.split(".")[1]
    if part in LAYERS:
        return LAYERS.index(part)
    if (ROOT / "core" / part).is_dir():
        return None
    return len(LAYERS) if (ROOT / "core" / f"{part}.py").exists() else -1  # else a name in core/__init__.py


def layers_broken(file: Source) -> Iterator[str]:
    """core: imports go down only, and never out to what is built upon core."""
    if not file.path.startswith("core/"):
        return
    here = core_layer(file.module)
    if here is None:
        yield f"{file.path}: its folder has no place in LAYERS"
        return
    for line, name in file.imports():
        if name.split(".")[0] in ABOVE_CORE:
            yield f"{file.path}:{line} imports {name}, which stands on core"
        elif name.split(".")[0] == "core" and name != "core":
            there = core_layer(name)
            if there is not None and there > here:
                yield f"{file.path}:{line} imports {name}, which is above it"


def streamlit_out_of_place(file: Source) -> Iterator[str]:
    """Streamlit is imported in pages/ and dashboard.py and nowhere else."""
    if file.path == "dashboard.py" or file.path.startswith("pages/"):
        return
    for line, name in file.imports():
        if name.split(".")[0] == "streamlit":
            yield f"{file.path}:{line} imports {name}"


def code_that_loads_code(file: Source) -> Iterator[str]:
    """Nothing reads a format that can run code."""
    for line, name in file.imports():
        if name.split(".")[0] in RUNS_CODE or name in LOADS_CODE:
            yield f"{file.path}:{line} imports {name}"
    for call, name in file.calls():
        if name == "torch.load" and any(ast.unparse(one) == "weights_only=True" for one in call.keywords):
            continue  # reads tensors and nothing else
        pickles = any(
            keyword.arg == "allow_pickle"
            and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
            for keyword in call.keywords
        )
        if name in LOADS_CODE or name.endswith(".read_pickle") or pickles:
            yield f"{file.path}:{call.lineno} calls {ast.unparse(call)}"


def page_in_the_wrong_place(file: Source) -> Iterator[str]:
    """Page scripts live in a section's folder: Streamlit's legacy discovery reads pages/ itself."""
    if file.path.startswith("pages/") and file.path.count("/") == 1 and file.path != "pages/__init__.py":
        yield f"{file.path} lies directly in pages/"


RULES = [layers_broken, streamlit_out_of_place, code_that_loads_code, page_in_the_wrong_place]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_code_keeps_the_rule(rule: Callable[[Source], Iterator[str]]) -> None:
    broken = [line for file in SOURCES for line in rule(file)]
    assert not broken, f"{rule.__doc__}\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (layers_broken, "core/work/store.py", "from core.data.dataset import Dataset"),
        (layers_broken, "core/data/splits.py", "def f():\n    import core.evaluation.metrics"),
        (layers_broken, "core/data/splits.py", "from core import recommenders"),
        (layers_broken, "core/types.py", "from core.work.errors import BadInput"),
        (layers_broken, "core/explain/why.py", "from core.__main__ import app"),
        (layers_broken, "core/__main__.py", "import pages.parts.charts"),
        (streamlit_out_of_place, "core/work/jobs.py", "import streamlit as st"),
        (streamlit_out_of_place, "sample_data/generate.py", "from streamlit import cache_data"),
        (code_that_loads_code, "core/work/store.py", "import pickle"),
        (code_that_loads_code, "core/work/store.py", "from joblib import load"),
        (code_that_loads_code, "core/work/store.py", "np.load(path, allow_pickle=True)"),
        (code_that_loads_code, "core/work/store.py", "np.save(path, array, allow_pickle=flag)"),
        (code_that_loads_code, "core/work/store.py", "pd.read_pickle(path)"),
        (code_that_loads_code, "core/content/x.py", "torch.load(path)"),
        (code_that_loads_code, "core/content/x.py", "torch.load(path, weights_only=False)"),
        (page_in_the_wrong_place, "pages/people.py", ""),
    ],
)
def test_the_rule_finds(rule: Callable[[Source], Iterator[str]], path: str, text: str) -> None:
    assert list(rule(source(path, text)))


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (layers_broken, "core/evaluation/metrics.py", "from core.recommenders.base import Ranked"),
        (
            layers_broken,
            "core/work/store.py",
            "from core.types import IntArray\nfrom core.work import errors",
        ),
        (layers_broken, "core/__main__.py", "from core.explain import why"),
        (streamlit_out_of_place, "pages/parts/frame.py", "import streamlit as st"),
        (code_that_loads_code, "core/work/store.py", "np.load(path, allow_pickle=False)\nnp.load(path)"),
        (page_in_the_wrong_place, "pages/explore/people.py", ""),
    ],
)
def test_the_rule_allows(rule: Callable[[Source], Iterator[str]], path: str, text: str) -> None:
    assert not list(rule(source(path, text)))


def loaded_by(statements: str) -> set[str]:
    """The modules that a fresh interpreter holds after these statements."""
    script = f"{statements}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_command_line_starts_without_heavy_imports() -> None:
    assert HEAVY & loaded_by("import core.__main__") == set()


def test_the_front_door_adds_no_heavy_imports() -> None:
    """What dashboard.py imports at its top, beyond what Streamlit loads by itself."""
    front_door = next(file for file in SOURCES if file.path == "dashboard.py")
    top = [node for node in front_door.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    statements = "\n".join(ast.unparse(node) for node in top)
    assert HEAVY & (loaded_by(statements) - loaded_by("import streamlit")) == set()


def needed_at_import(files: list[Source]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Module → those of ours that it imports when it is imported itself; and those whose names it takes.

    Not what it imports inside functions.
    """
    modules = {file.module for file in files}
    needed: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    for file in files:
        top: list[ast.stmt] = [one for one in file.tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
        names = {name for _line, name in Source(file.path, ast.Module(top, [])).imports()}
        named[file.module] = {name.rpartition(".")[0] for name in names - modules} & modules
        needed[file.module] = named[file.module] | names & modules
    return needed, named


def circles(files: list[Source]) -> list[str]:
    """Where a module takes names of one that needs it: whether that works depends on who comes first."""
    needed, named = needed_at_import(files)

    def reached(start: str) -> set[str]:
        found, todo = {start}, [start]
        while todo:
            more = needed[todo.pop()] - found
            found |= more
            todo += more
        return found

    return [
        f"{one} takes names of {other}" for one, of in named.items() for other in of if one in reached(other)
    ]


def test_no_module_takes_names_of_one_that_needs_it() -> None:
    assert circles(SOURCES) == []


def test_a_circle_of_imports_is_found() -> None:
    first = source("pages/a.py", "from pages import b")
    assert circles([first, source("pages/b.py", "from pages.a import c")]) == [
        "pages.b takes names of pages.a"
    ]
    assert circles([first, source("pages/b.py", "from pages import a")]) == []
