"""requirements.txt is enough, and holds nothing too much."""

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("core", "pages", "sample_data", "dashboard.py")
OURS = {"core", "pages", "sample_data", "dashboard"}
FOR_DEVELOPERS = {"pages/parts/locale/__main__.py"}  # makes the catalogues that are shipped

# 12 people in two groups that like other things; enough for every default.
LIKES = {"u": ("tent", "rope", "torch", "boots"), "v": ("pan", "whisk", "oven", "apron")}


def requirements(file: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    lines = (line.strip() for line in (ROOT / file).read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[=\[;]", requirement)[0]).lower()


def imported() -> dict[str, str]:
    """Top-level module of other people that the product imports → one file that does."""
    found = {}
    for entry in PRODUCT:
        path = ROOT / entry
        for file in path.rglob("*.py") if path.is_dir() else filter(Path.exists, [path]):
            name = file.relative_to(ROOT).as_posix()
            if name in FOR_DEVELOPERS:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module:
                    modules = [node.module]
                for top in {module.split(".")[0] for module in modules} - OURS - sys.stdlib_module_names:
                    found[top] = name
    return found


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_version_is_pinned(file: str) -> None:
    loose = [
        line for line in requirements(file) if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line)
    ]
    assert not loose


def test_the_product_imports_what_requirements_name_and_nothing_else() -> None:
    distributions = packages_distributions()
    named = {name_of(line) for line in requirements("requirements.txt")}
    missing = {
        f"{file} imports {module}"
        for module, file in imported().items()
        if not named & {name_of(name) for name in distributions.get(module, [])}
    }
    assert not missing


def test_no_package_comes_before_code_that_needs_it() -> None:
    distributions = packages_distributions()
    used = {name_of(name) for module in imported() for name in distributions.get(module, [])}
    assert {name_of(line) for line in requirements("requirements.txt")} - used == set()


@pytest.fixture(scope="module")
def bare_python() -> Iterator[str]:
    """An interpreter that has requirements.txt and nothing else."""
    with tempfile.TemporaryDirectory(prefix="touchstone-install-") as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / "bin" / "python")
        install = [
            python,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--no-compile",
            "--quiet",
        ]
        subprocess.run([*install, "-r", str(ROOT / "requirements.txt")], check=True, stdin=subprocess.DEVNULL)
        yield python


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    rows = [
        f"{group}{person},{items[(person + step) % 4]},{1 + (person + step) % 5},{1_700_000_000 + 60 * step}"
        for group, items in LIKES.items()
        for person in range(6)
        for step in range(3)
    ]
    file = tmp_path / "tiny.csv"
    file.write_text("\n".join(["user,item,rating,timestamp", *rows]) + "\n", "utf-8")
    return file


@pytest.mark.slow_install
@pytest.mark.timeout(900)
def test_the_command_line_runs_on_requirements_alone(bare_python: str, tiny: Path, tmp_path: Path) -> None:
    def core(*arguments: str) -> dict[str, object]:
        out = tmp_path / "out.json"
        command = [bare_python, "-m", "core", *arguments, "--out", str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told: dict[str, object] = json.loads(out.read_text("utf-8"))
        return told

    absent = subprocess.run([bare_python, "-c", "import pytest"], capture_output=True, check=False)
    assert absent.returncode != 0, "the test extras are there: this proves nothing"

    dataset = core("describe", str(tiny))["dataset"]
    assert isinstance(dataset, dict)
    assert (dataset["users"], dataset["items"], dataset["interactions"]) == (12, 8, 36)

    results = core("compare", "--data", str(tiny), "--recommenders", "popularity,item_knn,ease", "--k", "2")
    assert isinstance(results["results"], list)
    assert [result["recommender"] for result in results["results"]] == ["popularity", "item_knn", "ease"]
