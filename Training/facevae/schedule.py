"""What changes in the course of a training, as functions of the pictures seen."""

import math
from dataclasses import dataclass


@dataclass
class Moment:
    """A point of a training: `images` and `steps` count from the start of `stage`."""

    stage: str = "A"
    images: int = 0
    steps: int = 0
    total_images: int = 0

    def share(self, options):
        return self.images / max(1, stage_images(self.stage, options))

    def advance(self, count):
        self.images += count
        self.total_images += count
        self.steps += 1


def stage_images(stage, options):
    return {"A": options.images_a, "B": options.images_b, "C": options.images_c}[stage]


def batch(stage, options):
    return options.batch_c if stage == "C" else options.batch


def side(stage):
    return 64 if stage == "A" else 128


def learning_rate(moment, options):
    steps = options.warm_up_c if moment.stage == "C" else options.warm_up
    warmth = min(1, (moment.steps + 1) / max(1, steps))
    if moment.stage == "A":
        return options.rate_a * warmth
    if moment.stage == "B":
        height = 0.5 * (1 + math.cos(math.pi * min(1, moment.share(options))))
        return warmth * (options.rate_b_end + (options.rate_b - options.rate_b_end) * height)
    return options.rate_c * warmth


def blend(moment, options, began_with_a):
    """The share of the 128² layers, which come in gradually after a stage A."""
    if moment.stage == "B" and began_with_a and options.blend:
        return min(1.0, (moment.steps + 1) / options.blend)
    return 1.0


def variation(moment, options):
    """How much training pictures are varied."""
    calm = moment.stage == "C" or (moment.stage == "B" and moment.share(options) >= options.calm_from)
    return 0.5 if calm else 1.0


def colour_share(stage, options):
    return {"A": options.colour_a, "B": options.colour_b, "C": options.colour_c}[stage]


def perceptual_weight(moment, options):
    if moment.stage == "B":
        return options.perceptual_b if moment.share(options) >= options.perceptual_from else 0.0
    return options.perceptual_c if moment.stage == "C" else 0.0
