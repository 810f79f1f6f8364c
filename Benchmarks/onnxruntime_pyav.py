"""A morph with ONNX Runtime and PyAV."""
import numpy as np
import onnxruntime

from morph_job import Video, arguments, batches, path_between, read_crops, to_bytes


def session(path):
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def main():
    job = arguments()
    means = session(f"{job.model}/encoder.onnx").run(["mean"], {"image": read_crops(job.photos)})[0]
    decoder = session(f"{job.model}/decoder.onnx")
    with Video(job.output, job.size) as video:
        for latents in batches(path_between(*means, job.frames), job.batch or 1):
            for picture in to_bytes(decoder.run(["image"], {"latent": latents})[0]):
                video.append(picture)


if __name__ == "__main__":
    main()
