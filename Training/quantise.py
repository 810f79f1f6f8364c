"""quantise: a fast decoder of 8-bit convolutions beside the exact one of a model folder."""

import argparse
import json
import sys
from pathlib import Path

import numpy
import yaml

from facevae.candidates import ModelFolder
from facevae.crops import load_crops
from facevae.modelfolder import add_fast_decoder
from facevae.options import HELD_OUT_LIST
from facevae.quantising import LATENTS_PER_RANGE, SMOOTHING, STEADYING_LAYERS, calibration_latents, quantised
from facevae.runfolder import write_whole
from facevae.twins import SAMPLE_COUNT, comparison, missed

FAST_FILE = "decoder-fast.onnx"

parser = argparse.ArgumentParser(
    description=f"Makes {FAST_FILE} from a model folder's decoder, measures it against the exact one, and enters"
    " it in model.yaml: as the default when it reaches the goals. Prints the figures as JSON.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("model", type=Path, help="model folder")
parser.add_argument("--crops", type=Path, required=True, help="folder that it was trained on")
parser.add_argument("--table", type=Path, help="CSV file as for train")
parser.add_argument("--held-out", type=Path, default=HELD_OUT_LIST, help="faces to measure morphs between")
parser.add_argument("--crop-side", type=int, default=184, help="pixels")
parser.add_argument("--smoothing", type=float, default=SMOOTHING,
                    help="share of a channel's outliers that the weights take over, 0 to 1")  # fmt: skip
parser.add_argument("--latents-per-range", type=int, default=LATENTS_PER_RANGE,
                    help="more make the worst picture better and all others coarser")  # fmt: skip
parser.add_argument("--exact-layers", nargs="*", metavar="NAME",
                    help="ends of the names of convolutions that stay in f32; without this option, none, and then"
                    f" {' '.join(STEADYING_LAYERS)} where a goal is missed")  # fmt: skip
parser.add_argument("--measure", action="store_true", help="only measure the fast decoder that is there")


def main():
    options = parser.parse_args()
    crops = load_crops(options.crops, options.table, options.held_out, options.crop_side)
    if crops.is_held_out.sum() < 2:
        raise SystemExit(f"{options.held_out}: names no two pictures of {options.crops}, so nothing is held out.")
    folder = ModelFolder(options.model)
    described = yaml.safe_load((options.model / "model.yaml").read_text(encoding="utf-8"))["decoder"]
    exact, fast = options.model / described["file"], options.model / described.get("fast", FAST_FILE)
    ends, draw = means(folder, crops, held_out=True), sampler(folder)
    samples = draw(SAMPLE_COUNT, numpy.random.RandomState(2023)) if draw else ends[:0]

    def measured(path):
        figures = comparison(exact, path, samples, ends, folder.pixels)
        return figures | {"missed": missed(figures)}

    if options.measure:
        figures = measured(fast)
    else:
        latents = calibration_latents(means(folder, crops, held_out=False), draw)
        figures = make(exact, fast, latents, options, measured)
        add_fast_decoder(options.model, fast.name, default="exact" if figures["missed"] else "fast")
    sizes = {"file": fast.name, "MB": round(fast.stat().st_size / 1e6, 2)}
    print(json.dumps(sizes | figures, indent=1, ensure_ascii=False))
    for words in figures["missed"]:
        print(f"{options.model}: {words}.", file=sys.stderr)


def make(exact, fast, latents, options, measured):
    """Writes the first fast decoder that reaches all goals, or the one that misses fewest; returns its figures."""
    attempts = [[], STEADYING_LAYERS] if options.exact_layers is None else [options.exact_layers]
    candidate, best = fast.with_name("part-" + fast.name), None
    for layers in attempts:
        model = quantised(exact, latents, options.smoothing, options.latents_per_range, layers).SerializeToString()
        candidate.write_bytes(model)
        found = {"exact layers": layers} | measured(candidate)
        print(json.dumps(found, ensure_ascii=False), file=sys.stderr, flush=True)
        if best is None or len(found["missed"]) < len(best["missed"]):
            best = found
            write_whole(fast, lambda file, model=model: file.write(model))
        if not best["missed"]:
            break
    candidate.unlink(missing_ok=True)
    return best


def means(folder, crops, held_out, limit=1200, seed=1):
    """The means of at most so many crops, as the decoder takes them."""
    chosen = crops.indices(held_out=held_out).numpy()
    chosen = numpy.sort(numpy.random.RandomState(seed).permutation(chosen)[:limit])
    parts = [folder.region.cut(crops.pixels[part], folder.side).numpy()
             for part in numpy.array_split(chosen, -(-len(chosen) // 64))]  # fmt: skip
    return numpy.concatenate([folder.encode(part)[0] for part in parts])


def sampler(folder):
    """A function that draws so many random faces' latents; None for a model without a prior."""
    if not folder.has_prior:
        return None
    scale, shift = (per_channel(folder.latent.get(name, usual), folder.latent["shape"])
                    for name, usual in (("scale", 1), ("shift", 0)))  # fmt: skip
    return lambda count, chance: chance.standard_normal((count, *folder.latent["shape"])) / scale + shift


def per_channel(values, shape):
    values = numpy.asarray(values, numpy.float64)
    return values.reshape(-1, *[1] * (len(shape) - 1)) if values.ndim else values


if __name__ == "__main__":
    main()
