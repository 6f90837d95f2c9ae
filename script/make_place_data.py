"""Write geodata/data/districts.geojson and towns.csv from the published files named in NOTICE.

Usage: python script/make_place_data.py FOLDER, the folder that holds the sources under the same
names. Coordinates are rounded to six decimals (0.1 m); nothing else changes.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "geodata" / "data"


def main(folder: Path) -> None:
    write_districts(folder / "districts.geojson", DATA / "districts.geojson")
    write_towns(folder / "towns.csv", DATA / "towns.csv")


def write_districts(source: Path, target: Path) -> None:
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    lines = [
        json.dumps(shipped(feature), ensure_ascii=False, separators=(",", ":"))
        for feature in sorted(features, key=lambda f: f["properties"]["adcode"])
    ]
    body = ",\n".join(lines)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    target.write_text(text, encoding="utf-8", newline="\n")


def shipped(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature["properties"]
    geometry = feature["geometry"]
    return {
        "type": "Feature",
        "properties": {"name": properties["name"], "code": str(properties["adcode"])},
        "geometry": {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])},
    }


def rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, 6)
    return [rounded(part) for part in coordinates]


def write_towns(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            boxes = {k: v and f"{float(v):.6f}" for k, v in row.items() if k.startswith("bbox")}
            writer.writerow(row | boxes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
