"""Which readers understand a source, and how sure they are."""

from pathlib import Path

from core.data.load import Source
from core.data.recognise import guesses


def test_a_table_with_usual_names_is_understood_by_the_generic_reader(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("user,item\na,1\n")
    found = guesses(Source(data=str(tmp_path / "log.csv")))
    assert (found[0].reader, found[0].certainty) == ("generic", 0.5)


def test_a_folder_of_ours_is_certain(tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text("{}")
    (tmp_path / "log.csv").write_text("user,item\na,1\n")
    assert [one.reader for one in guesses(Source(data=str(tmp_path)))] == ["touchstone", "generic"]


def test_train_and_test_files_need_no_guess() -> None:
    assert guesses(Source(train="a.csv", test="b.csv")) == ()
