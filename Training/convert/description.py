"""What model.yaml has to say of a converted model, and the options that state it."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Description:
    name: str
    note: str
    width: int
    height: int
    channels: str = "rgb"
    layout: str = "nchw"
    range: tuple = (0.0, 1.0)
    activation: str = "none"
    scale: float | list = 1
    shift: float | list = 0
    prior: str = "standard"
    crop: tuple | None = None
    aspect: float = 1

    @property
    def picture_shape(self):
        """Of what the networks take and give, without the batch."""
        count = 1 if self.channels == "gray" else 3
        if self.layout == "nhwc":
            return (self.height, self.width, count)
        return (count, self.height, self.width)

    def yaml(self, latent_shape, spread, check_psnr):
        """The text; `spread` is log_variance, log_sigma, sigma or None, `check_psnr` is None without a check."""
        lines = [
            f"# {self.note}",
            "version: 1",
            f"name: {json.dumps(self.name, ensure_ascii=False)}",
            "encoder:",
            "  file: encoder.onnx",
            "  input: image",
            "  mean: mean",
        ]
        if spread:
            lines.append(f"  spread: {{output: {spread}, as: {spread}}}")
        black, white = self.range
        lines += [
            "decoder: {file: decoder.onnx, input: latent, output: image}",
            "image:",
            f"  width: {self.width}",
            f"  height: {self.height}",
            f"  channels: {self.channels}",
            f"  layout: {self.layout}",
            f"  range: [{black:g}, {white:g}]",
            f"  activation: {self.activation}",
            f"latent: {{shape: {list(latent_shape)}, scale: {self.scale}, shift: {self.shift}}}",
            f"prior: {self.prior}",
        ]
        if self.crop:
            points = zip(("left_eye", "right_eye", "mouth"), self.crop[::2], self.crop[1::2])
            lines.append("crop:")
            lines += [f"  {name}: [{x:g}, {y:g}]" for name, x, y in points]
            lines.append(f"  aspect: {self.aspect:g}")
        else:
            lines.append("crop: none   # no face is looked for: pictures are scaled and centre-cropped")
        if check_psnr is not None:
            lines.append(f"check: {{image: check.png, psnr: {check_psnr:.2f}}}")
        return "\n".join(lines) + "\n"


def add_crop_options(parser):
    """What no file says: where the training pictures had their faces, and what the model should be held to."""
    add = parser.add_argument
    add("--crop", type=float, nargs=6, metavar=("LX", "LY", "RX", "RY", "MX", "MY"),
        help="left eye, right eye (as seen) and mouth in the training pictures, as fractions of their sides;"
        " without it photos are scaled and centre-cropped, and no face is looked for")  # fmt: skip
    add("--aspect", type=float, default=1, help="width / height of that region before it was scaled")
    add("--check", type=Path, metavar="PICTURE",
        help="like those that it was trained on; becomes check.png, which facewalk checks")  # fmt: skip
    add("--half", action="store_true", help="weights in 16 bits: half the size, the pictures as good as equal")


def add_picture_options(parser):
    """How pictures go into the networks and come out, where only the training script knows."""
    add = parser.add_argument
    add(
        "--range", type=float, nargs=2, default=(0, 1), metavar=("BLACK", "WHITE"), help="as the networks see them"
    )
    add(
        "--activation", choices=["none", "sigmoid", "tanh"], default="none", help="that the decoder's output lacks"
    )
    add("--prior", choices=["standard", "none"], default="standard", help="none: random latents decode to noise")


def sides(text):
    """`64` or `WIDTHxHEIGHT`, in pixels."""
    width, separator, height = text.partition("x")
    return int(width), int(height if separator else width)
