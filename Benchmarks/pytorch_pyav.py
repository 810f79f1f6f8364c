"""A morph with PyTorch and PyAV; the weights come from the ONNX files."""
import torch

from morph_job import Video, arguments, batches, path_between, read_crops, to_bytes
from onnx_module import OnnxModule


@torch.inference_mode()
def main():
    job = arguments()
    crops = torch.from_numpy(read_crops(job.photos)).to(memory_format=torch.channels_last)
    means = OnnxModule(f"{job.model}/encoder.onnx").eval()(crops)["mean"].numpy()
    decoder = OnnxModule(f"{job.model}/decoder.onnx").eval()
    with Video(job.output, job.size) as video:
        for latents in batches(path_between(*means, job.frames), job.batch or 8):
            for picture in to_bytes(decoder(torch.from_numpy(latents))["image"].numpy()):
                video.append(picture)


if __name__ == "__main__":
    main()
