#!/usr/bin/env python3
"""Measures how morphs of real people look: the model alone, with the photos' detail, and a warper, beside each other.

    quality.py --photos FOLDER [--facewalk PATH] [--size 512] [--pairs N] [--sheet FILE]

FOLDER has photos of different people, london-*-neutral.jpg (--match); every pair of them is morphed by the built
command (`swift build -c release --product facewalk`). Prints a table, medians over the pairs; --sheet writes a picture
to look at, with a row for each pair: the first photo, five frames of the way, the second photo, and the warper's
half-way picture. Needs the packages of requirements.txt.
"""
import argparse
import importlib.util
import itertools
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import cv2
import dlib
import numpy as np

from facemesh import FaceMesh, inside, warped
from measure import markdown

HERE = Path(__file__).parent
FRAMES = 60                                     # of a path; the last photo adds one
EARLY, HALF = 9, 30                             # the frames at 0.15 and 0.5
SHOWN = (EARLY, 18, HALF, 42, 51)
FACE = (0.17, 0.264, 0.83, 0.925)               # the square of the face in an aligned crop: left, top, right, bottom
KINDS = ("model alone", "detail", "warper")
DETAIL = {"model alone": "0", "detail": "1"}


class Command:
    """facewalk, asked for frames and crops as a user would."""

    def __init__(self, path, size, folder):
        self.path, self.size, self.folder, self.runs = path, size, folder, 0
        self.has_detail = "--detail" in self.output("help", "morph")
        self.kinds = [kind for kind in DETAIL if self.has_detail or DETAIL[kind] == "0"]

    def output(self, *arguments):
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"quality: facewalk {' '.join(map(str, arguments))} failed:\n{done.stderr or done.stdout}")
        return done.stdout

    def pictures(self, verb, photos, *options, kind=None, ending="/"):
        """What a run writes, by name; without detail where the command knows none."""
        self.runs += 1
        result = self.folder / str(self.runs)
        if kind and self.has_detail:
            options += ("--detail", DETAIL[kind], "--view", "1")
        self.output(verb, *photos, "--size", self.size, "-q", "-o", f"{result}{ending}", *options)
        files = sorted(result.glob("*.png")) if ending == "/" else [f"{result}{ending}"]
        return [cv2.imread(str(file)) for file in files]

    def crops(self, photos):
        return self.pictures("align", photos)

    def path_between(self, first, second, kind):
        return self.pictures("morph", [first, second], "--frames", FRAMES, "--ease", "linear", kind=kind)

    def average(self, photos, kind):
        return self.pictures("average", photos, kind=kind, ending=".png")[0]


class Describer:
    """dlib's 128 numbers of a face; under 0.6 apart, two pictures show the same person."""

    def __init__(self):
        found = importlib.util.find_spec("face_recognition_models")
        models = Path(found.submodule_search_locations[0]) / "models"
        self.network = dlib.face_recognition_model_v1(str(models / "dlib_face_recognition_resnet_model_v1.dat"))
        self.predictor = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))

    def __call__(self, picture):
        picture = np.ascontiguousarray(picture[..., ::-1])
        square = dlib.rectangle(*(round(share * len(picture)) for share in FACE))
        return np.array(self.network.compute_face_descriptor(picture, self.predictor(picture, square)))


class Person:
    def __init__(self, photo, crop, mesh, describe):
        self.photo, self.crop, self.points = photo, crop, mesh.points(crop)
        self.face = inside(self.points, len(crop))
        self.description = describe(crop)
        self.sharpness, self.noise = sharpness(crop, self.face), noise(crop, self.face)

    def as_wearing(self, points):
        """The crop pulled to another mesh."""
        return warped(self.crop, self.points, points)


def grey(picture):
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)


def sharpness(picture, face):
    """The variance of the Laplacian within the face."""
    return cv2.Laplacian(grey(picture), cv2.CV_32F)[face].var()


