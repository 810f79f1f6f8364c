"""from_torch: a PyTorch or Lightning checkpoint, and the class that it belongs to → a model folder."""

import argparse
from pathlib import Path

import torch
from checkpoint import load_weights, read_checkpoint, weights_in
from description import Description, add_crop_options, add_picture_options, sides
from modelwriter import write_model
from posterior import add_posterior_options, autoencoder_of
from refusal import Refusal, new_folder, run
from usercode import import_class, make

parser = argparse.ArgumentParser(
    description="Writes a model folder from a checkpoint. The class is your code, and is run; the checkpoint is"
    " read as data, and is not.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("checkpoint", type=Path, help=".pt, .pth, .ckpt, .bin or .safetensors")
parser.add_argument("model", type=Path, help="folder to write; its name becomes the model's")
parser.add_argument("--class", dest="place", required=True, metavar="FILE.py:CLASS",
                    help="or package.module:CLASS")  # fmt: skip
parser.add_argument("--with", dest="arguments", nargs="+", default=[], metavar="NAME=VALUE",
                    help="for its constructor, over the hyperparameters of a Lightning checkpoint")  # fmt: skip
parser.add_argument("--size", type=sides, required=True, metavar="N or WxH", help="of its pictures, in pixels")
parser.add_argument("--channels", choices=["rgb", "bgr", "gray"], default="rgb", help="in this order")
parser.add_argument("--encode", metavar="NAME", help="what returns mean and spread: encode, or else encoder")
parser.add_argument("--decode", metavar="NAME", help="what returns the picture: decode, or else decoder")
parser.add_argument("--key", help="under which the checkpoint keeps the weights")
parser.add_argument("--prefix", help="of the weights' names, such as vae.")
add_picture_options(parser)
add_posterior_options(parser)
add_crop_options(parser)


def main(arguments=None):
    options = parser.parse_args(arguments)
    with new_folder(options.model) as folder:
        held = read_checkpoint(options.checkpoint)
        weights = weights_in(held, options.checkpoint, options.key)
        hyperparameters = held.get("hyper_parameters") if isinstance(held, dict) else None
        model = make(import_class(options.place), options.arguments, hyperparameters)
        if not isinstance(model, torch.nn.Module):
            raise Refusal(f"{options.place}: is no torch.nn.Module.")
        left = load_weights(model, weights, options.checkpoint, options.prefix)
        if left:
            print(f"not used: {len(left)} weights, such as {left[0]}")
        width, height = options.size
        description = Description(
            options.model.name, f"Converted from {options.checkpoint.name}.", width, height, options.channels,
            range=options.range, activation=options.activation, prior=options.prior, crop=options.crop,
            aspect=options.aspect,
        )  # fmt: skip
        model = model.float().eval()
        encode = member(model, options.encode, ["encode", "encoder"], "--encode")
        decode = member(model, options.decode, ["decode", "decoder"], "--decode")
        autoencoder = autoencoder_of(model, encode, decode, description, options)
        write_model(autoencoder, description, folder, options.check, options.half)
    print(f"{options.model}: try facewalk inspect {options.model}")


def member(model, stated, usual, option):
    """A method or part of a module, by a name that may have dots."""
    for name in [stated] if stated else usual:
        found = model
        for step in name.split("."):
            found = getattr(found, step, None)
        if callable(found):
            return found
    names = f"'{stated}'" if stated else " and no ".join(f"'{name}'" for name in usual)
    raise Refusal(f"{type(model).__name__}: has no {names}. Name it with {option}, or write a class around it.")


if __name__ == "__main__":
    run(main)
