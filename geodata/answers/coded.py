"""A column of repeated words as numbers into its list of words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Coded:
    """`labels[codes[n]]` is the word of row n; labels are sorted, each once."""

    labels: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, words: Sequence[str]) -> "Coded":
        labels = tuple(sorted(set(words)))
        number = {label: code for code, label in enumerate(labels)}
        return cls(labels, np.fromiter((number[w] for w in words), np.intp, len(words)))

    @property
    def words(self) -> list[str]:
        """The column written out."""
        return [self.labels[code] for code in self.codes.tolist()]

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, row: int) -> str:
        return self.labels[int(self.codes[row])]

    def among(self, wanted: Collection[str]) -> Bools:
        """In which rows one of the words stands."""
        hits = np.array([label in wanted for label in self.labels], dtype=np.bool_)
        return hits[self.codes] if len(self.codes) else np.zeros(0, np.bool_)

    def put(self, row: int, word: str) -> "Coded":
        """The column with another word in one row."""
        words = self.words
        words[row] = word
        return Coded.of(words)

    def grown(self, word: str) -> "Coded":
        """The column with one more row."""
        return Coded.of([*self.words, word])
