"""The adversary of stage C: small heads that tell photos from decoded pictures by a frozen network's features."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

from .lite0 import TAPS
from .losses import blur

MIXED_CHANNELS = 64


class Adversary(nn.Module):
    """Pictures in 0…1 → logits, N × places; above 0 where a picture looks like a photo.

    The features of each stride are mixed by a fixed random matrix before a head of its own sees them,
    so that no head can lean on a few channels.
    """

    def __init__(self, lite0):
        super().__init__()
        self.features = [lite0]  # in a list: it is neither trained nor saved
        for index, channels in enumerate(TAPS.values()):
            self.register_buffer(f"mixing_{index}", torch.randn(MIXED_CHANNELS, channels, 1, 1) / channels**0.5)
        self.heads = nn.ModuleList(patch_head() for _ in TAPS)

    def forward(self, pictures):
        logits = []
        for index, features in enumerate(self.features[0](pictures)):
            mixed = F.conv2d(features, getattr(self, f"mixing_{index}"))
            logits.append(self.heads[index](mixed).flatten(1))
        return torch.cat([part.float() for part in logits], 1)

    @torch.no_grad()
    def calibrate(self, photos):
        """Scales the mixing so that the heads see deviations of about 1."""
        for index, features in enumerate(self.features[0](photos)):
            mixing = getattr(self, f"mixing_{index}")
            mixing.div_(F.conv2d(features, mixing.to(features.dtype)).float().std())


def patch_head():
    return nn.Sequential(
        spectral_norm(nn.Conv2d(MIXED_CHANNELS, MIXED_CHANNELS, 3, padding=1)), nn.LeakyReLU(0.2),
        spectral_norm(nn.Conv2d(MIXED_CHANNELS, 1, 1)),
    )  # fmt: skip


class LeCam:
    """Holds each side's logits near the other side's running mean, which steadies training on few pictures."""

    def __init__(self):
        self.photos = self.decoded = 0.0

    def penalty(self, photo_logits, decoded_logits):
        self.photos = 0.99 * self.photos + 0.01 * photo_logits.mean().item()
        self.decoded = 0.99 * self.decoded + 0.01 * decoded_logits.mean().item()
        return (
            F.relu(photo_logits - self.decoded).square().mean()
            + F.relu(self.photos - decoded_logits).square().mean()
        )


def disguise(pictures, blur_deviation):
    """Blurs, then changes colours and place at random, photos and decoded pictures alike.

    So the adversary can't learn the few photos by heart, and the decoder does not learn the changes.
    """
    count, _, side, _ = pictures.shape
    device = pictures.device
    if blur_deviation > 0.2:
        padded = F.pad(pictures.contiguous(), (6, 6, 6, 6), mode="reflect")
        pictures = blur(padded, round(blur_deviation, 1), 6)

    def chance(low, high):
        return torch.empty(count, 1, 1, 1).uniform_(low, high).to(device)

    pictures = pictures + chance(-0.5, 0.5)
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * chance(0, 2)
    middle = pictures.mean((1, 2, 3), keepdim=True)
    pictures = middle + (pictures - middle) * chance(0.5, 1.5)
    reach = side // 8
    padded = F.pad(pictures, (reach, reach, reach, reach))
    places = torch.randint(2 * reach + 1, (count, 2)).tolist()
    moved = [
        picture[:, top : top + side, left : left + side] for picture, (top, left) in zip(padded.unbind(), places)
    ]
    return torch.stack(moved).contiguous(memory_format=torch.channels_last)
