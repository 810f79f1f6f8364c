"""Figures of merit of reconstructions; pictures are N × 3 × side × side in 0…1."""

import torch

from . import losses

# Where the face is in the model's region: left, top, right, bottom, as shares of the side.
FACE_BOX = (0.20, 0.28, 0.80, 0.92)

# A dimension whose latent loss is above this many nats carries something.
ACTIVE_NATS = 0.05


def psnr(decoded, pictures):
    """Decibels a picture, N."""
    return -10 * losses.reconstruction_loss(decoded, pictures).clamp(min=1e-10).log10()


def ssim(decoded, pictures):
    """SSIM a picture, N."""
    return losses.structural_similarity(decoded, pictures).mean((1, 2, 3))


def face_box(pictures):
    side = pictures.shape[-1]
    left, top, right, bottom = (round(place * side) for place in FACE_BOX)
    return pictures[..., top:bottom, left:right]


@torch.no_grad()
def reconstruct(autoencoder, pictures, batch=50):
    """Pictures decoded from the means, clamped, and the latent loss a dimension, N × latents."""
    decoded, nats = [], []
    for part in pictures.split(batch):
        mean, log_variance = autoencoder.encoder(part)
        decoded.append(autoencoder.decoder(mean, part.shape[-1]).clamp(0, 1))
        nats.append(losses.latent_loss_by_dimension(mean, log_variance))
    return torch.cat(decoded), torch.cat(nats)


def summary(decoded, pictures, nats, is_colour, is_sharp):
    """The figures that training reports, as plain numbers; groups without a picture are left out."""
    decibels, similarity = psnr(decoded, pictures), ssim(decoded, pictures)
    face = psnr(face_box(decoded), face_box(pictures))
    groups = {"colour": is_colour, "grey": ~is_colour, "sharp": is_colour & is_sharp}
    figures = {}
    for name, chosen in groups.items():
        if chosen.any():
            figures[f"psnr {name}"] = decibels[chosen].mean().item()
            figures[f"ssim {name}"] = similarity[chosen].mean().item()
            figures[f"face psnr {name}"] = face[chosen].mean().item()
    figures["reconstruction loss"] = losses.reconstruction_loss(decoded, pictures).mean().item()
    figures["latent loss"] = nats.sum(1).mean().item()
    figures["active dimensions"] = int((nats.mean(0) > ACTIVE_NATS).sum())
    return figures
