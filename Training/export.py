"""export: the averaged weights of a training → a model folder."""

import argparse
from pathlib import Path

import torch

from facevae.batches import plain_batch
from facevae.crops import load_crops
from facevae.modelfolder import write_model_folder
from facevae.options import HELD_OUT_LIST
from facevae.prior import fit_prior, fold_prior
from facevae.weights import load_autoencoder

parser = argparse.ArgumentParser(
    description="Writes a model folder from the weights of a run. The crops are needed for the prior, a Gaussian"
    " fitted to the training pictures, and for the thresholds of a good and a poor match.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("weights", type=Path, help="run folder, or a weights file of it such as stage-B.pt")
parser.add_argument("crops", type=Path, help="folder that it was trained on")
parser.add_argument("model", type=Path, help="folder to write; its name becomes the model's")
parser.add_argument("--table", type=Path, help="CSV file as for train")
parser.add_argument("--held-out", type=Path, default=HELD_OUT_LIST)
parser.add_argument("--crop-side", type=int, default=184, help="pixels")
parser.add_argument("--margin", type=float, default=1.18, help="side of a crop over side of the model's region")
parser.add_argument("--soften", type=Path, metavar="WEIGHTS",
                    help="of stage B, to mix into those of stage C: less grain, and less detail")  # fmt: skip
parser.add_argument("--softness", type=float, default=0.2, help="share of those weights")
parser.add_argument("--spread", type=float, default=0.9,
                    help="of random faces, over that of real ones: less draws plainer faces")  # fmt: skip
parser.add_argument("--check-seed", type=int, default=1, help="of the face in the check picture")


def main():
    options = parser.parse_args()
    weights = options.weights / "weights.pt" if options.weights.is_dir() else options.weights
    autoencoder, facts = load_autoencoder(weights)
    if options.soften:
        soften(autoencoder, load_autoencoder(options.soften)[0], options.softness)
    crops = load_crops(options.crops, options.table, options.held_out, options.crop_side)
    fold_model_prior(autoencoder, crops, options.margin, options.spread)

    kinds = colour_or_all(crops, held_out=True)
    held_out = plain_batch(crops.pixels[kinds], options.margin).contiguous().numpy()
    note = f"Trained with Training/train.py, stage {facts['stage']}"
    if "images" in facts:
        note += f", {facts['images']} images"
    if options.soften:
        note += f"; mixed with stage B × {options.softness}"
    note += f"; prior of real faces × {options.spread} folded in."
    matches = write_model_folder(
        autoencoder, options.model, options.model.name, note, options.check_seed, held_out
    )
    sizes = {file: (options.model / file).stat().st_size / 1e6 for file in ("encoder.onnx", "decoder.onnx")}
    print(f"{options.model}: " + ", ".join(f"{file} {size:.1f} MB" for file, size in sizes.items()))
    if len(matches):
        print(f"held-out pictures: {len(matches)}, mean {matches.mean():.2f} dB")


@torch.no_grad()
def soften(autoencoder, softer, share):
    """Mixes weights: stage C starts from those of stage B and stays near, so what lies between works too."""
    mixed, other = autoencoder.fold().state_dict(), softer.fold().state_dict()
    for name, weight in mixed.items():
        weight.lerp_(other[name], share)


@torch.no_grad()
def fold_model_prior(autoencoder, crops, margin, spread):
    autoencoder.fold()
    fitted = crops.pixels[colour_or_all(crops, held_out=False)]
    fold_prior(autoencoder, fit_prior(autoencoder, fitted, margin), spread)


def colour_or_all(crops, held_out):
    """The colour pictures where there are any: grey ones would make random faces half grey."""
    chosen = crops.indices(held_out=held_out, colour=True)
    return chosen if len(chosen) else crops.indices(held_out=held_out)


if __name__ == "__main__":
    main()