def blocks(values, side):
    """Values of a picture by blocks of side × side: [rows, columns, side × side]."""
    rows, columns = (length // side for length in values.shape)
    cut = values[:rows * side, :columns * side].reshape(rows, side, columns, side)
    return cut.swapaxes(1, 2).reshape(rows, columns, side * side)


def noise(picture, face, side=8):
    """The energy of the finest band where the face is flat.

    The finest band is what a blur of 1 pixel takes away. Flat are those quarter of the blocks inside the face that
    have the smallest gradients after a blur of 3 pixels, which noise hardly changes.
    """
    light = grey(picture)
    smooth = cv2.GaussianBlur(light, (0, 0), 3)
    slope = np.hypot(cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1))
    whole = blocks(face, side).all(axis=-1)
    slopes = blocks(slope, side)[whole].mean(axis=-1)
    energies = blocks((light - cv2.GaussianBlur(light, (0, 0), 1)) ** 2, side)[whole].mean(axis=-1)
    return energies[slopes <= np.quantile(slopes, 0.25)].mean()


def gradients(picture, side=16):
    """Sobel's, across and down, by blocks, less their mean."""
    light = grey(picture)
    found = np.concatenate([blocks(cv2.Sobel(light, cv2.CV_32F, *way), side) for way in ((1, 0), (0, 1))], axis=-1)
    return found - found.mean(axis=-1, keepdims=True)


def ghosts(picture, warps, face, side=16, least=8):
    """The share of blocks outside the face in which one person's picture stands and the other's doesn't.

    There the gradient correlates over 0.5 with one warped photo's and under 0.2 with the other's. Blocks in which both
    warped photos are flat are left out: those with a gradient under `least`, the root mean square of Sobel's, which
    is 8 where grey changes by 1 from pixel to pixel.
    """
    own, *theirs = (gradients(one, side) for one in (picture, *warps))
    size = [np.sqrt((one ** 2).sum(axis=-1)) for one in (own, *theirs)]
    counted = ~blocks(face, side).any(axis=-1) & (np.maximum(*size[1:]) >= least * side * 2 ** 0.5)
    a, b = ((own * one).sum(axis=-1) / np.maximum(size[0] * length, 1e-6) for one, length in zip(theirs, size[1:]))
    lone = ((a > 0.5) & (b < 0.2)) | ((b > 0.5) & (a < 0.2))
    return lone[counted].mean()


def changes(frames):
    """The root mean square differences of neighbouring frames."""
    return [np.sqrt(np.mean((a.astype(np.float32) - b) ** 2)) for a, b in itertools.pairwise(frames)]


def decibels(picture, other):
    error = np.mean((picture.astype(np.float64) - other) ** 2)
    return 10 * np.log10(255 ** 2 / error) if error else np.inf


def measured_pair(first, second, paths, describe):
    """The figures of a pair by kind, and the warper's half-way picture; `paths` has the frames of each kind."""
    early, half = (first.points + (second.points - first.points) * frame / FRAMES for frame in (EARLY, HALF))
    side = len(first.crop)
    face = inside(half, side)
    warps = [person.as_wearing(half) for person in (first, second)]
    both = warps[0] / 2 + warps[1] / 2
    share = EARLY / FRAMES
    soon = (1 - share) * first.as_wearing(early) + share * second.as_wearing(early)
    shown = {kind: (frames[EARLY], frames[HALF]) for kind, frames in paths.items()}
    shown["warper"] = tuple(np.rint(one).astype(np.uint8) for one in (soon, both))

    figures = {}
    for kind, (soon, middle) in shown.items():
        there = describe(middle)
        figures[kind] = {
            "early": np.linalg.norm(describe(soon) - first.description),
            "half": max(np.linalg.norm(there - person.description) for person in (first, second)),
            "sharpness": sharpness(middle, face) / ((first.sharpness + second.sharpness) / 2),
            "noise": noise(middle, face) / max(first.noise, second.noise),
            "ghosts": ghosts(middle, [np.rint(one).astype(np.uint8) for one in warps], face),
        }
    for kind, frames in paths.items():
        steps = changes(frames)
        figures[kind] |= {
            "steps": max(steps) / median(steps),
            "keyframe": min(decibels(frames[0], first.crop), decibels(frames[-1], second.crop)),
        }
    return figures, shown["warper"][1]


def measured_average(command, people, photos):
    """The sharpness of `average` by kind, as a share of the warped pixel mean's."""
    points = np.mean([person.points for person in people], axis=0)
    mean = np.rint(np.mean([person.as_wearing(points) for person in people], axis=0)).astype(np.uint8)
    face = inside(points, len(mean))
    pictures = {kind: command.average(photos, kind) for kind in command.kinds} | {"warper": mean}
    return {kind: sharpness(picture, face) / sharpness(mean, face) for kind, picture in pictures.items()}


