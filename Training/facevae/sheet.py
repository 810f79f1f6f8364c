"""The contact sheet of `evaluate`."""

import numpy
from PIL import Image, ImageDraw

from .modelfolder import as_bytes

COLUMNS = 18
CELL = 128
GAP = 2
TITLE = 18


def contact_sheet(sections):
    """A picture from (title, pictures) pairs, COLUMNS pictures a row; a picture is 3 × side × side in 0…1."""
    rows = [(len(pictures) + COLUMNS - 1) // COLUMNS for _, pictures in sections]
    height = sum(TITLE + count * (CELL + GAP) for count in rows)
    sheet = Image.new("RGB", (COLUMNS * (CELL + GAP), height), "white")
    draw = ImageDraw.Draw(sheet)
    top = 0
    for (title, pictures), count in zip(sections, rows):
        draw.text((4, top + 3), title, fill="black")
        top += TITLE
        for index, picture in enumerate(pictures):
            cell = Image.fromarray(as_bytes(numpy.asarray(picture)[None])[0])
            if cell.width != CELL:
                cell = cell.resize((CELL, CELL), Image.Resampling.NEAREST)
            sheet.paste(cell, (index % COLUMNS * (CELL + GAP), top + index // COLUMNS * (CELL + GAP)))
        top += count * (CELL + GAP)
    return sheet


def walk(candidate, start, end, steps=9):
    """Pictures along the straight line between two latents, both ends included."""
    shares = numpy.linspace(0, 1, steps, dtype=numpy.float32).reshape(-1, *[1] * start.ndim)
    return candidate.decode((1 - shares) * start + shares * end)
