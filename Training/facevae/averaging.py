"""Averaged weights, and normalisation statistics that fit them."""

import copy

import torch
from torch import nn


class AveragedWeights:
    """An exponential moving average of a module's parameters, with a short memory at first."""

    def __init__(self, module, memory):
        self.memory = memory
        self.steps = 0
        self.values = [parameter.detach().clone() for parameter in module.parameters()]

    @torch.no_grad()
    def update(self, module):
        self.steps += 1
        memory = min(self.memory, self.steps / (self.steps + 9))
        torch._foreach_lerp_(self.values, [parameter.detach() for parameter in module.parameters()], 1 - memory)

    @torch.no_grad()
    def applied_to(self, module):
        """A copy of the module that has the averaged weights, in evaluation mode."""
        averaged = copy.deepcopy(module).eval()
        for parameter, value in zip(averaged.parameters(), self.values):
            parameter.copy_(value)
        return averaged


@torch.no_grad()
def estimate_statistics(module, forward, batches):
    """Measures the normalisations' means and variances anew, over `batches` calls of `forward()`.

    The statistics that training gathered belong to weights that are gone, and a network that is sound in
    training mode may then be broken in evaluation mode.
    """
    norms = [part for part in module.modules() if isinstance(part, nn.BatchNorm2d)]
    if not norms:
        return
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
        norm.train()
    for _ in range(batches):
        forward()
    for norm, momentum in zip(norms, momenta):
        norm.momentum = momentum
        norm.eval()
