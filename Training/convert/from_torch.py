"""from_torch: a PyTorch or Lightning checkpoint, and the class that it belongs to → a model folder."""

import argparse
from pathlib import Path

import torch
from checkpoint import load_weights, read_checkpoint, weights_in
from description import Description, add_crop_options, add_picture_options, add_posterior_options, sides
from modelwriter import Autoencoder, write_model
from refusal import Refusal, first_line, new_folder, run
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
        autoencoder = halves_of(model.float().eval(), description, options)
        write_model(autoencoder, description, folder, options.check, options.half)
    print(f"{options.model}: try facewalk inspect {options.model}")


@torch.no_grad()
def halves_of(model, description, options):
    """A module's encoder and decoder, and how the encoder's answers are to be read."""
    encode = member(model, options.encode, ["encode", "encoder"], "--encode")
    decode = member(model, options.decode, ["decode", "decoder"], "--decode")
    example = torch.zeros(2, *description.picture_shape)
    try:
        answers = tensors(encode(example))
    except (RuntimeError, TypeError, ValueError) as error:
        raise Refusal(f"the encoder does not take {tuple(example.shape)}: {first_line(error)}") from error
    places = chosen(len(answers), options.mean, options.spread)

    def posterior(pictures):
        found = tensors(encode(pictures))
        return tuple(found[place] for place in places)

    def picture(latents):
        return tensors(decode(latents))[0]

    if len(places) == 1 and options.mean is None and not takes(picture, answers[0]):
        mean, _ = split = answers[0].chunk(2, 1)
        if len(split) == 2 and takes(picture, mean):
            return Autoencoder(model, lambda taken: posterior(taken)[0].chunk(2, 1), picture, options.spread_as)
    return Autoencoder(model, posterior, picture, options.spread_as if len(places) == 2 else None)


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


def chosen(count, mean, spread):
    """The places of mean and spread among so many answers."""
    if count > 2 and (mean is None or spread is None):
        raise Refusal(f"the encoder gives {count} answers. Say which is which: --mean 0 --spread 1, for example.")
    places = [0 if mean is None else mean]
    if spread is not None or (mean is None and count == 2):
        places.append(1 if spread is None else spread)
    if not all(0 <= place < count for place in places):
        raise Refusal(f"the encoder gives {count} answers: --mean and --spread go from 0 to {count - 1}.")
    return places


def tensors(answer):
    """The tensors of an answer: itself, or those in its tuple or list."""
    found = [answer] if torch.is_tensor(answer) else answer
    if isinstance(found, (tuple, list)):
        found = [part for part in found if torch.is_tensor(part)]
        if found:
            return found
    raise Refusal(
        f"the model answers with a {type(answer).__name__}, where tensors are needed. Write a class around it, as"
        " Training/convert/README.md shows."
    )


def takes(decode, latents):
    try:
        decode(latents)
    except (RuntimeError, ValueError, TypeError):
        return False
    return True


if __name__ == "__main__":
    run(main)
