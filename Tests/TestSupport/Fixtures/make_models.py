#!/usr/bin/env python3
"""Makes the tiny model folders that the tests load. Needs onnx, numpy, Pillow; openvino for `ir`.

Every network averages blocks of 4 × 4 pixels: mean = (pooled − 0.5) × 4, log σ² = −4 everywhere, and the decoder
enlarges z / 4 + 0.5 by 4 with linear interpolation. A folder says the same in another dialect, so that it must behave
as `tiny` does (equal latents, spreads and pictures, but for rounding) wherever its line says nothing else.

folder              what its model.yaml or networks do             expected
------------------  ---------------------------------------------  ---------------------------------------------------
tiny                32 × 32, RGB, NCHW, 0 to 1; 192 latents        a picture of flat 4 × 4 blocks comes back blurred
tiny-aligned        the crop of portraits-128                      as tiny, but faces are looked for and aligned
checked             check picture with its PSNR                    as tiny; the check passes
two-decoders        checked, with an 8-bit decoder beside it   as checked; the fast one is a level off here and there
names-left-out      no tensor names where there is only one        as tiny
nhwc-bgr-tanh       NHWC, BGR, −1 to 1, decoder ends before tanh   as tiny
gray                one channel, 64 latents                        gray in, gray out as RGB; tiny's on a gray picture
sigmoid             the decoder ends before the sigmoid            as tiny
spread-sigma        the spread is σ                                as tiny: σ = exp(−2)
spread-log-sigma    the spread is log σ                            as tiny
moments-halves      mean and log σ² in one output [N, 384]         as tiny
moments-interleaved the same, one pair for each latent             as tiny
spatial-scaled      latent [3, 8, 8], scale 0.5, shift 0.25        as tiny, in model units
spatial-channels    scale and shift for each channel               as tiny, in model units
mean-std            ImageNet's mean and std for each channel       as tiny
two-ranges          encoder by mean and std, decoder −1 to 1       as tiny
batch-1             inputs fixed at 1                              as tiny
batch-4             inputs fixed at 4, networks can be reshaped    as tiny, reshaped to 1
batch-4-rigid       inputs fixed at 4, a constant inside says so   refused: the batch can't be made 1
no-encoder          decoder alone                                  samples; a photo as keyframe is refused
autoencoder         no spread                                      as tiny, σ = 0: a posterior sample is refused
prior-none          `prior: none`                                  as tiny; `sample` explains instead
random-encoder      the encoder adds noise to its mean             refused: it answers differently twice
mismatch            encoder mean [N, 48], decoder latent [N, 192]  refused: the sizes contradict each other
external-data       weights in decoder.onnx.data                   as tiny; the data file belongs to the identity
outside-data        weights in ../external-data                    refused: a link out of the folder
ir                  decoder.xml and decoder.bin                    as tiny
"""
import math
import shutil
from pathlib import Path

import numpy as np
import onnx

from tiny_networks import decoder, encoder

HERE = Path(__file__).parent
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
SCALES, SHIFTS = [0.5, 1.0, 2.0], [0.25, 0.0, -0.5]
CROP = """crop:
  left_eye: [0.354, 0.470]
  right_eye: [0.645, 0.470]
  mouth: [0.5, 0.773]
  aspect: 1
"""


def description(name, spread="spread: {output: log_variance, as: log_variance}", encoder=True, encoder_extra="",
                names=True, decoder_file="decoder.onnx", decoder_extra="", channels="rgb", layout="nchw",
                range="[0, 1]", activation="none", latent="{shape: [192], scale: 1, shift: 0}", prior="standard",
                crop="crop: none\n", check=""):
    """A model.yaml."""
    mean = "" if spread.startswith("moments") else "  mean: mean\n"
    of_encoder = (f"encoder:\n  file: encoder.onnx\n{'  input: image' + chr(10) if names else ''}{mean}"
                  f"{f'  {spread}' + chr(10) if spread else ''}{encoder_extra}") if encoder else ""
    of_decoder = f"decoder: {{file: {decoder_file}{', input: latent, output: image' if names else ''}{decoder_extra}}}\n"
    of_range = f"  range: {range}\n" if range else ""
    return (f"version: 1\nname: {name}\n{of_encoder}{of_decoder}image:\n  width: 32\n  height: 32\n"
            f"  channels: {channels}\n  layout: {layout}\n{of_range}  activation: {activation}\n"
            f"latent: {latent}\nprior: {prior}\n{crop}{check}")


def folder(name, encode=None, decode=None, **settings):
    """Writes one model folder; the networks are tiny's unless given."""
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    if settings.get("encoder", True):
        onnx.save(encode or encoder(), path / "encoder.onnx")
    if settings.get("decoder_file", "decoder.onnx") == "decoder.onnx":
        onnx.save(decode or decoder(), path / "decoder.onnx")
    (path / "model.yaml").write_text(description(name, **settings))
    return path