def row_of(first, second, frames, half, side=224):
    """A row of the sheet: first photo, the way, second photo, and the warper's half-way picture."""
    cells = [first.crop, *(frames[number] for number in SHOWN), second.crop, half]
    return np.concatenate([cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA) for cell in cells], axis=1)


# What is measured: its name, how it reads, what sums up the pairs, and the bound of `detail` by the other figures.
ROWS = [
    ("early", "distance to the first photo at 0.15", ".3f", median, lambda row: "≤ 0.18"),
    ("half", "larger distance at 0.5", ".3f", median, lambda row: f"≤ {row['warper'] + 0.03:.3f}"),
    ("sharpness", "sharpness in the face at 0.5 ÷ the photos'", ".2f", median, lambda row: "≥ 0.55"),
    ("noise", "noise in the face at 0.5 ÷ the noisier photo's, worst", ".2f", max, lambda row: "≤ 1"),
    ("ghosts", "ghosts at 0.5, share of blocks outside the face", ".3f", median,
     lambda row: f"≤ {row['warper'] / 3:.3f}"),
    ("steps", "largest step ÷ median step", ".2f", median, lambda row: f"≤ {row['model alone'] * 1.2:.2f}"),
    ("keyframe", "keyframe's frame against its crop, worst, dB", ".1f", min, lambda row: "≥ 40"),
]


def table(figures, average):
    rows = []
    for name, title, form, whole, bound in ROWS:
        found = {kind: whole([pair[kind][name] for pair in figures if name in pair.get(kind, ())] or [np.nan])
                 for kind in KINDS}
        shown = [{"nan": "–", "inf": "equal"}.get(str(value), format(value, form)) for value in found.values()]
        rows.append([title, *shown, bound(found)])
    rows.append(["sharpness of the average ÷ the warped mean's",
                 *(f"{average[kind]:.2f}" if kind in average else "–" for kind in KINDS), "≥ 0.95"])
    return markdown(["", *KINDS, "detail must be"], rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, required=True, help="a folder of photos, each of another person")
    parser.add_argument("--match", default="london-*-neutral.jpg", help="which photos of the folder")
    parser.add_argument("--facewalk", type=Path, default=HERE.parent / ".build/release/facewalk")
    parser.add_argument("--faces", type=Path, default=HERE.parent / ".deps/faces/face_landmark.tflite",
                        help="FaceMesh, which Scripts/setup fetches")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--pairs", type=int, help="only the first of the pairs, for a quick look")
    parser.add_argument("--sheet", type=Path, help="a picture with a row for each pair")
    options = parser.parse_args()
    photos = sorted(options.photos.glob(options.match))
    if len(photos) < 2:
        parser.error(f"{options.photos} has fewer than two photos {options.match}")

    with tempfile.TemporaryDirectory(prefix="facewalk-quality-") as folder, ThreadPoolExecutor(1) as renderer:
        command = Command(options.facewalk, options.size, Path(folder))
        mesh, describe = FaceMesh(options.faces), Describer()
        people = [Person(*one, mesh, describe) for one in zip(photos, command.crops(photos))]
        pairs = list(itertools.combinations(people, 2))[:options.pairs]

        def paths(first, second):
            return {kind: command.path_between(first.photo, second.photo, kind) for kind in command.kinds}

        figures, rows = [], []
        coming = renderer.submit(paths, *pairs[0])      # the next pair is rendered while one is measured
        for number, (first, second) in enumerate(pairs, start=1):
            found = coming.result()
            coming = renderer.submit(paths, *pairs[number]) if number < len(pairs) else None
            pair, half = measured_pair(first, second, found, describe)
            figures.append(pair)
            if options.sheet:
                rows.append(row_of(first, second, found[command.kinds[-1]], half))
            print(f"  {first.photo.stem}, {second.photo.stem}: {number} of {len(pairs)}", file=sys.stderr)
        print(f"{len(pairs)} pairs of {len(people)} people at {options.size}.\n")
        print(table(figures, measured_average(command, people, photos)), end="")
    if options.sheet:
        cv2.imwrite(str(options.sheet), np.concatenate(rows))


if __name__ == "__main__":
    main()
