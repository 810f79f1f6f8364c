#!/usr/bin/env python3
"""Makes the example photos of this folder: faces that the default model dreamt up, nobody's portrait.

Each is decoded from a seed, enlarged, and put with soft edges on a larger canvas, so that the face has to be found.
Needs Pillow, and `facewalk` built (or its path as the first argument): python3 Pipelines/faces/make_faces.py
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

HERE = Path(__file__).parent
FACEWALK = sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent / ".build/release/facewalk"
SIDE = 512


def face(seed, folder):
    path = Path(folder) / f"{seed}.png"
    subprocess.run([FACEWALK, "sample", "--seeds", str(seed), "--size", str(SIDE), "-q", "-o", path], check=True,
                   stdout=subprocess.DEVNULL)
    return Image.open(path).convert("RGB")


def soft_edges(size):
    """Opaque in the middle, clear at the rim."""
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rectangle([40, 40, size[0] - 41, size[1] - 41], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(18))


def photo(picture, canvas, place, degrees=0):
    """`picture` at `place` before a wall of the colours of its own rim, turned by `degrees` against the clock."""
    rim = Image.new("RGB", (2, 2))
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        corner = picture.crop((x * (SIDE - 90), y * (SIDE - 90), x * (SIDE - 90) + 90, y * (SIDE - 90) + 90))
        rim.putpixel((x, y), corner.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))
    background = rim.resize(canvas, Image.Resampling.BILINEAR)
    mask = soft_edges(picture.size)
    if degrees:
        picture = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        mask = ImageChops.multiply(mask.rotate(degrees, Image.Resampling.BICUBIC, expand=True),
                                   Image.new("L", picture.size, 255))
    background.paste(picture, place, mask)
    return background


def main():
    with tempfile.TemporaryDirectory() as folder:
        ada, grace, katherine, alan, edsger = (face(seed, folder) for seed in (6, 39, 41, 8, 18))
    photo(ada, (900, 1100), (200, 260)).save(HERE / "ada.jpg", quality=88)
    photo(grace, (1000, 900), (180, 110), degrees=14).save(HERE / "grace.jpg", quality=88)

    # Stored on its side, as phones do, with the EXIF orientation that sets it right.
    sideways = photo(katherine, (900, 1100), (190, 300)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways.save(HERE / "katherine.jpg", quality=88, exif=exif)

    family = photo(alan, (1700, 800), (80, 150))
    for picture, place, side in ((katherine, (600, 190), 460), (edsger, (1120, 140), 512)):
        picture = picture.resize((side, side), Image.Resampling.LANCZOS)
        family.paste(picture, place, soft_edges(picture.size))
    family.save(HERE / "family.jpg", quality=88)


if __name__ == "__main__":
    main()