def save_checked():
    """A model folder with a check picture, smooth colours, whose PSNR onnx's reference evaluator tells."""
    from onnx.reference import ReferenceEvaluator
    from PIL import Image

    y, x = np.mgrid[0:32, 0:32] / 31
    picture = np.rint(np.stack([x, y, 1 - (x + y) / 2]) * 255)
    mean, _ = ReferenceEvaluator(encoder()).run(None, {"image": picture[None].astype(np.float32) / 255})
    again = np.rint(ReferenceEvaluator(decoder()).run(None, {"latent": mean})[0][0] * 255)
    psnr = -10 * math.log10(((again - picture) ** 2).mean() / 255**2)
    path = folder("checked", check=f"check: {{image: check.png, psnr: {psnr:.2f}}}\n")
    Image.fromarray(picture.astype(np.uint8).transpose(1, 2, 0)).save(path / "check.png")


def save_two_decoders():
    path = folder("two-decoders", decoder_extra=", fast: decoder-fast.onnx")
    shutil.copy(HERE / "checked/check.png", path)
    stated = [line for line in (HERE / "checked/model.yaml").read_text().splitlines() if line.startswith("check: ")]
    with open(path / "model.yaml", "a") as file:
        file.write(stated[0] + "\n")
    onnx.save(decoder(byte_steps=True), path / "decoder-fast.onnx")


def save_data_beside(name, location):
    """A decoder whose weights lie in a file of their own, which isn't written where it lies outside the folder."""
    path = folder(name)
    onnx.save(decoder(large=True), path / "decoder.onnx", save_as_external_data=True, location="decoder.onnx.data",
              size_threshold=256)
    if location != "decoder.onnx.data":
        model = onnx.load(path / "decoder.onnx", load_external_data=False)
        for entry in (e for t in model.graph.initializer for e in t.external_data if e.key == "location"):
            entry.value = location
        (path / "decoder.onnx").write_bytes(model.SerializeToString())
        (path / "decoder.onnx.data").unlink()


def save_ir():
    import openvino

    path = folder("ir", decoder_file="decoder.xml")
    openvino.save_model(openvino.Core().read_model(decoder().SerializeToString()), path / "decoder.xml",
                        compress_to_fp16=False)


def main():
    per_channel_range = f"{{mean: {MEAN}, std: {STD}}}"
    folder("tiny")
    folder("tiny-aligned", crop=CROP)
    save_checked()
    save_two_decoders()
    folder("names-left-out", names=False)
    dialect = dict(layout="nhwc", channels="bgr", mean=0.5, std=0.5)
    folder("nhwc-bgr-tanh", encoder(**dialect), decoder(**dialect, activation="tanh"), layout="nhwc", channels="bgr",
           range="[-1, 1]", activation="tanh")
    folder("gray", encoder(channels="gray"), decoder(channels="gray"), channels="gray",
           latent="{shape: [64], scale: 1, shift: 0}")
    folder("sigmoid", None, decoder(activation="sigmoid"), activation="sigmoid")
    for spread in ("sigma", "log_sigma"):
        folder(f"spread-{spread.replace('_', '-')}", encoder(spread=spread),
               spread=f"spread: {{output: {spread}, as: {spread}}}")
    for order in ("halves", "interleaved"):
        folder(f"moments-{order}", encoder(moments=order),
               spread=f"moments: {{output: moments, order: {order}, as: log_variance}}")
    for name, scale, shift in (("scaled", 0.5, 0.25), ("channels", SCALES, SHIFTS)):
        units = dict(latent="spatial", scale=scale, shift=shift)
        folder(f"spatial-{name}", encoder(**units), decoder(**units),
               latent=f"{{shape: [3, 8, 8], scale: {scale}, shift: {shift}}}")
    folder("mean-std", encoder(mean=MEAN, std=STD), decoder(mean=MEAN, std=STD), range=per_channel_range)
    folder("two-ranges", encoder(mean=MEAN, std=STD), decoder(mean=0.5, std=0.5), range=None,
           encoder_extra=f"  range: {per_channel_range}\n", decoder_extra=", range: [-1, 1]")
    for name, batch, rigid in (("batch-1", 1, False), ("batch-4", 4, False), ("batch-4-rigid", 4, True)):
        folder(name, encoder(batch=batch), decoder(batch=batch, rigid=rigid))
    folder("no-encoder", encoder=False)
    folder("autoencoder", encoder(spread=None), spread="")
    folder("prior-none", prior="none")
    folder("random-encoder", encoder(noise=True))
    folder("mismatch", encoder(block=8))
    save_data_beside("external-data", "decoder.onnx.data")
    save_data_beside("outside-data", "../external-data/decoder.onnx.data")
    save_ir()


if __name__ == "__main__":
    main()
