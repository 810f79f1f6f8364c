#!/usr/bin/env python3
"""Makes grids.json: what torchvision's make_grid and save_image do with small pictures. Needs torch, torchvision.

Each entry has `width`, `height` and `pictures` (height × width × 3 bytes each), `columns`, `gap` and `background`
(0 to 1), and the grid's `gridWidth`, `gridHeight` and `grid` (bytes in the same order). A single picture is
returned by make_grid as it is, without a border; a border as wide as the gap is around every other grid.
"""
import json
from pathlib import Path

import torch
from torchvision.utils import make_grid

# count, columns, gap, background
CASES = [(5, 2, 2, 0.0), (5, 3, 2, 0.0), (5, 3, 2, 1.0), (5, 2, 1, 0.3), (5, 5, 0, 0.0), (4, 2, 2, 0.0), (3, 8, 2, 0.5),
         (6, 1, 3, 0.0), (1, 4, 2, 0.0)]
WIDTH, HEIGHT = 4, 3


def flat(picture):
    """The bytes of a picture of channels × height × width, pixel by pixel."""
    return picture.permute(1, 2, 0).flatten().tolist()


def main():
    entries = []
    for number, (count, columns, gap, background) in enumerate(CASES):
        generator = torch.Generator().manual_seed(number)
        pictures = torch.randint(0, 256, (count, 3, HEIGHT, WIDTH), generator=generator, dtype=torch.uint8)
        grid = make_grid(pictures.float() / 255, nrow=columns, padding=gap, pad_value=background)
        grid = grid.mul(255).add(0.5).clamp(0, 255).to(torch.uint8)    # as save_image rounds
        entries.append({
            "width": WIDTH, "height": HEIGHT, "columns": columns, "gap": gap, "background": background,
            "pictures": [flat(picture) for picture in pictures],
            "gridWidth": grid.shape[2], "gridHeight": grid.shape[1], "grid": flat(grid),
        })
    text = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    (Path(__file__).parent / "grids.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    main()
