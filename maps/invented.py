"""What stands over a list that holds invented samples."""

from collections.abc import Iterable


def sample_sentence(samples: Iterable[bool]) -> str:
    """The key of the sentence: all listed are samples, some are, or empty when none is."""
    kinds = set(samples)
    if True not in kinds:
        return ""
    return "sample_mixed" if False in kinds else "sample_banner"
