"""Stages A and B: encoder and decoder together."""

import torch
from torch import nn

from . import losses, schedule
from .averaging import AveragedWeights, estimate_statistics
from .lite0 import Lite0, perceptual_distance
from .rate import RateControl

STATISTICS_BATCHES = 50


class AutoencoderStage:
    """One step at a time; `terms` of a step are the parts of its loss, weighted, as numbers on the device."""

    def __init__(self, autoencoder, source, options, dtype, began_with_a):
        self.options, self.source, self.dtype = options, source, dtype
        self.began_with_a = began_with_a
        self.device = torch.device(options.device)
        self.autoencoder = autoencoder.to(self.device, memory_format=torch.channels_last).train()
        self.optimiser = torch.optim.AdamW(
            self.autoencoder.parameters(), lr=0.0, betas=(0.9, 0.99), weight_decay=options.weight_decay, fused=True
        )
        self.average = AveragedWeights(self.autoencoder, options.average)
        self.control = RateControl(options.beta_start)
        self.lite0 = None

    def step(self, moment, measure_shares=False):
        """Learns from one batch. Returns the terms, and the terms' shares of the gradient if asked."""
        options = self.options
        side = schedule.side(moment.stage)
        pictures, detail = self.source.draw(
            options.batch, schedule.colour_share(moment.stage, options), schedule.variation(moment, options), side
        )
        blend = schedule.blend(moment, options, self.began_with_a)
        with self.autocast():
            mean, log_variance = self.autoencoder.encoder(pictures, blend)
            z = mean + (0.5 * log_variance).exp() * torch.randn(mean.shape).to(self.device)
            decoded = self.autoencoder.decoder(z, side, blend).contiguous()
        terms = self.picture_terms(decoded, pictures.contiguous(), detail, moment)
        shares = gradient_shares(terms, decoded) if measure_shares else None

        nats = losses.latent_loss_by_dimension(mean, log_variance)
        terms["latent"] = self.control.beta * nats.mean(0).clamp(min=options.free_nats).sum()
        self.optimiser.zero_grad(set_to_none=True)
        sum(terms.values()).backward()
        nn.utils.clip_grad_norm_(self.autoencoder.parameters(), options.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = schedule.learning_rate(moment, options)
        self.optimiser.step()
        self.average.update(self.autoencoder)

        latent_loss = nats.sum(1).mean()
        self.control.update(latent_loss.item(), options.nats_a if moment.stage == "A" else options.nats_b)
        terms["reconstruction loss"] = losses.reconstruction_loss(decoded, pictures).mean()
        terms["latent loss"] = latent_loss
        return {name: term.detach() for name, term in terms.items()}, shares

    def picture_terms(self, decoded, pictures, detail, moment):
        options = self.options
        finest = options.soft_finest + (1 - options.soft_finest) * detail
        fine = options.soft_detail + (1 - options.soft_detail) * detail
        terms = {
            "squares": options.squares * losses.weighted_squares(decoded, pictures).mean(),
            "bands": options.bands * losses.band_distance(decoded, pictures, finest).mean(),
        }
        if moment.stage != "A":
            terms["ssim"] = options.ssim * (fine * losses.dissimilarity(decoded, pictures)).mean()
        weight = schedule.perceptual_weight(moment, options)
        if weight:
            count = max(1, round(len(decoded) * options.perceptual_share))
            distance = self.perceptual(decoded[:count], pictures[:count])
            terms["perceptual"] = weight * (fine[:count] * distance).mean()
        return terms

    def perceptual(self, decoded, pictures):
        if self.lite0 is None:
            self.lite0 = Lite0().to(self.device, memory_format=torch.channels_last)
        with self.autocast():
            return perceptual_distance(self.lite0, decoded.contiguous(memory_format=torch.channels_last), pictures)

    def averaged(self, moment):
        """The averaged autoencoder, in evaluation mode, with statistics that fit it."""
        options, side = self.options, schedule.side(moment.stage)
        averaged = self.average.applied_to(self.autoencoder)
        blend = schedule.blend(moment, options, self.began_with_a)

        def forward():
            colour = schedule.colour_share(moment.stage, options)
            pictures, _ = self.source.draw(options.batch, colour, schedule.variation(moment, options), side)
            mean, log_variance = averaged.encoder(pictures, blend)
            averaged.decoder(
                mean + (0.5 * log_variance).exp() * torch.randn(mean.shape).to(mean.device), side, blend
            )

        generator = torch.get_rng_state()  # looking at the figures must not change the training
        with self.autocast():
            estimate_statistics(averaged, forward, STATISTICS_BATCHES)
        torch.set_rng_state(generator)
        return averaged

    def autocast(self):
        return torch.autocast(self.device.type, self.dtype, enabled=self.dtype is not None)

    def progress(self):
        return f"β {self.control.beta:.2e}"

    def state(self):
        return {
            "autoencoder": self.autoencoder.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average.values,
            "average steps": self.average.steps,
            "β": self.control.beta,
            "latent loss average": self.control.average,
        }

    def restore(self, state):
        self.autoencoder.load_state_dict(state["autoencoder"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average.values = [value.to(self.device) for value in state["average"]]
        self.average.steps = state["average steps"]
        self.control.beta, self.control.average = state["β"], state["latent loss average"]


def gradient_shares(terms, decoded):
    """The norm of each term's gradient at the decoded pictures, over that of squares and bands together."""
    gradients = {name: torch.autograd.grad(term, decoded, retain_graph=True)[0] for name, term in terms.items()}
    pixels = (gradients["squares"] + gradients["bands"]).norm()
    return {name: (gradient.norm() / pixels).item() for name, gradient in gradients.items()}
