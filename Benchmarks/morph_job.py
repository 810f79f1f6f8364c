"""What the three Python programs share: the command line, the crops, the latent path and the video."""
import argparse
from fractions import Fraction

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from PIL import Image


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs=2, help="aligned crops of the model's size")
    parser.add_argument("-m", "--model", required=True, help="a folder with encoder.onnx and decoder.onnx")
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--frames", type=int, default=299, help="frames of the transition; the last photo adds one")
    parser.add_argument("--size", type=int, help="longer side of the video; the model's own when left out")
    parser.add_argument("--batch", type=int, help="pictures in one inference")
    return parser.parse_args()


def read_crops(paths):
    """Crops as [N, 3, height, width] in 0 to 1."""
    pixels = np.stack([np.asarray(Image.open(path).convert("RGB")) for path in paths])
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2), dtype=np.float32) / 255


def path_between(start, end, frames):
    """The points of a straight line, `frames` + 1 of them."""
    fractions = np.linspace(0, 1, frames + 1, dtype=np.float32)[:, None]
    return start + (end - start) * fractions


def batches(latents, size):
    for first in range(0, len(latents), size):
        yield latents[first : first + size]


def to_bytes(images):
    """Pictures [N, 3, height, width] in 0 to 1 as bytes [N, height, width, 3]."""
    return np.rint(np.clip(images, 0, 1) * 255).astype(np.uint8).transpose(0, 2, 3, 1)


class Video:
    """An H.264 file: CRF 18, preset medium, 4:2:0, BT.709 in limited range, 30 frames a second."""

    def __init__(self, path, size=None):
        self.container = av.open(path, "w", options={"movflags": "faststart"})
        self.size = size
        self.stream = None
        self.reformatter = VideoReformatter()    # one for all frames, since it keeps swscale's tables

    def open_stream(self, width, height):
        factor = self.size / max(width, height) if self.size else 1
        self.stream = self.container.add_stream("libx264", rate=30, options={"crf": "18", "preset": "medium"})
        self.stream.width, self.stream.height = round(width * factor), round(height * factor)
        self.stream.pix_fmt = "yuv420p"
        self.stream.time_base = Fraction(1, 30)
        context = self.stream.codec_context
        context.color_range = ColorRange.MPEG
        context.colorspace = Colorspace.ITU709
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709

    def append(self, pixels):
        if self.stream is None:
            self.open_stream(pixels.shape[1], pixels.shape[0])
        frame = self.reformatter.reformat(
            av.VideoFrame.from_ndarray(pixels, format="rgb24"), width=self.stream.width, height=self.stream.height,
            format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG", interpolation="LANCZOS")
        self.container.mux(self.stream.encode(frame))

    def close(self):
        self.container.mux(self.stream.encode())
        self.container.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
