"""Which classes an artifact may name: those marked with @artifact, and what derives from them."""

import importlib
import sys
from functools import reduce
from types import ModuleType
from typing import Any, TypeVar

C = TypeVar("C", bound=type)

_marked: set[type] = set()
_trusted: list[str] = ["core."]


class UnknownClass(Exception):
    """An artifact names a class that this process would not make."""


def artifact(cls: C) -> C:
    """Marks a frozen dataclass, frozen pydantic model or enum as one that artifacts may hold.

    What derives from a marked class counts as marked, so a base class is marked once.
    """
    _marked.add(cls)
    return cls


def trust(prefix: str) -> None:
    """Lets artifacts and isolated steps name modules that start with `prefix` (plug-ins, tests)."""
    if prefix not in _trusted:
        _trusted.append(prefix)


def trusted() -> tuple[str, ...]:
    """The prefixes of modules that may be imported by name."""
    return tuple(_trusted)


def name_of(cls: type) -> str:
    """`module:qualname` of a marked class; TypeError where it is not marked."""
    if not _is_marked(cls) or "<locals>" in cls.__qualname__:
        raise TypeError(f"{cls.__module__}.{cls.__qualname__} is not marked with @artifact at top level")
    return f"{cls.__module__}:{cls.__qualname__}"


def class_of(name: str) -> type:
    """The marked class of that name; raises UnknownClass for anything else."""
    found = find(name)
    if not isinstance(found, type) or not _is_marked(found):
        raise UnknownClass(f"{name} is not marked with @artifact")
    return found


def find(name: str) -> Any:
    """What `module:qualname` names, in a trusted module; raises UnknownClass where there is none."""
    module, _, qualname = name.partition(":")
    if not module.startswith(tuple(_trusted)):
        raise UnknownClass(f"{module} is not a module of Touchstone nor a plug-in")
    try:
        loaded = sys.modules.get(module) or _import(module)
        return reduce(getattr, qualname.split("."), loaded)
    except (ImportError, AttributeError, OSError) as error:
        raise UnknownClass(f"there is no {name}: {error}") from error


def _import(module: str) -> ModuleType:
    if module.startswith("touchstone_plugins."):
        from core.work import plugins

        return plugins.load(module)
    return importlib.import_module(module)


def _is_marked(cls: type) -> bool:
    return not _marked.isdisjoint(cls.__mro__)
