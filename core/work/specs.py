"""Specs: `name(key=value,…)`, how a recommender or a split is written on a line or in a URL."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from core.work.errors import BadInput

Value = str | int | float | bool | None
D = TypeVar("D", bound="Declared")

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_MOST = 2_000  # characters; a spec comes from strangers too


def split_list(text: str, by: str = ",") -> list[str]:
    """The entries of a list that commas separate, or another sign; inside parentheses they do not.

    >>> split_list("ease(l2=458), item_knn(k=50,shrinkage=0), popularity")
    ['ease(l2=458)', 'item_knn(k=50,shrinkage=0)', 'popularity']
    """
    entries, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == by and depth == 0:
            entries.append(text[start:at])
            start = at + 1
    entries.append(text[start:])
    return [entry.strip() for entry in entries if entry.strip()]


def parse(spec: str) -> tuple[str, dict[str, Value]]:
    """Name and settings of a spec.

    Raises BadInput where the text is not of the form `name` or `name(key=value,…)`.

    >>> parse("leave_last(n=1)")
    ('leave_last', {'n': 1})
    """
    name, given = _texts(spec)
    return name, {key: _value(text) for key, text in given.items()}


def _texts(spec: str) -> tuple[str, dict[str, str]]:
    """Name and settings of a spec, as they are written."""
    text = spec.strip()
    name, _, rest = text.partition("(")
    name = name.strip()
    if len(text) > _MOST or not _NAME.fullmatch(name) or ("(" in text and not rest.endswith(")")):
        raise _malformed(spec)
    settings: dict[str, str] = {}
    for entry in split_list(rest[:-1]) if rest else []:
        key, equals, value = entry.partition("=")
        if not equals or not _NAME.fullmatch(key.strip()) or key.strip() in settings:
            raise _malformed(spec)
        settings[key.strip()] = value.strip()
    return name, settings


def write(name: str, settings: Mapping[str, Value]) -> str:
    """The spec of a name and its settings; `parse` reads it back.

    >>> write("ease", {"l2": 458.0})
    'ease(l2=458)'
    >>> write("popularity", {})
    'popularity'
    """
    inside = ",".join(f"{key}={_text(value)}" for key, value in settings.items())
    return f"{name}({inside})" if inside else name


def _value(text: str) -> Value:
    lowered = text.lower()
    if lowered in ("true", "false"):
        return lowered == "true"
    if lowered == "none":
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _text(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.15g}" if float(f"{value:.15g}") == value else repr(value)
    return str(value)


def _malformed(spec: str) -> BadInput:
    return BadInput(
        f"{spec[:80]!r} can't be read.",
        "a name, or a name with settings, as in item_knn(k=50,shrinkage=10).",
        "check the parentheses, and that every setting is written key=value, once.",
    )


def invalid(spec: str, error: ValidationError, known: Iterable[str]) -> BadInput:
    """What to say of a spec whose settings a model with the fields `known` refused."""
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"])) or "settings"
    if first["type"] == "extra_forbidden":
        return BadInput(
            f"{spec[:80]!r} has a setting {where!r} that there is not.",
            f"one of {', '.join(known)}." if known else "no settings.",
            "correct its name, or leave it out.",
        )
    return BadInput(
        f"{spec[:80]!r}: {where}: {first['msg']} (it is {str(first['input'])[:40]!r}).",
        "a value within the bounds of that setting.",
        "see the reference of recommenders and splits.",
    )


class Declared(BaseModel):
    """What a spec names: a frozen model that is its settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: ClassVar[str]

    @property
    def spec(self) -> str:
        """`name(key=value,…)` with the settings that were given."""
        given = {key: getattr(self, key) for key in type(self).model_fields if key in self.model_fields_set}
        return write(self.name, given)


def made(spec: str, class_of: Callable[[str], type[D]]) -> D:
    """What a spec such as `ease(l2=458)` names; raises BadInput that says what is wrong with it."""
    name, texts = _texts(spec)
    chosen = class_of(name)
    given = {key: text if _takes_text(chosen, key) else _value(text) for key, text in texts.items()}
    try:
        return chosen.model_validate(given)
    except ValidationError as error:
        raise invalid(spec, error, list(chosen.model_fields)) from error


def _takes_text(declared: type[Declared], key: str) -> bool:
    """Whether a setting is text, or one of several texts: `1` and `none` are then what they say."""
    field = declared.model_fields.get(key)
    among = get_args(field.annotation) if field else ()
    return field is not None and (
        field.annotation is str or (bool(among) and all(isinstance(one, str) for one in among))
    )
