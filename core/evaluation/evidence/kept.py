"""What an evidence file holds beside what it shows: the numbers, the settings, and the way back to them."""

import json
from typing import Any

from core.evaluation.comparison import Comparison
from core.evaluation.evidence.block import unwrapped, wrapped
from core.evaluation.integrity import Check
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.record import with_clicks
from core.evaluation.record import SCHEMA, comparison_json
from core.evaluation.recorded import Figure, figures_in
from core.work.errors import BadInput


def block(comparison: Comparison, clicks: Clicks | None = None) -> str:
    """The numbers of a comparison as a script element that runs nothing; texts can't end it early."""
    whole = with_clicks(comparison_json(comparison), clicks)
    return wrapped(json.dumps(whole, ensure_ascii=False, allow_nan=False))


def evidence_in(text: str, name: str) -> dict[str, Any]:
    """The numbers in an evidence file, or in the JSON of `compare`, as they were written.

    Raises BadInput, with the file's name, where there are none or a newer version wrote them.
    """
    try:
        found = json.loads(unwrapped(text))
    except (ValueError, RecursionError) as error:
        raise _strange(name) from error
    if not isinstance(found, dict) or not isinstance(found.get("experiment"), dict):
        raise _strange(name)
    if not isinstance(found.get("results"), list) or not isinstance(found.get("schema"), int):
        raise _strange(name)
    if found["schema"] > SCHEMA:
        raise BadInput(
            f"{name} was written by a newer version (schema {found['schema']}).",
            f"schema {SCHEMA} or below.",
            "open it with that version.",
        )
    return found


def _strange(name: str) -> BadInput:
    return BadInput(
        f"{name}: it holds no evidence.",
        "a report of a comparison (.html), or its JSON.",
        "export it again: on Overview, or with compare --out FILE.html.",
    )


def numbers_in(found: dict[str, Any], name: str) -> tuple[Figure, ...]:
    """Every number of the file as it stands there.

    Raises BadInput, with the file's name, where its results are not in the form of `compare`.
    """
    try:
        made = figures_in(found)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _strange(name) from error
    if not made:
        raise _strange(name)
    return made


def checks_of(found: dict[str, Any], name: str) -> list[Check]:
    """The lines of integrity in a file; raises BadInput as `numbers_in` does."""
    try:
        made = [(str(one["check"]), one["verdict"], str(one["detail"])) for one in found.get("integrity", [])]
    except (KeyError, TypeError) as error:
        raise _strange(name) from error
    if any(verdict not in ("ok", "warning", "failed") for _, verdict, _ in made):
        raise _strange(name)
    return [Check(*one) for one in made]
