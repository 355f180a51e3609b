"""People whom the map was not fitted on."""

import numpy as np

from core.interests.newcomers import newcomers
from core.interests.points import INTERACTIONS, PointsOf, points
from core.interests.projection import MapSettings, project
from core.work.desk import Desk
from core.work.report import silent
from tests.core.interests.known_for_tests import PART
from tests.making import dataset, log

COLUMNS = ("user", "item", "part")
ROWS = [
    *(f"u{at} {item} train" for at in range(3) for item in ("tea", "cup")),
    *(f"u{at} {item} train" for at in range(3, 6) for item in ("hat", "sock")),
    "u0 hat test",
]


def test_new_people_stand_with_those_who_took_the_same(desk: Desk) -> None:
    """cy came later and took tea; dan took what nobody had taken."""
    data = dataset(log(*ROWS, "cy tea test", "cy cup test", "dan pie test", columns=COLUMNS))
    asked = PointsOf("people", INTERACTIONS, PART)
    drawn = project(desk.run(points, data, settings=asked), settings=MapSettings(), report=silent)
    found = desk.run(newcomers, data, drawn, settings=asked)
    assert found.ids.tolist() == ["cy"]
    theirs = drawn.places[[at for at, user in enumerate(drawn.ids) if user in ("u0", "u1", "u2")]]
    np.testing.assert_allclose(found.places[0], theirs.mean(axis=0), atol=1e-3)


def test_where_nobody_is_new_nobody_is_placed(desk: Desk) -> None:
    data = dataset(log(*ROWS, columns=COLUMNS))
    asked = PointsOf("people", INTERACTIONS, PART)
    drawn = project(desk.run(points, data, settings=asked), settings=MapSettings(), report=silent)
    assert len(desk.run(newcomers, data, drawn, settings=asked).ids) == 0
