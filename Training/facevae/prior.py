"""The Gaussian that real faces' latents follow, and its folding into the networks.

Training pulls the latents of all faces together towards a standard normal, but never quite there. With
the Gaussian that they do follow folded into the first and last linear layers, a standard normal draws
faces, straight lines stay straight lines, and inference costs nothing more.
"""

from dataclasses import dataclass

import torch

from .batches import plain_batch

SHRINKAGE = 0.05


@dataclass
class Prior:
    """z = mean + root · ε; `root` is the symmetric root of the covariance, latents × latents."""

    mean: torch.Tensor
    root: torch.Tensor

    def draw(self, count, spread=1.0):
        """`count` random latents, drawn on the processor; `spread` scales their distance from the mean."""
        noise = torch.randn(count, len(self.mean)).to(self.mean.device)
        return self.mean + spread * noise @ self.root.T


@torch.no_grad()
def fit_prior(autoencoder, pixels, margin, batch=64):
    """The prior of crops, N × 3 × s × s bytes, and their mirror images."""
    means, variances = [], []
    for part in pixels.split(batch):
        for flip in (False, True):
            mean, log_variance = autoencoder.encoder(plain_batch(part, margin, flip=flip))
            means.append(mean.double())
            variances.append(log_variance.double().exp())
    means, variances = torch.cat(means), torch.cat(variances)
    covariance = torch.cov(means.T) + torch.diag(variances.mean(0))
    diagonal = torch.diag(torch.diag(covariance))
    covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * diagonal
    values, vectors = torch.linalg.eigh(covariance)
    root = (vectors * values.clamp(min=0).sqrt()) @ vectors.T
    return Prior(means.mean(0).float(), root.float())


@torch.no_grad()
def fold_prior(autoencoder, prior, spread):
    """Changes the linear layers next to the latent, so that z ~ Normal(0, 1) gives mean + spread · root · z.

    The encoder's log variance is corrected by the diagonal only, so its spread is an approximation.
    """
    matrix = (spread * prior.root).double()
    inverse = torch.linalg.inv(matrix)
    shift = prior.mean.double()
    start = autoencoder.decoder.start
    start.bias.add_((start.weight.double() @ shift).float())
    start.weight.copy_((start.weight.double() @ matrix).float())
    moments, latents = autoencoder.encoder.moments, autoencoder.latents
    moments.weight[:latents] = (inverse @ moments.weight[:latents].double()).float()
    moments.bias[:latents] = (inverse @ (moments.bias[:latents].double() - shift)).float()
    moments.bias[latents:] -= 2 * torch.log(torch.diag(matrix)).float()
