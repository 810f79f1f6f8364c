"""A model folder: the two networks, model.yaml and the check picture."""

import numpy
import yaml
from PIL import Image

from .onnxfiles import Network, write_networks
from .runfolder import write_whole

# How far from the middle of the prior the face of the check picture is drawn: near enough to be a plain face.
CHECK_SPREAD = 0.7

# Eyes and mouth in the model's region, as shares of its sides: in a crop of the margin 1.18 they are, on
# average, at (0.376, 0.474), (0.623, 0.475) and (0.500, 0.732).
LANDMARKS = {"left_eye": (0.354, 0.470), "right_eye": (0.645, 0.470), "mouth": (0.5, 0.773)}

DESCRIPTION = """\
# {note}
version: 1
name: {name}
encoder:
  file: encoder.onnx
  input: image
  mean: mean
  spread: {{output: log_variance, as: log_variance}}
decoder: {{file: decoder.onnx, input: latent, output: image}}
image:
  width: 128
  height: 128
  channels: rgb
  layout: nchw
  range: [0, 1]
  activation: none
latent: {{shape: [{latents}], scale: 1, shift: 0}}
prior: standard
crop:
{crop}
  aspect: 1
check: {{image: check.png, psnr: {check:.1f}}}
"""


def write_model_folder(autoencoder, folder, name, note, check_seed, held_out, landmarks=LANDMARKS):
    """Writes an autoencoder whose prior is folded in as a model folder. Returns the PSNR of each held-out picture.

    `held_out` is N × 3 × 128 × 128 in 0…1; from it come the thresholds of a good and a poor match. The
    check picture is a face that the decoder draws from `check_seed`, so it shows nobody.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_networks(autoencoder, folder)
    encoder, decoder = Network(folder / "encoder.onnx"), Network(folder / "decoder.onnx")
    z = CHECK_SPREAD * numpy.random.RandomState(check_seed).standard_normal((1, autoencoder.latents))
    picture = as_bytes(decoder(z)[0])
    write_whole(folder / "check.png", lambda file: Image.fromarray(picture[0]).save(file, "PNG"))
    as_read = picture.transpose(0, 3, 1, 2).astype(numpy.float32) / 255
    check = decibels(decoder(encoder(as_read)[0])[0], as_read)[0]
    crop = "\n".join(f"  {point}: [{x}, {y}]" for point, (x, y) in landmarks.items())
    text = DESCRIPTION.format(name=name, note=note, latents=autoencoder.latents, check=check, crop=crop)
    matches = numpy.array([])
    if len(held_out):
        matches = decibels(decoder(encoder(held_out)[0])[0], held_out)
        text += f"match: {{good: {numpy.median(matches):.1f}, poor: {numpy.percentile(matches, 5):.1f}}}\n"
    write_whole(folder / "model.yaml", lambda file: file.write(text.encode()))
    return matches


def add_fast_decoder(folder, file, default):
    """Enters a fast decoder in a folder's model.yaml, whose other lines and comments stay as they are."""
    path = folder / "model.yaml"
    text = path.read_text(encoding="utf-8")
    key, node = next(pair for pair in yaml.compose(text).value if pair[0].value == "decoder")
    entries = yaml.safe_load(text)["decoder"] | {"fast": file, "default": default}
    flow = yaml.safe_dump(entries, default_flow_style=True, sort_keys=False, width=10_000, allow_unicode=True)
    after = text[node.end_mark.index :] if node.flow_style else "\n" + text[node.end_mark.index :]
    text = text[: key.start_mark.index] + "decoder: " + flow.strip() + after
    write_whole(path, lambda file: file.write(text.encode()))


def decibels(decoded, pictures):
    """PSNR a picture."""
    squares = ((decoded - pictures) ** 2).mean((1, 2, 3))
    return -10 * numpy.log10(numpy.maximum(squares, 1e-10))


def as_bytes(pictures):
    """N × 3 × h × w in 0…1 → N × h × w × 3 bytes."""
    return numpy.round(pictures.clip(0, 1) * 255).astype(numpy.uint8).transpose(0, 2, 3, 1)
