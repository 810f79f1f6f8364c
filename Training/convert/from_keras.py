"""from_keras: a Keras 3 encoder and decoder, or one model that has both → a model folder."""

import argparse
import os
from functools import partial
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"  # whatever it was trained with: .keras files fit every backend
os.environ["KERAS_TORCH_DEVICE"] = "cpu"

import torch
from description import Description, add_crop_options, add_picture_options, sides
from modelwriter import write_model
from posterior import add_posterior_options, autoencoder_of, chosen, tensors
from refusal import Refusal, first_line, new_folder, run
from usercode import import_class, import_code, make

# Before it, a .keras file could get round safe_mode or read other files.
OLDEST_KERAS = (3, 13, 2)

parser = argparse.ArgumentParser(
    description="Writes a model folder from Keras 3 files. Code that you name is run; nothing in the files is.",
    formatter_class=argparse.ArgumentDefaultsHelpFormatter,
)
parser.add_argument("files", type=Path, nargs="+", help="ENCODER.keras DECODER.keras, or one .keras or"
                    " .weights.h5 of a model that has an encoder and a decoder")  # fmt: skip
parser.add_argument("model", type=Path, help="folder to write; its name becomes the model's")
parser.add_argument("--code", metavar="FILE.py", help="or package.module: where layers and models of your own are")
parser.add_argument("--class", dest="place", metavar="FILE.py:CLASS", help="that .weights.h5 belongs to")
parser.add_argument("--with", dest="arguments", nargs="+", default=[], metavar="NAME=VALUE",
                    help="for its constructor")  # fmt: skip
parser.add_argument("--size", type=sides, metavar="N or WxH", help="of its pictures, where the encoder takes any")
parser.add_argument("--channels", choices=["rgb", "bgr", "gray"], help="without it rgb or gray, by their number")
add_picture_options(parser)
add_posterior_options(parser)
add_crop_options(parser)


def main(arguments=None):
    options = parser.parse_args(arguments)
    with new_folder(options.model) as folder:
        encoder, decoder = load_halves(options)
        layout, channels, size = picture_format(encoder, options)
        width, height = size
        description = Description(
            options.model.name, f"Converted from {' and '.join(file.name for file in options.files)}.",
            width, height, channels, layout, range=options.range, activation=options.activation,
            prior=options.prior, crop=options.crop, aspect=options.aspect,
        )  # fmt: skip
        encoder = without_sample(encoder, options)
        autoencoder = autoencoder_of(
            torch.nn.ModuleList([encoder, decoder]), partial(encoder, training=False),
            partial(decoder, training=False), description, options,
        )  # fmt: skip
        write_model(autoencoder, description, folder, options.check, options.half)
    print(f"{options.model}: try facewalk inspect {options.model}")


def load_halves(options):
    import keras

    if tuple(map(int, keras.__version__.split(".")[:3])) < OLDEST_KERAS:
        raise Refusal(f"Keras {keras.__version__} is not safe with strangers' files: take 3.13.2 or later.")
    classes = {}
    if options.code:
        code = import_code(options.code)
        kinds = {name: value for name, value in vars(code).items() if isinstance(value, type)}
        classes = {name: kind for name, kind in kinds.items() if issubclass(kind, keras.layers.Layer)}
    if len(options.files) == 2:
        return tuple(load(file, classes) for file in options.files)
    if len(options.files) > 2:
        raise Refusal("takes an encoder and a decoder, or one file of both, before the folder to write.")
    file = options.files[0]
    model = load_weights(file, options) if file.name.endswith(".weights.h5") else load(file, classes)
    encoder, decoder = getattr(model, "encoder", None), getattr(model, "decoder", None)
    if not callable(encoder) or not callable(decoder):
        raise Refusal(f"{file}: has no encoder and decoder. Name two files, one of each.")
    return encoder, decoder


def load(file, classes):
    """A model of a .keras file, with safe_mode on: a file that brings its own code is refused."""
    import keras
    from keras.src.saving.serialization_lib import SafeModeScope

    if not file.is_file():
        raise Refusal(f"{file}: there is no such file.")
    if file.suffix != ".keras":
        raise Refusal(f"{file}: is no .keras file. Save it as one where it was trained: model.save('vae.keras').")
    try:
        with SafeModeScope(True):  # over what the imported code may have switched off for all
            return keras.saving.load_model(str(file), custom_objects=classes, compile=False, safe_mode=True)
    except Exception as error:
        said = str(error)
        if "unsafe" in said or "safe_mode" in said or "lambda" in said.lower():
            raise Refusal(
                f"{file}: holds code of its own (a Lambda layer, for example), and loading that would run it."
                " Nothing was run. Make it a layer class, save anew, and name the class's file with --code."
            ) from error
        if "Could not locate" in said or "not in the list of trusted" in said or "Cannot import" in said:
            raise Refusal(f"{file}: has layers that are not Keras' own. Name their file with --code.") from error
        raise Refusal(f"{file}: Keras can't load it: {first_line(error)}") from error


def load_weights(file, options):
    if not options.place:
        raise Refusal(f"{file}: holds weights alone. Name the class that they belong to: --class FILE.py:CLASS.")
    if not options.size:
        raise Refusal("--size is needed with weights alone.")
    if not file.is_file():
        raise Refusal(f"{file}: there is no such file.")
    model = make(import_class(options.place), options.arguments)
    width, height = options.size
    example = torch.zeros(1, height, width, 1 if options.channels == "gray" else 3)
    try:
        answers = tensors(model.encoder(example))
        model.decoder(answers[chosen(len(answers), options.mean, options.spread)[0]])
        model.built = True
        model.load_weights(str(file))
    except (ValueError, OSError, RuntimeError, AttributeError, KeyError, TypeError) as error:
        raise Refusal(f"{file}: can't be loaded into {type(model).__name__}: {first_line(error)}") from error
    return model


def picture_format(encoder, options):
    """Layout, channels, and width and height."""
    shape = getattr(encoder, "input_shape", None)
    if not (isinstance(shape, tuple) and len(shape) == 4):
        shape = (None, None, None, 1 if options.channels == "gray" else 3)
    layout = "nchw" if shape[3] not in (1, 3) and shape[1] in (1, 3) else "nhwc"
    count = shape[1] if layout == "nchw" else shape[3]
    height, width = shape[2:] if layout == "nchw" else shape[1:3]
    if options.size:
        width, height = options.size
    if not width or not height:
        raise Refusal("the encoder takes pictures of any size. State the one it was trained on: --size N.")
    return layout, options.channels or ("gray" if count == 1 else "rgb"), (width, height)


def without_sample(encoder, options):
    """An encoder without the layers that only what is left out needs, such as one that draws a sample."""
    import keras

    outputs = getattr(encoder, "outputs", None) or []
    if len(outputs) < 2:
        return encoder
    places = chosen(len(outputs), options.mean, options.spread)
    options.mean = options.spread = None
    return keras.Model(encoder.inputs, [outputs[place] for place in places])


if __name__ == "__main__":
    run(main)
