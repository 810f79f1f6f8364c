"""Crops: a folder of square face pictures of one size, held in memory as bytes."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from PIL import Image

PICTURE_ENDINGS = {".jpg", ".jpeg", ".png"}

# A picture whose crop was fewer pixels wide in its photo is enlarged or soft: it must not teach detail.
SHARP_FACE_PIXELS = 150


@dataclass
class Crops:
    """N crops; row i of each field belongs to crop i.

    `pixels` is N × 3 × side × side, bytes, RGB.
    `is_colour` and `is_sharp` are N booleans, `is_held_out` too: those are never trained on.
    """

    names: list
    pixels: torch.Tensor
    is_colour: torch.Tensor
    is_sharp: torch.Tensor
    is_held_out: torch.Tensor

    @property
    def side(self):
        return self.pixels.shape[-1]

    def indices(self, *, held_out, colour=None, sharp=None):
        """The numbers of the crops that fit."""
        fits = self.is_held_out == held_out
        if colour is not None:
            fits = fits & (self.is_colour == colour)
        if sharp is not None:
            fits = fits & (self.is_sharp == sharp)
        return fits.nonzero().flatten()


def load_crops(folder, table=None, held_out=None, side=184):
    """Reads every JPEG and PNG of `folder`, in the order of their names.

    `table` is a CSV file with the columns `file` and, where known, `kind` (colour, grey) and
    `face_px`. Without it a picture is grey if it is stored with one channel, and sharp.
    `held_out` is a text file with one file name a line; names that the folder lacks are left out.
    """
    folder = Path(folder)
    facts = read_table(table) if table else {}
    held_out_names = set(read_names(held_out)) if held_out else set()
    names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in PICTURE_ENDINGS)
    if not names:
        raise SystemExit(f"{folder}: holds no JPEG or PNG pictures.")
    pixels = torch.empty(len(names), 3, side, side, dtype=torch.uint8)
    is_colour, is_sharp = [], []
    for row, name in enumerate(names):
        with Image.open(folder / name) as picture:
            if picture.size != (side, side):
                raise SystemExit(
                    f"{folder / name}: is {picture.width} × {picture.height} pixels, not {side} × {side}."
                    " Say the crops' side with --crop-side."
                )
            kind = facts.get(name, {}).get("kind") or ("grey" if picture.mode == "L" else "colour")
            pixels[row] = torch.from_numpy(numpy.array(picture.convert("RGB"))).permute(2, 0, 1)
        is_colour.append(kind == "colour")
        is_sharp.append(float(facts.get(name, {}).get("face_px") or side) >= SHARP_FACE_PIXELS)
    is_held_out = [name in held_out_names for name in names]
    return Crops(names, pixels, torch.tensor(is_colour), torch.tensor(is_sharp), torch.tensor(is_held_out))


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if rows and "file" not in rows[0]:
        raise SystemExit(f"{path}: has no column named file.")
    return {row["file"]: row for row in rows}


def read_names(path):
    """The lines of a text file, without empty ones and those that start with #."""
    lines = (line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
