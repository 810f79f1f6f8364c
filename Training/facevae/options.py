"""The options of `train`; each default is the recipe that gave the best result."""

import argparse
from pathlib import Path

import torch

HELD_OUT_LIST = Path(__file__).parent.parent / "heldout.txt"


def training_options(arguments=None):
    parser = argparse.ArgumentParser(
        prog="train.py",
        description="Trains a face VAE on a folder of square crops. Run it again with the same words to go on"
        " after a stop of any kind: it continues from RUN/checkpoint.pt.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("crops", type=Path, help="folder of JPEG or PNG crops, all of one size")
    add("run", type=Path, help="folder for checkpoint, log and weights; made if missing")
    add("--table", type=Path, help="CSV file with the columns file, kind (colour, grey), face_px")
    add("--held-out", type=Path, default=HELD_OUT_LIST, help="list of file names never trained on")
    add("--crop-side", type=int, default=184, help="pixels")
    add("--margin", type=float, default=1.18, help="side of a crop over side of the model's region")
    add("--init", type=Path, help="weights file to start from; skips stage A")

    group = parser.add_argument_group("machine")
    add = group.add_argument
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cpu or cuda")
    add("--precision", choices=["auto", "bf16", "f32"], default="auto",
        help="of the networks' products; auto: bf16 where the hardware multiplies it faster")  # fmt: skip
    add("--threads", type=int, default=2, help="of the processor")
    add("--seed", type=int, default=0, help="of everything random")
    add("--batch", type=int, default=128, help="pictures a step in stages A and B")
    add("--batch-c", type=int, default=64, help="in stage C")
    add("--report-every", type=int, default=1600, metavar="IMAGES", help="between lines of the log")
    add("--evaluate-every", type=int, default=20_000, metavar="IMAGES", help="between looks at the held-out crops")
    add("--checkpoint-seconds", type=float, default=300, help="0: after every step")

    group = parser.add_argument_group(
        "stages", "A: 64², without the outermost layers. B: 128². C: 128², decoder alone, adversarial."
    )
    add = group.add_argument
    add("--images-a", type=int, default=194_000, help="pictures seen in stage A; 0 leaves it out")
    add("--images-b", type=int, default=465_000, help="in stage B")
    add("--images-c", type=int, default=245_000, help="in stage C")
    add("--rate-a", type=float, default=1.2e-3, metavar="LEARNING_RATE", help="reached after the warm-up")
    add("--rate-b", type=float, default=9e-4, metavar="LEARNING_RATE", help="highest")
    add("--rate-b-end", type=float, default=3e-5, metavar="LEARNING_RATE", help="at the end of a cosine")
    add("--rate-c", type=float, default=1e-4, metavar="LEARNING_RATE", help="after the warm-up")
    add("--warm-up", type=int, default=300, metavar="STEPS", help="in stages A and B")
    add("--warm-up-c", type=int, default=100, metavar="STEPS", help="without it, the first steps undo stage B")
    add("--blend", type=int, default=300, metavar="STEPS", help="from 64² to 128² layers after stage A")
    add("--weight-decay", type=float, default=0.02, help="of stages A and B")
    add("--clip", type=float, default=1.0, help="norm of the gradient")
    add("--average", type=float, default=0.999, help="memory of the averaged weights")
    add("--colour-a", type=float, default=0.5, metavar="SHARE", help="of colour pictures")
    add("--colour-b", type=float, default=0.75, metavar="SHARE", help="in stage B")
    add("--colour-c", type=float, default=0.9, metavar="SHARE", help="in stage C")
    add("--calm-from", type=float, default=0.75, metavar="SHARE",
        help="share of stage B after which pictures are varied half as much, as in C")  # fmt: skip

    add("--warp", type=float, default=0.012, metavar="SHARE",
        help="of the side: deviation of the smooth random distortion of training pictures")  # fmt: skip

    group = parser.add_argument_group("latent loss")
    add = group.add_argument
    add("--latents", type=int, default=128, help="dimensions")
    add("--nats-a", type=float, default=190, help="latent loss that β is steered to in stage A")
    add("--nats-b", type=float, default=220, help="in stage B")
    add("--beta-start", type=float, default=2e-5, help="β of the first step")
    add("--free-nats", type=float, default=0.1, help="latent loss a dimension that is not punished")

    group = parser.add_argument_group("weights of the loss")
    add = group.add_argument
    add("--squares", type=float, default=5, help="squared difference")
    add("--bands", type=float, default=1, help="L1 of Laplacian bands")
    add("--soft-finest", type=float, default=0.25, help="share of the finest band for crops of small faces")
    add(
        "--soft-detail", type=float, default=0.5, help="share of SSIM and perceptual term for crops of small faces"
    )
    add("--ssim", type=float, default=0.1, help="stages B and C")
    add("--perceptual-b", type=float, default=0.15, help="stage B")
    add("--perceptual-from", type=float, default=0.5, metavar="SHARE", help="of stage B before it comes in")
    add("--perceptual-share", type=float, default=0.5, metavar="SHARE", help="of each batch it looks at")
    add("--perceptual-c", type=float, default=0.3, help="stage C")

    group = parser.add_argument_group("adversary (stage C)")
    add = group.add_argument
    add("--adversarial", type=float, default=0.15, help="gradient at the last layer, over that of all other terms")
    add("--anchor", type=float, default=2.0, help="of the distance to the coarse pictures of stage B's decoder")
    add("--adversary-rate", type=float, default=2e-4, metavar="LEARNING_RATE", help="of the adversary")
    add("--lecam", type=float, default=0.1, help="weight of the pull that steadies its logits")
    add("--blur-images", type=int, default=10_000, help="over which its pictures go from blurred to sharp")
    add("--sample-spread", type=float, default=0.9, help="of the random faces it is shown")
    return parser.parse_args(arguments)


def network_dtype(options):
    """bf16 where asked for, or where it is faster; None for f32."""
    if options.precision == "auto":
        on_processor = torch.device(options.device).type == "cpu"
        fast = torch.cpu._is_avx512_bf16_supported() if on_processor else torch.cuda.is_bf16_supported()
        return torch.bfloat16 if fast else None
    return torch.bfloat16 if options.precision == "bf16" else None
