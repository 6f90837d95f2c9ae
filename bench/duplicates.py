"""Pairs among 10,000 points that may be the same: by the rules, and by comparing all names.

The peer is rapidfuzz's own `cdist` over all names at once, on all cores, names alone. The rules
also weigh kinds, metres and doors.
"""

import random
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process

from geodata.duplicates.names import plain_name
from geodata.duplicates.pairs import NEAR_EQUAL, Records, duplicate_pairs

POINTS = 10_000
KINDS = 11
DISTRICTS = 16
SYLLABLES = "张江金桥陆家嘴外高康周浦三林唐镇曹路合庆川沙祝惠南新场宣航头东行泥城书院万祥老港"
WORDS = ("职工驿站", "工间休息室", "健康服务点", "职工书屋", "“妈咪小屋”", "驿站（新）")
SEED = 20240501


def made() -> tuple[list[str], Records]:
    """Points over a city, one in ten of them another's name and spot slightly changed."""
    drawn = random.Random(SEED)
    rows: list[tuple[str, float, float, str, str, int]] = []
    for n in range(POINTS):
        if n % 10 == 9:
            name, lon, lat, door, district, kind = drawn.choice(rows)
            name, lon = name.replace("站", "点", 1), lon + drawn.uniform(-0.001, 0.001)
        else:
            name = "".join(drawn.choices(SYLLABLES, k=drawn.randint(3, 8))) + drawn.choice(WORDS)
            lon, lat = drawn.uniform(121.2, 121.8), drawn.uniform(31.0, 31.4)
            door, district = f"road=路{n}|number={n}", str(drawn.randrange(DISTRICTS))
            kind = drawn.randrange(KINDS)
        rows.append((name, lon, lat, door, district, kind))
    names, lons, lats, doors, districts, kinds = zip(*rows, strict=True)
    lonlat = np.column_stack([lons, lats])
    # One in ten has no position: those are compared with all of their district.
    lonlat[::10] = np.nan
    return list(names), Records(
        names=[plain_name(name) for name in names],
        kinds=np.left_shift(1, np.array(kinds, dtype=np.int64)),
        lonlat=lonlat,
        doors=doors,
        districts=districts,
    )


def main() -> None:
    """Print seconds of both and their ratio."""
    names, records = made()
    start = perf_counter()
    plain = [plain_name(name) for name in names]
    named_s, start = perf_counter() - start, perf_counter()
    pairs = duplicate_pairs(records)
    rules_s, start = perf_counter() - start, perf_counter()
    scores = process.cdist(
        plain, plain, scorer=fuzz.ratio, score_cutoff=NEAR_EQUAL, dtype=np.uint8, workers=-1
    )
    alike = int(np.count_nonzero(np.triu(scores, k=1)))
    all_s = perf_counter() - start
    ours_s = named_s + rules_s
    print(f"{POINTS:,} points, by the rules: {ours_s:.3f} s ({named_s:.3f} s for the names)")
    print(f"  {len(pairs):,} pairs")
    print(f"rapidfuzz cdist over all names: {all_s:.3f} s, {alike:,} pairs of like names")
    print(f"ours : cdist = {ours_s / all_s:.3f}")


if __name__ == "__main__":
    main()
