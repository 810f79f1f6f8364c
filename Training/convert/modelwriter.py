"""Two functions of PyTorch tensors → the files of a model folder, held against the functions they came from."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from refusal import Refusal, first_line
from torch import nn

sys.path.append(str(Path(__file__).parent.parent))  # the trainer's pieces
from facevae.onnxfiles import Network, write_network

# How far an ONNX file's numbers may be from the framework's, over the largest of them where that is above 1.
TOLERANCE = 1e-3
TOLERANCE_OF_HALVES = 3e-2


@dataclass
class Autoencoder:
    """A trained autoencoder, whatever framework it is from."""

    owner: nn.Module
    encode: Any  # pictures → (mean,) or (mean, spread), N × latent shape each
    decode: Any  # latents → pictures
    spread: str | None  # log_variance, log_sigma or sigma


class Half(nn.Module):
    """An encoder or decoder as a module, which is what can be exported."""

    def __init__(self, owner, function):
        super().__init__()
        self.owner = owner
        self.function = function

    def forward(self, tensor):
        return self.function(tensor)


@torch.no_grad()
def write_model(autoencoder, description, folder, check=None, half=False):
    """Writes encoder.onnx, decoder.onnx, model.yaml and, from a picture file, check.png into an empty folder."""
    chance = numpy.random.RandomState(0)
    noise = chance.randint(256, size=(3, description.height, description.width, 3)).astype(numpy.uint8)
    pictures = torch.from_numpy(network_values(noise, description))
    answers = try_encoder(autoencoder, pictures)
    decoded = try_decoder(autoencoder, answers[0], pictures.shape)
    names = ["mean", autoencoder.spread][: len(answers)]

    export(autoencoder.owner, autoencoder.encode, pictures, "image", names, folder / "encoder.onnx", half)
    export(autoencoder.owner, autoencoder.decode, answers[0], "latent", ["image"], folder / "decoder.onnx", half)
    encoder, decoder = Network(folder / "encoder.onnx"), Network(folder / "decoder.onnx")
    tolerance = TOLERANCE_OF_HALVES if half else TOLERANCE
    compare("encoder", encoder, pictures, answers, tolerance)
    compare("decoder", decoder, answers[0], [decoded], tolerance)

    psnr = None
    if check is not None:
        picture = check_picture(check, description)
        Image.fromarray(picture[0]).save(folder / "check.png")
        values = decoder(encoder(network_values(picture, description))[0])[0]
        psnr = decibels(picture_bytes(values, description), picture)
        print(f"{check.name} comes back at {psnr:.1f} dB")
        if psnr < 12:
            print("That is no likeness: are the range, the channels and the activation right?", file=sys.stderr)
    text = description.yaml(answers[0].shape[1:], autoencoder.spread, psnr)
    (folder / "model.yaml").write_text(text, encoding="utf-8")
    for name in ("encoder.onnx", "decoder.onnx"):
        print(f"{name} {(folder / name).stat().st_size / 1e6:.1f} MB")


def try_encoder(autoencoder, pictures):
    """The encoder's answers, if they are such as a morph can be made of."""
    try:
        answers, again = (autoencoder.encode(pictures) for _ in range(2))
    except (RuntimeError, ValueError, TypeError) as error:
        raise Refusal(f"the encoder does not take {tuple(pictures.shape)}: {first_line(error)}") from error
    mean = answers[0]
    if any(answer.shape != mean.shape for answer in answers):
        shapes = " and ".join(str(tuple(answer.shape)) for answer in answers)
        raise Refusal(f"mean and spread have different shapes, {shapes}. Choose with --mean and --spread.")
    if len(mean) != len(pictures) or not 2 <= mean.ndim <= 4:
        raise Refusal(
            f"the encoder answers {len(pictures)} pictures with {tuple(mean.shape)}, and one to three sizes"
            " a picture are needed, such as (N, 128) or (N, 4, 64, 64)."
        )
    if not all(answer.isfinite().all() for answer in answers):
        raise Refusal("the encoder answers with numbers that are not finite.")
    if not all(torch.equal(one, other) for one, other in zip(answers, again)):
        raise Refusal(
            "the encoder answers differently twice, so it draws the sample itself. Name what returns the mean."
        )
    return [answer.contiguous() for answer in answers]


def try_decoder(autoencoder, latents, shape):
    try:
        decoded = autoencoder.decode(latents)
    except (RuntimeError, ValueError, TypeError) as error:
        raise Refusal(f"the decoder does not take means of {tuple(latents.shape)}: {first_line(error)}") from error
    if decoded.shape != shape:
        raise Refusal(f"the decoder gives {tuple(decoded.shape)} where the encoder takes {tuple(shape)}.")
    return decoded


def export(owner, function, example, taken, given, path, half):
    try:
        write_network(Half(owner, function), example[:2], [taken], given, path, halve=half)
    except Exception as error:
        raise Refusal(f"{path.stem}: PyTorch can't export it to ONNX: {first_line(error)}") from error


def compare(name, network, example, expected, tolerance):
    """Refuses a network that differs from what it was exported from, for one example or for three."""
    try:
        for count in (1, 3):
            found = network(example[:count].numpy())
            for one, other in zip(found, expected):
                other = other[:count].numpy()
                difference = abs(one - other).max() / max(1, abs(other).max())
                if not difference < tolerance:
                    raise Refusal(f"{name}.onnx: answers differ from the model's by {difference:.2g}.")
    except Refusal:
        raise
    except Exception as error:  # ONNX Runtime's have no common class
        raise Refusal(
            f"{name}.onnx: does not run on {count} at a time. The model fixes the number of pictures: write"
            " x.shape[0] where it has a number, len(x) or int(...)."
        ) from error


def check_picture(path, description):
    """A picture file at the model's size, as 1 × h × w × 3 bytes."""
    try:
        with Image.open(path) as file:
            picture = ImageOps.exif_transpose(file).convert("L" if description.channels == "gray" else "RGB")
    except (OSError, UnidentifiedImageError) as error:
        raise Refusal(f"{path}: is no picture that can be read.") from error
    size = (description.width, description.height)
    return numpy.asarray(ImageOps.fit(picture, size, Image.Resampling.BICUBIC).convert("RGB"))[None]


def network_values(pictures, description):
    """N × h × w × 3 bytes → what the encoder takes."""
    black, white = description.range
    values = pictures.astype(numpy.float32) / 255 * (white - black) + black
    if description.channels == "gray":
        values = values[..., :1]
    elif description.channels == "bgr":
        values = values[..., ::-1]
    if description.layout == "nchw":
        values = values.transpose(0, 3, 1, 2)
    return numpy.ascontiguousarray(values)


def picture_bytes(values, description):
    """What the decoder gives → N × h × w × 3 bytes."""
    if description.activation == "sigmoid":
        values = 1 / (1 + numpy.exp(-values))
    elif description.activation == "tanh":
        values = numpy.tanh(values)
    black, white = description.range
    values = (values - black) / (white - black)
    if description.layout == "nchw":
        values = values.transpose(0, 2, 3, 1)
    if description.channels == "bgr":
        values = values[..., ::-1]
    return numpy.round(values.clip(0, 1) * 255).astype(numpy.uint8).repeat(3 // values.shape[-1], axis=-1)


def decibels(pictures, others):
    """PSNR of bytes."""
    squares = ((pictures.astype(float) - others) ** 2).mean() / 255**2
    return -10 * numpy.log10(max(squares, 1e-10))
