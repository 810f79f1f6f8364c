"""from_diffusers: a folder with an AutoencoderKL, as diffusers saves it → a model folder."""

import argparse
import json
from pathlib import Path

import torch
from checkpoint import read_checkpoint
from description import Description, add_crop_options, sides
from modelwriter import Autoencoder, write_model
from refusal import Refusal, first_line, new_folder, run

parser = argparse.ArgumentParser(
    description="Writes a model folder from a diffusers AutoencoderKL, or from the one in a pipeline's folder."
    " Scale and shift of the latents come from its config.json.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("source", type=Path, help="folder with config.json and the weights, or a pipeline's folder")
parser.add_argument("model", type=Path, help="folder to write; its name becomes the model's")
parser.add_argument("--size", type=sides, metavar="N or WxH",
                    help="of its pictures, in pixels; without it, what config.json says")  # fmt: skip
add_crop_options(parser)


def main(arguments=None):
    options = parser.parse_args(arguments)
    with new_folder(options.model) as folder:
        source = options.source / "vae" if (options.source / "model_index.json").is_file() else options.source
        config = read_config(source / "config.json")
        width, height = options.size or config_size(config)
        model = load(source)
        step = 2 ** (len(model.config.block_out_channels) - 1)
        if width % step or height % step:
            raise Refusal(f"--size: this model's pictures have sides that are multiples of {step} pixels.")
        channels = {1: "gray", 3: "rgb"}.get(model.config.in_channels)
        if channels is None:
            raise Refusal(f"{source}: has {model.config.in_channels} channels, and only 1 or 3 make a picture.")
        scale, shift = latent_units(model.config)
        description = Description(
            options.model.name, f"Converted from the AutoencoderKL of {options.source.resolve().name}.",
            width, height, channels, range=(-1, 1), scale=scale, shift=shift, prior="none",
            crop=options.crop, aspect=options.aspect,
        )  # fmt: skip

        def encode(pictures):
            return model.encode(pictures).latent_dist.parameters.chunk(2, 1)

        def decode(latents):
            return model.decode(latents, return_dict=False)[0]

        autoencoder = Autoencoder(model, encode, decode, "log_variance")
        write_model(autoencoder, description, folder, options.check, options.half)
    print(f"{options.model}: try facewalk inspect {options.model}")


def read_config(path):
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Refusal(f"{path}: there is no such file. Name the folder that has it, and the weights.") from error
    except ValueError as error:
        raise Refusal(f"{path}: is no JSON: {first_line(error)}") from error
    kind = config.get("_class_name") if isinstance(config, dict) else None
    if kind != "AutoencoderKL":
        raise Refusal(f"{path}: describes a {kind}, and only AutoencoderKL can be converted.")
    return config


def config_size(config):
    size = config.get("sample_size", 32)
    return (size, size) if isinstance(size, int) else (size[1], size[0])


def load(folder):
    """The model in f32. Weights are read as safetensors, or as a pickle that may hold nothing but tensors."""
    from diffusers import AutoencoderKL

    for suffix in ("safetensors", "bin"):
        files = sorted(folder.glob(f"diffusion_pytorch_model*.{suffix}"), key=lambda file: len(file.name))
        if files:
            break
    else:
        raise Refusal(f"{folder}: has no diffusion_pytorch_model.safetensors and no .bin.")
    if suffix == "bin":
        for file in files:
            read_checkpoint(file)
    parts = files[0].name.split(".")
    try:
        return AutoencoderKL.from_pretrained(
            folder, torch_dtype=torch.float32, use_safetensors=suffix == "safetensors", low_cpu_mem_usage=False,
            local_files_only=True, variant=parts[1] if len(parts) == 3 and "-of-" not in parts[1] else None,
        ).eval()  # fmt: skip
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        raise Refusal(f"{folder}: diffusers can't load it: {first_line(error)}") from error


def latent_units(config):
    """Scale and shift of z = (encoder output - shift) × scale; one number, or one a channel."""
    scale, shift = config.scaling_factor, config.get("shift_factor") or 0
    means, deviations = config.get("latents_mean"), config.get("latents_std")
    if means is None or deviations is None:
        return scale, shift
    return [scale / deviation for deviation in deviations], list(means)


if __name__ == "__main__":
    run(main)
