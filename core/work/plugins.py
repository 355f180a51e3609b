"""Registries by folder scan: adding one thing is adding one file."""

import difflib
import hashlib
import importlib
import importlib.util
import inspect
import pkgutil
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeGuard, TypeVar

from core.work.errors import BadInput
from core.work.registry import trust
from core.work.settings import settings

T = TypeVar("T")
PREFIX = "touchstone_plugins"


class Registry(Generic[T]):
    """The classes that a folder holds, found by their `name`.

    `package` is scanned (its modules are imported, so these import heavy libraries inside
    functions), then the folder of the same last name in the plug-in folder of the settings.
    """

    def __init__(self, package: str, base: type[T], kind: str) -> None:
        self.package, self.base, self.kind = package, base, kind

    def all(self) -> dict[str, type[T]]:
        """Every registered class by name, in order of name."""
        found: dict[str, type[T]] = {}
        for module in modules(self.package):
            for _, value in inspect.getmembers(module, inspect.isclass):
                if value.__module__ == module.__name__ and self._counts(value):
                    found[vars(value)["name"]] = value
        return dict(sorted(found.items()))

    def get(self, name: str) -> type[T]:
        """The class of that name; raises BadInput that lists what there is."""
        found = self.all()
        if name not in found:
            raise unknown(self.kind, name, list(found))
        return found[name]

    def _counts(self, value: Any) -> TypeGuard[type[T]]:
        return issubclass(value, self.base) and isinstance(vars(value).get("name"), str)


def code_of(cls: type) -> str:
    """SHA-256 of the source of the module that defines a class, so that an edited plug-in is another."""
    return hashlib.sha256(inspect.getsource(sys.modules[cls.__module__]).encode()).hexdigest()


def unknown(kind: str, name: str, known: list[str]) -> BadInput:
    """What to say of a name that is not registered."""
    near = difflib.get_close_matches(name, known, n=1)
    return BadInput(
        f"There is no {kind} named {name[:60]!r}.",
        f"one of {', '.join(known)}.",
        f"write {near[0]} if that is what you meant." if near else "choose one of these.",
    )


def modules(package: str) -> tuple[ModuleType, ...]:
    """The modules of a package and of its namesake in the plug-in folder."""
    return _modules(package, settings().plugins)


@lru_cache(maxsize=64)
def _modules(package: str, plugins: Path | None) -> tuple[ModuleType, ...]:
    parent = importlib.import_module(package)
    names = sorted(found.name for found in pkgutil.iter_modules(parent.__path__))
    own = [importlib.import_module(f"{package}.{name}") for name in names]
    folder = plugins / package.rsplit(".", 1)[-1] if plugins else None
    files = sorted(folder.glob("*.py")) if folder else []
    return (*own, *(_from_file(file) for file in files))


def load(name: str) -> ModuleType:
    """The plug-in of that module name, which `modules` gives it; raises ImportError without one."""
    folder = settings().plugins
    parts = name.split(".")
    if folder is None or len(parts) != 3 or not all(part.isidentifier() for part in parts):
        raise ImportError(f"there is no plug-in {name}")
    return _from_file(folder / parts[1] / f"{parts[2]}.py")


def _from_file(file: Path) -> ModuleType:
    """Import one plug-in file under a name of its own, once."""
    name = f"{PREFIX}.{file.parent.name}.{file.stem}"
    if name in sys.modules and sys.modules[name].__file__ == str(file):
        return sys.modules[name]
    found = importlib.util.spec_from_file_location(name, file)
    if found is None or found.loader is None:
        raise BadInput(f"{file.name} can't be imported.", "a Python file.", "check the plug-in folder.")
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    trust(f"{PREFIX}.")
    found.loader.exec_module(module)
    return module
