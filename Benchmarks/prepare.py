"""Makes what the benchmark works on, in a folder: a.png and b.png, two faces that the model dreams up, and frames.rgb,
the raw frames of the morph between them."""
import sys

import numpy as np
import openvino
from PIL import Image

from morph_job import path_between, read_crops, to_bytes
from openvino_pyav import compiled, decode


def main(model, folder, frames):
    core = openvino.Core()
    count = core.read_model(f"{model}/decoder.onnx").inputs[0].partial_shape[1].get_length()
    decoder = compiled(core, f"{model}/decoder.onnx", [1, count])
    photos = [f"{folder}/a.png", f"{folder}/b.png"]
    for seed, path in enumerate(photos, start=1):
        latent = np.random.RandomState(seed).standard_normal((1, count)).astype(np.float32)
        Image.fromarray(to_bytes(decoder(latent)["image"])[0]).save(path)
    crops = read_crops(photos)
    encoder = compiled(core, f"{model}/encoder.onnx", [1, *crops.shape[1:]])
    start, end = (encoder(crop[None])["mean"][0] for crop in crops)
    with open(f"{folder}/frames.rgb", "wb") as file:
        for picture in decode(decoder, path_between(start, end, frames - 1)):
            file.write(picture.tobytes())
    print(*crops.shape[:1:-1], count)    # width, height, latents


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
