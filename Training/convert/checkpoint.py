"""Checkpoints, read as data: nothing in them is ever run."""

import pickle
import zipfile

import torch
from refusal import Refusal, first_line

# Where training scripts keep the weights among other things; the first that is there is taken.
USUAL_KEYS = ["state_dict", "model_state_dict", "weights", "model"]


def read_checkpoint(path):
    """What a .pt, .pth, .ckpt, .bin or .safetensors file holds, on the processor."""
    if not path.is_file():
        raise Refusal(f"{path}: there is no such file.")
    if path.suffix == ".safetensors":
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        try:
            return load_file(path)
        except SafetensorError as error:
            raise Refusal(f"{path}: is no safetensors file: {first_line(error)}") from error
    try:
        return torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise Refusal(
            f"{path}: holds {code_in(path)}, and loading that would run code. Nothing was run."
            " Where the model's class is at hand and the file is trusted, save the weights alone:"
            " torch.save(model.state_dict(), 'weights.pt')."
        ) from error
    except (RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        raise Refusal(f"{path}: is no checkpoint of PyTorch: {first_line(error)}") from error


def code_in(path):
    """The names of what a checkpoint would call, read off it without calling them."""
    names = []
    if zipfile.is_zipfile(path):
        names = sorted(torch.serialization.get_unsafe_globals_in_checkpoint(path))
    if not names:
        return "more than weights"
    return "more than weights (" + ", ".join(names[:3]) + (", ..." if len(names) > 3 else "") + ")"


def weights_in(held, path, key=None):
    """The tensors of a checkpoint, by name: under `key`, or where training scripts usually keep them."""
    places = [key] if key else USUAL_KEYS
    if key is None and is_weights(held):
        return held
    for place in places:
        if isinstance(held, dict) and is_weights(held.get(place)):
            return held[place]
    keys = ", ".join(map(str, list(held)[:12])) if isinstance(held, dict) else type(held).__name__
    raise Refusal(f"{path}: has no weights under {' or '.join(places)}. It holds: {keys}. Choose with --key.")


def is_weights(value):
    return isinstance(value, dict) and bool(value) and all(map(torch.is_tensor, value.values()))


def load_weights(model, weights, path, prefix=None):
    """Puts weights into a model. Returns the names of those that it has no place for.

    The names may have a prefix that the model's own lack, such as `module.` or `vae.`: found when not stated.
    """
    wanted = model.state_dict()
    if not wanted:
        raise Refusal(f"{type(model).__name__}: has no weights to load.")
    first = next(iter(wanted))
    found = [prefix]
    if prefix is None:
        found = [name.removesuffix(first) for name in weights if name.endswith(first)]
    fitting = [start for start in found if all(start + name in weights for name in wanted)]
    if "" in fitting:
        fitting = [""]
    if len(fitting) > 1:
        raise Refusal(f"{path}: weights that fit stand under {' and '.join(fitting)}. Choose with --prefix.")
    if not fitting:
        start = min(found or [""], key=lambda start: sum(start + name not in weights for name in wanted))
        missing = [start + name for name in wanted if start + name not in weights]
        raise Refusal(
            f"{path}: lacks {len(missing)} of the {len(wanted)} weights of {type(model).__name__}, such as"
            f" {missing[0]}; it has {', '.join(list(weights)[:3])}. Is it this class's checkpoint?"
        )
    start = fitting[0]
    try:
        model.load_state_dict({name: weights[start + name] for name in wanted})
    except RuntimeError as error:
        told = [line.strip() for line in str(error).splitlines() if "size mismatch" in line]
        raise Refusal(
            f"{path}: does not fit {type(model).__name__}: {first_line(told[0] if told else error)}"
            " State the arguments of its constructor: --with NAME=VALUE ..."
        ) from error
    used = {start + name for name in wanted}
    return [name for name in weights if name not in used]
