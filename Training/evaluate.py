"""evaluate: figures and a contact sheet of model folders, on held-out crops, beside PCA."""

import argparse
import json
from pathlib import Path

import torch

from facevae.candidates import ModelFolder, PrincipalComponents
from facevae.crops import load_crops
from facevae.evaluation import Evaluation
from facevae.judges import judges
from facevae.options import HELD_OUT_LIST
from facevae.sheet import contact_sheet

parser = argparse.ArgumentParser(
    description="Writes OUTPUT.json and OUTPUT.jpg and prints a table.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("crops", type=Path, help="folder that training used")
parser.add_argument("output", type=Path, help="name of the results, without ending")
parser.add_argument("models", nargs="*", help="model folders; FOLDER=FILE.yaml for one without its own model.yaml")
parser.add_argument("--table", type=Path, help="CSV file as for train")
parser.add_argument("--held-out", type=Path, default=HELD_OUT_LIST)
parser.add_argument("--crop-side", type=int, default=184, help="pixels")
parser.add_argument("--photos", type=Path, help="further crops, of the same margin, of people unknown to training")
parser.add_argument("--photo-side", type=int, default=184, help="pixels")
parser.add_argument("--samples", type=int, default=2000, help="random faces to judge; KID states its error")
parser.add_argument("--pca", type=Path, help="file to keep the principal components in; made if missing")
parser.add_argument("--no-pca", action="store_true")
parser.add_argument("--threads", type=int, default=2)

TABLE = [
    ("PSNR colour", "held out", "psnr colour", ".2f"), ("PSNR grey", "held out", "psnr grey", ".2f"),
    ("PSNR sharp", "held out", "psnr sharp", ".2f"), ("PSNR face, colour", "held out", "face psnr colour", ".2f"),
    ("SSIM colour", "held out", "ssim colour", ".3f"), ("SSIM grey", "held out", "ssim grey", ".3f"),
    ("SSIM sharp", "held out", "ssim sharp", ".3f"),
    ("training gap, dB", "held out", "training gap, dB", ".2f"),
    ("reconstruction loss", "held out", "reconstruction loss", ".5f"),
    ("latent loss", "held out", "latent loss", ".1f"),
    ("active dimensions", "held out", "active dimensions", "d"),
    ("PSNR photos", "photos", "psnr", ".2f"), ("SSIM photos", "photos", "ssim", ".3f"),
    ("likeness: median distance", "likeness", "median distance", ".3f"),
    ("likeness: share under 0.6", "likeness", "share under 0.6", ".2f"),
    ("photos' likeness: distance", "photos likeness", "median distance", ".3f"),
    ("KID × 1000, dlib", "random faces", "KID dlib", ".2f"),
    ("KID × 1000, lite0", "random faces", "KID lite0", ".2f"),
    ("Fréchet, dlib", "random faces", "Fréchet dlib", ".3f"),
    ("random faces found", "random faces", "share with a face", ".3f"),
    ("midpoints found", "midpoints", "share with a face", ".3f"),
]  # fmt: skip


def main():
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    crops = load_crops(options.crops, options.table, options.held_out, options.crop_side)
    if not crops.is_held_out.any():
        raise SystemExit(f"{options.held_out}: names no picture of {options.crops}, so nothing is held out.")
    photos = load_crops(options.photos, side=options.photo_side).pixels if options.photos else None
    evaluation = Evaluation(crops, judges(), options.samples, photos)
    results, sections = {}, []
    for candidate in candidates(options, crops):
        results[candidate.name], pictures = evaluation.measure(candidate)
        sections += pictures
    print_table(results)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(results, indent=1, ensure_ascii=False)
    options.output.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    contact_sheet(sections).save(options.output.with_suffix(".jpg"), quality=92)


def candidates(options, crops):
    """One at a time, since each holds a network or the components."""
    for words in options.models:
        folder, _, description = words.partition("=")
        yield ModelFolder(folder, description or None)
    if not options.no_pca:
        yield PrincipalComponents(crops.pixels[crops.indices(held_out=False)], cache=options.pca)


def print_table(results):
    width = max(len(name) for name in results) + 2
    print(f"{'':28}" + "".join(f"{name:>{width}}" for name in results))
    for title, group, figure, form in TABLE:
        scale = 1000 if title.startswith("KID") else 1
        values = [(result.get(group) or {}).get(figure) for result in results.values()]
        if any(value is not None for value in values):
            shown = ["–" if value is None else format(value * scale, form) for value in values]
            print(f"{title:28}" + "".join(f"{text:>{width}}" for text in shown))


if __name__ == "__main__":
    main()
