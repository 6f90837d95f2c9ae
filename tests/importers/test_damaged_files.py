from pathlib import Path

from bench.damage import damaged, samples
from bench.damaged_files import outcome


def test_damaged_files_are_refused_with_a_sentence_or_read(tmp_path: Path) -> None:
    known = samples()
    outcomes = set()
    for number in range(150):
        suffix, content = damaged(number, 7, known)
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(content)
        outcomes.add(outcome(path))
    assert outcomes <= {"refused", "read", "no rows"}
    assert {"refused", "read"} <= outcomes


def test_damage_is_the_same_for_the_same_numbers() -> None:
    known = samples()
    assert damaged(3, 7, known) == damaged(3, 7, known)
    assert damaged(3, 7, known) != damaged(4, 7, known)
