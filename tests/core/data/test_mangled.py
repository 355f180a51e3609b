"""However a file is mangled, no reader crashes and no row is lost without a word."""

from hypothesis import HealthCheck, example, given, settings

from tests.core.data.mangling import mangled, read_all


@given(files=mangled())
@example(files={"log.csv": b"user,item\na,1\n \nb,2\n"})
@example(files={"train.txt": b"0 0 1 2\n1 0 3\n2\n", "test.txt": b"0\xe2\x80\xa8 3\n1 1 2\n"})
@example(
    files={
        "events.csv": b"timestamp,visitorid,event,itemid,transactionid\n1433221332117,1,view,3,\n",
        "item_properties_part1.csv": b"timestamp::,itemid::,property,value\n1435460400000,3,categoryid,8\n",
    }
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_no_reader_crashes_or_loses_rows_silently(files: dict[str, bytes]) -> None:
    """A short run; `python -m benchmarks.fuzz` is the long one."""
    read_all(files)
