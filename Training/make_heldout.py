"""Chooses the crops that are never trained on, and writes their names.

Crops that show the same photo, or nearly, form a cluster: their 32 × 32 grey pictures correlate above
0.93. Whole clusters are held out, so that no held-out picture has a near-twin in training. A table with
a `source` and a `source_file` ties the pictures of the Face Research Lab London Set together by person.
"""

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import numpy
from PIL import Image

from facevae.crops import PICTURE_ENDINGS, read_names

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("crops", type=Path)
parser.add_argument("list", type=Path, help="text file to write")
parser.add_argument("--table", type=Path, help="CSV file with the columns file and kind")
parser.add_argument("--colour", type=int, default=120, help="pictures to hold out, at most")
parser.add_argument("--grey", type=int, default=80)
parser.add_argument("--correlation", type=float, default=0.93)
parser.add_argument("--among", type=Path, help="hold out only clusters that lie wholly in this list of names:"
                    " the pictures that an earlier model has not seen")  # fmt: skip
parser.add_argument("--seed", type=int, default=0)


def main():
    options = parser.parse_args()
    names = sorted(path.name for path in options.crops.iterdir() if path.suffix.lower() in PICTURE_ENDINGS)
    rows = {}
    if options.table:
        with open(options.table, newline="", encoding="utf-8") as file:
            rows = {row["file"]: row for row in csv.DictReader(file)}
    features = numpy.stack([thumbnail(options.crops / name) for name in names])
    clusters = cluster(names, features, rows, options.correlation)

    allowed = set(read_names(options.among)) if options.among else set(names)
    wanted = {"colour": options.colour, "grey": options.grey}
    chosen = []
    for number in numpy.random.RandomState(options.seed).permutation(len(clusters)):
        members = clusters[number]
        kinds = [rows.get(name, {}).get("kind", "colour") for name in members]
        counts = {kind: kinds.count(kind) for kind in wanted}
        if allowed.issuperset(members) and all(counts[kind] <= wanted[kind] for kind in wanted):
            chosen += members
            wanted = {kind: wanted[kind] - counts[kind] for kind in wanted}
    rest = {name: feature for name, feature in zip(names, features) if name not in set(chosen)}
    nearest = max(float((numpy.stack(list(rest.values())) @ features[names.index(name)]).max()) for name in chosen)
    held = {kind: getattr(options, kind) - wanted[kind] for kind in wanted}
    text = (
        f"# {held['colour']} colour and {held['grey']} grey crops that are never trained on: whole clusters at r >"
        f" {options.correlation};\n# the nearest picture outside has r = {nearest:.3f}."
        " Written by make_heldout.py.\n"
    )
    options.list.write_text(text + "".join(f"{name}\n" for name in sorted(chosen)), encoding="utf-8")
    print(text, end="")


def thumbnail(path):
    """A crop as 1024 grey values of mean 0 and length 1, so that a product of two is their correlation."""
    with Image.open(path) as picture:
        grey = numpy.asarray(picture.convert("L").resize((32, 32), Image.Resampling.BOX), numpy.float32)
    grey = grey.ravel() - grey.mean()
    return grey / max(numpy.linalg.norm(grey), 1e-6)


def cluster(names, features, rows, correlation):
    """Lists of names: the connected parts of the graph whose edges are near-twins."""
    parent = list(range(len(names)))

    def root(index):
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for index in range(len(names)):
        near = numpy.flatnonzero(features[index + 1 :] @ features[index] > correlation)
        for other in near + index + 1:
            parent[root(int(other))] = root(index)
    people = defaultdict(list)
    for index, name in enumerate(names):
        row = rows.get(name, {})
        if "London Set" in row.get("source", ""):
            people[Path(row["source_file"]).name.split("_")[0]].append(index)
    for indices in people.values():
        for other in indices[1:]:
            parent[root(other)] = root(indices[0])
    members = defaultdict(list)
    for index, name in enumerate(names):
        members[root(index)].append(name)
    return list(members.values())


if __name__ == "__main__":
    main()
