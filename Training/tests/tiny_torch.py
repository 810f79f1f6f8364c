"""A small autoencoder of PyTorch, such as people train: the tests convert its checkpoints."""

import torch
from torch import nn


class TinyVAE(nn.Module):
    def __init__(self, latents=6):
        super().__init__()
        self.trunk = nn.Sequential(nn.Conv2d(3, 8, 4, 4), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 16, 2 * latents))
        self.start = nn.Linear(latents, 8 * 16)
        self.rest = nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(8, 3, 4, 4), nn.Sigmoid())

    def encode(self, pictures):
        mean, log_variance = self.trunk(pictures).chunk(2, 1)
        return mean, log_variance

    def decode(self, latents):
        return self.rest(self.start(latents).view(latents.shape[0], 8, 4, 4))

    def forward(self, pictures):
        mean, log_variance = self.encode(pictures)
        return self.decode(mean + torch.randn_like(mean) * (log_variance / 2).exp())


class DrawsItself(TinyVAE):
    """Its encoder returns a sample, which no file should hold."""

    def encode(self, pictures):
        mean, log_variance = super().encode(pictures)
        return mean + torch.randn_like(mean), log_variance


class Moments(TinyVAE):
    """One answer for mean and spread, grey pictures of logits, and parts instead of methods."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(1, 8, 4, 4), nn.ReLU(), nn.Conv2d(8, 4, 1))
        self.decoder = nn.Sequential(nn.ConvTranspose2d(2, 1, 4, 4))

    encode = decode = None  # hides the methods


class FixedBatch(TinyVAE):
    """Exported, it decodes as many latents at a time as in the example."""

    def decode(self, latents):
        return self.rest(self.start(latents).view(len(latents), 8, 4, 4))
