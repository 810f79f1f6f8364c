"""Weights files: the averaged weights of a training, ready to be used."""

import re

import torch

from .networks import Autoencoder

# What the first attempt's script called the parts, in the order in which to rename them.
FIRST_ATTEMPT_NAMES = [
    (r"^0\.", "encoder."), (r"^1\.", "decoder."),
    (r"\.stem(64|128)\.", r".stem_\1."), (r"\.net\.", ".trunk."), (r"\.up\.", ".last_step."),
    (r"\.head(64|128)\.a\.", r".head_\1.spread."), (r"\.head(64|128)\.b\.", r".head_\1.mix."),
    (r"^encoder\.fc\.", "encoder.moments."), (r"^decoder\.fc\.", "decoder.start."),
    (r"\.c(\d)\.", r".conv_\1."), (r"\.b(\d)\.", r".norm_\1."),
]  # fmt: skip


def load_autoencoder(path):
    """The autoencoder of a weights file, in evaluation mode, and what else the file says.

    Takes the files that training writes and bare state dictionaries with the first attempt's names.
    """
    held = torch.load(path, map_location="cpu", weights_only=True)
    facts = {"folded": False, "stage": "B"}
    state = held
    if "weights" in held:
        state = held["weights"]
        facts = {key: value for key, value in held.items() if key != "weights"}
    elif "0.fc.weight" in held:
        state = {renamed(key): value for key, value in held.items()}
    state = {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
    autoencoder = Autoencoder(state["decoder.start.weight"].shape[1]).eval()
    if facts["folded"]:
        autoencoder.fold()
    autoencoder.load_state_dict(state)
    return autoencoder, facts


def renamed(key):
    for pattern, replacement in FIRST_ATTEMPT_NAMES:
        key = re.sub(pattern, replacement, key)
    return key
