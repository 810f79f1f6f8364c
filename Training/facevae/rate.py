"""Keeps the latent loss at a wanted number of nats."""

import math


class RateControl:
    """Raises or lowers β, the weight of the latent loss, until the latent loss is as wanted.

    A fixed β would mean another rate with every term that is added to the loss.
    """

    def __init__(self, beta):
        self.beta = beta
        self.average = None

    def update(self, latent_loss, wanted):
        self.average = latent_loss if self.average is None else 0.98 * self.average + 0.02 * latent_loss
        step = math.exp(0.01 * (self.average - wanted) / wanted)
        self.beta = min(max(self.beta * step, 1e-6), 5e-4)
