"""What `evaluate` compares: a model folder, or PCA of the training crops, both behind the same few calls."""

import math
from pathlib import Path

import numpy
import torch
import yaml
from torch.nn import functional as F

from .batches import resample
from .modelfolder import LANDMARKS
from .onnxfiles import Network

# Eyes and mouth in a crop of the margin 1.18, on average.
CROP_LANDMARKS = {"left_eye": (0.376, 0.474), "right_eye": (0.623, 0.475), "mouth": (0.500, 0.732)}


class Region:
    """A model's region in a crop: centre and size as shares of the crop's side."""

    def __init__(self, landmarks=LANDMARKS, aspect=1.0):
        """From where the region has eyes and mouth, and from its width over its height."""
        here = numpy.array([CROP_LANDMARKS[name] for name in LANDMARKS])
        there = numpy.array([landmarks[name] for name in LANDMARKS], float) * (aspect, 1)
        spread_here, spread_there = here - here.mean(0), there - there.mean(0)
        height = (spread_here * spread_there).sum() / (spread_there**2).sum()
        self.width, self.height = height * aspect, height
        left, top = here.mean(0) - height * there.mean(0)
        self.centre = left + self.width / 2, top + self.height / 2

    def cut(self, pixels, side):
        """N × 3 × s × s bytes → N × 3 × side × side in 0…1: shrunk by whole steps, resampled once."""
        steps = max(1, math.floor(self.width * pixels.shape[-1] / side))
        x, y = (2 * place - 1 for place in self.centre)
        transform = torch.tensor([[[self.width, 0, x], [0, self.height, y]]], dtype=torch.float32)
        pictures = resample(pixels, transform.expand(len(pixels), 2, 3), side * steps)
        return F.avg_pool2d(pictures, steps) if steps > 1 else pictures.contiguous()

    def place(self, x, y):
        """A place in the crop, as shares of the region."""
        return (x - self.centre[0]) / self.width + 0.5, (y - self.centre[1]) / self.height + 0.5


class ModelFolder:
    """A model folder with an ONNX encoder and decoder; pictures are N × 3 × side × side arrays in 0…1."""

    def __init__(self, folder, description=None):
        folder = Path(folder)
        described = yaml.safe_load(Path(description or folder / "model.yaml").read_text(encoding="utf-8"))
        self.name = described.get("name", folder.name)
        self.image, self.latent = described["image"], described["latent"]
        self.side = self.image["width"]
        if self.image["height"] != self.side or self.image.get("layout", "nchw") != "nchw":
            raise SystemExit(f"{folder}: only square pictures in NCHW layout can be evaluated.")
        crop = described["crop"]
        self.region = Region({name: crop[name] for name in LANDMARKS}, crop.get("aspect", 1))
        self.outputs = described["encoder"]
        self.encoder = Network(folder / described["encoder"]["file"])
        self.decoder = Network(folder / described["decoder"]["file"])
        self.decoder_image = described["decoder"].get("output", self.decoder.outputs[0])
        self.has_prior = described.get("prior", "standard") == "standard"

    def encode(self, pictures):
        """The means as the encoder gives them, and the latent loss a dimension where the spread is known."""
        low, high = self.image.get("range", [0, 1])
        arranged = pictures[:, ::-1] if self.image.get("channels") == "bgr" else pictures
        spread = self.outputs.get("spread")
        names = [self.outputs.get("mean", self.encoder.outputs[0])] + ([spread["output"]] if spread else [])
        found = self.encoder(low + (high - low) * arranged, names)
        if not spread:
            return found[0], None
        unit = {"log_variance": 1, "log_sigma": 2}.get(spread["as"])
        log_variance = (unit * found[1] if unit else 2 * numpy.log(found[1])).clip(-30, 20)
        mean = found[0]
        nats = 0.5 * (mean**2 + numpy.exp(log_variance) - log_variance - 1)
        return mean, nats.reshape(len(nats), -1)

    def decode(self, z):
        return self.pixels(self.decoder(z, [self.decoder_image])[0])

    def pixels(self, answers):
        """What a decoder answers, as pictures."""
        low, high = self.image.get("range", [0, 1])
        pictures = ((answers - low) / (high - low)).clip(0, 1)
        return pictures[:, ::-1] if self.image.get("channels") == "bgr" else pictures

    def sample(self, count, seed):
        z = numpy.random.RandomState(seed).standard_normal((count, *self.latent["shape"]))
        return self.decode(z / self.latent.get("scale", 1) + self.latent.get("shift", 0))


class PrincipalComponents:
    """The best linear code of as many numbers; random faces from the Gaussian of its coefficients."""

    has_prior = True
    side = 128

    def __init__(self, pixels, count=128, cache=None):
        """From crops, N × 3 × s × s bytes. `cache` is a file to keep the components in."""
        self.name = f"PCA-{count}"
        self.region = Region()
        if cache and cache.exists():
            held = numpy.load(cache)
            self.mean, self.components, self.deviations = held["mean"], held["components"], held["deviations"]
            return
        rows = torch.cat([self.region.cut(part, self.side).flatten(1) for part in pixels.split(64)])
        mean = rows.mean(0)
        rows -= mean
        values, vectors = torch.linalg.eigh((rows @ rows.T).double())
        values, vectors = values[-count:], vectors[:, -count:]
        components = F.normalize(vectors.float().T @ rows, dim=1)
        self.mean, self.components = mean.numpy(), components.numpy()
        self.deviations = (values / len(rows)).sqrt().float().numpy()
        if cache:
            numpy.savez(cache, mean=self.mean, components=self.components, deviations=self.deviations)

    def encode(self, pictures):
        return (pictures.reshape(len(pictures), -1) - self.mean) @ self.components.T, None

    def decode(self, z):
        flat = z @ self.components + self.mean
        return flat.reshape(-1, 3, self.side, self.side).clip(0, 1)

    def sample(self, count, seed):
        z = numpy.random.RandomState(seed).standard_normal((count, len(self.deviations)))
        return self.decode((z * self.deviations).astype(numpy.float32))
