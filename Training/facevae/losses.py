"""The terms of the training loss; pictures are N × 3 × side × side in 0…1.

Each term is one number a picture (N), so that a picture's weight can be applied last.
"""

from functools import lru_cache

import torch
from torch.nn import functional as F


def reconstruction_loss(decoded, pictures):
    """The mean over height, width and channels of the squared difference, N."""
    return ((decoded - pictures) ** 2).mean((1, 2, 3))


def latent_loss_by_dimension(mean, log_variance):
    """½ (μ² + σ² − log σ² − 1), N × latents; its sum over the latents is the latent loss, in nats."""
    return 0.5 * (mean**2 + log_variance.exp() - log_variance - 1)


def weighted_squares(decoded, pictures):
    """The squared difference, weighted towards the face, N."""
    return ((decoded - pictures) ** 2 * face_weights_like(decoded)).mean((1, 2, 3))


def band_distance(decoded, pictures, finest):
    """The L1 distance of the bands of a Laplacian pyramid, summed over the bands, N.

    `finest` (N) weighs the finest band of each picture.
    """
    rest = decoded - pictures
    total = 0
    weight = finest
    while rest.shape[-1] > 8:
        coarse = F.avg_pool2d(rest, 2)
        band = rest - F.interpolate(coarse, scale_factor=2, mode="bilinear", align_corners=False)
        total = total + weight * (band.abs() * face_weights_like(band)).mean((1, 2, 3))
        rest, weight = coarse, 1
    return total + (rest.abs() * face_weights_like(rest)).mean((1, 2, 3))


def structural_similarity(a, b):
    """SSIM with a Gaussian window of 11 pixels, as a map, N × 3 × (side − 10) × (side − 10)."""
    count = len(a)
    blurred = blur(torch.cat([a, b, a * a, b * b, a * b]))
    mean_a, mean_b, square_a, square_b, product = blurred.split(count)
    variance = square_a - mean_a**2 + square_b - mean_b**2
    covariance = product - mean_a * mean_b
    luminance = (2 * mean_a * mean_b + 0.01**2) / (mean_a**2 + mean_b**2 + 0.01**2)
    return luminance * (2 * covariance + 0.03**2) / (variance + 0.03**2)


def dissimilarity(decoded, pictures):
    """1 − SSIM, N."""
    return 1 - structural_similarity(decoded, pictures).mean((1, 2, 3))


def blur(pictures, deviation=1.5, radius=5):
    """Gaussian blur without padding: each side loses 2 × `radius` pixels.

    As two products with a band matrix, which is several times as fast as convolutions of three channels.
    """
    across = blur_matrix(pictures.shape[-1], deviation, radius, pictures.device)
    down = blur_matrix(pictures.shape[-2], deviation, radius, pictures.device)
    return down @ pictures @ across.T


@lru_cache
def blur_matrix(side, deviation, radius, device):
    """(side − 2 radius) × side; row i weighs the pixels i … i + 2 radius."""
    places = torch.arange(-radius, radius + 1)
    kernel = torch.exp(-(places**2) / (2 * deviation**2))
    matrix = torch.zeros(side - 2 * radius, side)
    for row in range(len(matrix)):
        matrix[row, row : row + len(kernel)] = kernel / kernel.sum()
    return matrix.to(device)


def face_weights_like(pictures):
    return face_weights(pictures.shape[-1], pictures.device)


@lru_cache
def face_weights(side, device):
    """1 inside a soft ellipse around the face, ½ outside, then scaled to mean 1; 1 × 1 × side × side."""
    places = (torch.arange(side, device=device) + 0.5) / side
    y, x = torch.meshgrid(places, places, indexing="ij")
    distance = (((x - 0.5) / 0.36) ** 2 + ((y - 0.55) / 0.46) ** 2).sqrt()
    weights = 0.5 + 0.5 * torch.sigmoid((1 - distance) * 8)
    return (weights / weights.mean()).view(1, 1, side, side)
