"""Batches: crops cut to the model's region, varied at random for training or plain."""

import torch
from torch.nn import functional as F

SIDE = 128


class BatchSource:
    """Draws training batches.

    All chance comes from torch's default generator on the processor, so a checkpoint that holds its
    state continues the same sequence, whatever the device.
    """

    def __init__(self, crops, device, margin=1.18, warp=0.0):
        self.pixels = crops.pixels.to(device)
        self.is_colour = crops.is_colour
        self.is_sharp = crops.is_sharp
        self.margin = margin
        self.warp = warp
        self.colour = crops.indices(held_out=False, colour=True)
        self.grey = crops.indices(held_out=False, colour=False)
        self.faces_to_fit = self.colour if len(self.colour) else self.grey
        self.sharp_colour = crops.indices(held_out=False, colour=True, sharp=True)

    def draw(self, count, colour_share, variation=1.0, side=SIDE):
        """`count` pictures, N × 3 × side × side in 0…1, and the weight of their fine detail, N.

        `colour_share` of them are colour on average. `variation` scales how much they are varied.
        """
        if len(self.grey) == 0 or len(self.colour) == 0:
            chosen = pick(self.colour if len(self.colour) else self.grey, count)
        else:
            chosen = torch.where(
                torch.rand(count) < colour_share, pick(self.colour, count), pick(self.grey, count)
            )
        return self.cut(chosen, variation, side), self.is_sharp[chosen].float().to(self.pixels.device)

    def draw_sharp(self, count, variation=1.0):
        """`count` sharp colour pictures (others where there are none)."""
        among = self.sharp_colour if len(self.sharp_colour) else self.faces_to_fit
        return self.cut(pick(among, count), variation)

    def cut(self, chosen, variation, side=SIDE):
        count = len(chosen)
        device = self.pixels.device
        flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
        scale = (1 + noise(count, 0.03, 0.07, variation)) / self.margin
        turn = noise(count, 0.026, 0.07, variation)
        shift = [noise(count, 0.024, 0.06, variation) for _ in range(2)]
        rows = [
            torch.stack([scale * turn.cos() * flip, -scale * turn.sin(), shift[0]], 1),
            torch.stack([scale * turn.sin() * flip, scale * turn.cos(), shift[1]], 1),
        ]
        warp = smooth_warp(count, self.warp * variation).to(device) if self.warp else None
        pictures = resample(self.pixels[chosen.to(device)], torch.stack(rows, 1).to(device), warp=warp)
        saturation = 1 + noise(count, 0.15, 0.3, variation) * self.is_colour[chosen]
        gamma = 1 + noise(count, 0.08, 0.16, variation)
        contrast = 1 + noise(count, 0.08, 0.16, variation)
        brightness = noise(count, 0.04, 0.08, variation)
        saturation, gamma, contrast, brightness = (
            value.view(-1, 1, 1, 1).to(device) for value in (saturation, gamma, contrast, brightness)
        )
        grey = pictures.mean(1, keepdim=True)
        pictures = torch.lerp(grey, pictures, saturation).clamp(1e-4, 1) ** gamma
        pictures = ((pictures - 0.5) * contrast + 0.5 + brightness).clamp(0, 1)
        if side != SIDE:
            pictures = F.avg_pool2d(pictures, SIDE // side)
        return pictures.contiguous(memory_format=torch.channels_last)


def plain_batch(pixels, margin=1.18, side=SIDE, flip=False):
    """The model's region of crops, N × 3 × s × s bytes, just as they are (or mirrored)."""
    scale = 1 / margin
    row = torch.tensor([[[-scale if flip else scale, 0, 0], [0, scale, 0]]], device=pixels.device)
    pictures = resample(pixels, row.expand(len(pixels), 2, 3))
    if side != SIDE:
        pictures = F.avg_pool2d(pictures, SIDE // side)
    return pictures.contiguous(memory_format=torch.channels_last)


def smooth_warp(count, deviation, points=6):
    """Random displacements of `points` × `points` places of each picture; `deviation` is a share of the side."""
    return (2 * deviation * torch.randn(count, 2, points, points)).clamp(-4 * deviation, 4 * deviation)


def resample(pixels, transforms, side=SIDE, warp=None):
    """One bicubic resampling to `side`, edge pixels repeated outside."""
    grid = F.affine_grid(transforms, (len(pixels), 3, side, side), align_corners=False)
    if warp is not None:
        smooth = F.interpolate(warp, size=(side, side), mode="bicubic", align_corners=True)
        grid = grid + smooth.permute(0, 2, 3, 1)
    pictures = F.grid_sample(
        pixels.float() / 255, grid, mode="bicubic", padding_mode="border", align_corners=False
    )
    return pictures.clamp(0, 1)


def pick(among, count):
    return among[torch.randint(len(among), (count,))]


def noise(count, deviation, limit, variation):
    """Normal noise, cut off at ± limit."""
    return (torch.randn(count) * deviation * variation).clamp(-limit, limit)
