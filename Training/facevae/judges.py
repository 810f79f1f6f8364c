"""Networks that judge pictures, and the distances between what they see in two sets of pictures."""

import importlib.util
from pathlib import Path

import numpy
import torch
from torch.nn import functional as F

from .lite0 import Lite0

# The square that holds the face in a crop of the margin 1.18: left, top, right, bottom.
FACE_SQUARE = (0.22, 0.30, 0.78, 0.86)

# dlib's network takes two pictures whose descriptors are nearer than this for the same person.
SAME_PERSON = 0.6


class Lite0Judge:
    """1280 numbers a picture. Training looks through the same network, so it flatters what was trained."""

    name = "lite0"

    def __init__(self):
        self.network = Lite0()

    @torch.no_grad()
    def __call__(self, pictures, region):
        parts = torch.from_numpy(numpy.ascontiguousarray(pictures)).split(64)
        return torch.cat([self.network.embed(enlarged(part)) for part in parts]).numpy()


class DlibJudge:
    """dlib's 128 numbers that tell people apart; nothing here was trained against it."""

    name = "dlib"

    def __init__(self):
        import dlib

        # The package's own way to say where its files are needs a module that Python no longer ships.
        found = importlib.util.find_spec("face_recognition_models")
        models = Path(found.submodule_search_locations[0]) / "models"
        self.network = dlib.face_recognition_model_v1(str(models / "dlib_face_recognition_resnet_model_v1.dat"))
        self.predictor = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))
        self.detector = dlib.get_frontal_face_detector()
        self.rectangle = dlib.rectangle

    def __call__(self, pictures, region):
        left, top = region.place(*FACE_SQUARE[:2])
        right, bottom = region.place(*FACE_SQUARE[2:])
        found = []
        for picture in as_rgb(pictures):
            side = picture.shape[0]
            square = self.rectangle(*(round(place * side) for place in (left, top, right, bottom)))
            found.append(self.network.compute_face_descriptor(picture, self.predictor(picture, square)))
        return numpy.array(found, numpy.float32)

    def share_with_face(self, pictures):
        """The share in which dlib's detector finds a face."""
        return float(numpy.mean([len(self.detector(picture, 1)) > 0 for picture in as_rgb(pictures)]))


def judges():
    """Those whose packages are installed."""
    needed = {Lite0Judge: "efficientnet_lite_pytorch", DlibJudge: "dlib"}
    return [judge() for judge, package in needed.items() if importlib.util.find_spec(package)]


def as_rgb(pictures):
    for picture in pictures:
        picture = enlarged(torch.from_numpy(numpy.ascontiguousarray(picture))[None])[0]
        yield numpy.ascontiguousarray((picture * 255).round().byte().permute(1, 2, 0).numpy())


def enlarged(pictures):
    """Small models' pictures at 128 × 128, so that each judge sees faces of one size."""
    if pictures.shape[-1] >= 128:
        return pictures
    return F.interpolate(pictures, size=(128, 128), mode="bicubic", align_corners=False).clamp(0, 1)


def kernel_distance(a, b, parts=10):
    """KID: the squared distance of the means under a cubic kernel, without bias, and its standard error."""
    a, b = (torch.from_numpy(side).double() for side in (a, b))
    generator = torch.Generator().manual_seed(0)
    orders = [torch.randperm(len(side), generator=generator).tensor_split(parts) for side in (a, b)]
    found = torch.stack([squared_discrepancy(a[i], b[j]) for i, j in zip(*orders)])
    return found.mean().item(), (found.std() / parts**0.5).item()


def squared_discrepancy(a, b):
    def kernel(x, y):
        return (x @ y.T / x.shape[1] + 1) ** 3

    def without_diagonal(square):
        return (square.sum() - square.trace()) / (len(square) * (len(square) - 1))

    return without_diagonal(kernel(a, a)) + without_diagonal(kernel(b, b)) - 2 * kernel(a, b).mean()


def frechet_distance(a, b):
    """The distance of the two Gaussians; it shrinks with more pictures, so compare equal counts only."""
    a, b = (torch.from_numpy(side).double() for side in (a, b))
    product = torch.cov(a.T) @ torch.cov(b.T)
    root_trace = torch.linalg.eigvals(product).real.clamp(min=0).sqrt().sum()
    traces = torch.cov(a.T).trace() + torch.cov(b.T).trace()
    return ((a.mean(0) - b.mean(0)).square().sum() + traces - 2 * root_trace).item()
