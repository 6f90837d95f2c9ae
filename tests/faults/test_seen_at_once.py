"""What one process writes is seen by every other with its next request."""

from bench.seen import seen


def test_no_worker_shows_a_point_after_it_was_taken_off() -> None:
    stale, took_s = seen(300, 6)
    assert (stale, len(took_s)) == (0, 6)
