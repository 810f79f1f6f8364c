"""Makes a small model of each kind that Training/convert takes, converts it, and compares the answers.

`facewalk inspect` looks at each folder too, where the command is built, or named by $FACEWALK.
"""

import contextlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

TESTS = Path(__file__).parent
CONVERT = TESTS.parent / "convert"
TORCH_CODE, KERAS_CODE = TESTS / "tiny_torch.py", TESTS / "tiny_keras.py"


def missing(*names):
    absent = [
        name for name in ("torch", "onnx", "onnxruntime", "yaml", *names) if not importlib.util.find_spec(name)
    ]
    return unittest.skipIf(absent, f"not installed: {', '.join(absent)}")


def facewalk():
    builds = TESTS.parent.parent / ".build"
    places = [os.environ.get("FACEWALK"), builds / "release/facewalk", builds / "debug/facewalk"]
    return next((place for place in places if place and Path(place).is_file()), shutil.which("facewalk"))


class ConvertTest(unittest.TestCase):
    def setUp(self):
        self.addCleanup(setattr, sys, "path", sys.path.copy())
        sys.path[:0] = [str(CONVERT), str(TESTS.parent), str(TESTS)]
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.model = self.folder / "model"

    def run_script(self, script, *arguments):
        """What a script says of why it can't; nothing when all went well.

        It runs in this process, since importing PyTorch anew each time takes longer than all the rest.
        """
        from refusal import Refusal

        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                importlib.import_module(script.removesuffix(".py")).main([str(argument) for argument in arguments])
            except Refusal as refusal:
                return str(refusal)
        return ""

    def run_apart(self, script, *arguments):
        """The same in a process of its own."""
        command = [sys.executable, CONVERT / script, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1 if done.stderr else 0, done.stderr)
        return done.stderr.strip()

    def convert(self, script, *arguments, apart=False):
        """What the model.yaml says that a conversion ends in."""
        import yaml

        self.assertEqual((self.run_apart if apart else self.run_script)(script, *arguments), "")
        self.inspect()
        self.assertEqual(list(self.folder.glob("*.parts")), [])
        return yaml.safe_load((self.model / "model.yaml").read_text())

    def refused(self, script, *arguments, apart=False):
        """The sentence of a conversion that leaves nothing behind."""
        said = (self.run_apart if apart else self.run_script)(script, *arguments)
        self.assertEqual(len(said.splitlines()), 1, said)
        self.assertEqual(list(self.folder.glob("model*")), [])
        return said

    def inspect(self):
        if not facewalk():
            print("facewalk is not built: its look at the converted folder is left out", file=sys.stderr)
            return
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.folder)}
        done = subprocess.run([facewalk(), "inspect", self.model], capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def compare(self, pictures, mean, log_variance, decode):
        """Holds the networks' answers against the framework's, for one picture and for all at once."""
        import onnx

        from facevae.onnxfiles import Network

        encoder, decoder = Network(self.model / "encoder.onnx"), Network(self.model / "decoder.onnx")
        self.assertEqual(encoder.outputs, ["mean", "log_variance"])
        for count in (1, len(pictures)):
            found = encoder(pictures[:count])
            for one, other in zip(found, (mean, log_variance)):
                self.assertEqual(one.shape, other[:count].shape)
                self.assertLess(abs(one - other[:count]).max(), 1e-3)
            self.assertLess(abs(decoder(mean[:count])[0] - decode(mean[:count])).max(), 1e-3)
        for name in ("encoder.onnx", "decoder.onnx"):
            network = onnx.load(self.model / name, load_external_data=False)
            self.assertFalse(any(tensor.external_data for tensor in network.graph.initializer))


@missing()
class FromTorchTest(ConvertTest):
    def setUp(self):
        super().setUp()
        import torch
        from tiny_torch import TinyVAE

        torch.manual_seed(0)
        self.vae = TinyVAE(latents=5).eval()
        self.weights = self.folder / "weights.pt"

    def options(self, kind="TinyVAE"):
        return ["--class", f"{TORCH_CODE}:{kind}", "--size", 16]

    def compare_vae(self, vae=None, channels=3):
        import numpy
        import torch

        vae = vae or self.vae
        pictures = torch.rand(3, channels, 16, 16)
        with torch.no_grad():
            mean, log_variance = vae.encode(pictures)
            self.compare(
                pictures.numpy(), mean.numpy(), log_variance.numpy(),
                lambda latents: vae.decode(torch.from_numpy(numpy.array(latents))).numpy(),
            )  # fmt: skip

    def test_a_state_dictionary_is_converted(self):
        import torch

        torch.save(self.vae.state_dict(), self.weights)
        five = ["--with", "latents=5"]
        told = self.convert("from_torch.py", self.weights, self.model, *self.options(), *five, apart=True)
        self.assertEqual(told["latent"], {"shape": [5], "scale": 1, "shift": 0})
        self.assertEqual((told["name"], told["prior"], told["crop"]), ("model", "standard", "none"))
        self.compare_vae()

    def test_weights_of_a_parallel_training_are_found_among_other_things(self):
        import torch

        named = {f"module.{name}": value for name, value in self.vae.state_dict().items()}
        torch.save({"epoch": 3, "model_state_dict": named, "optimizer": {"lr": 1e-3}}, self.weights)
        self.convert("from_torch.py", self.weights, self.model, *self.options(), "--with", "latents=5")
        self.compare_vae()

    def test_a_lightning_checkpoint_brings_its_hyperparameters_and_its_prefix(self):
        import torch

        named = {f"vae.{name}": value for name, value in self.vae.state_dict().items()}
        named["judge.weight"] = torch.ones(3)
        path = self.folder / "last.ckpt"
        torch.save(
            {
                "epoch": 1, "global_step": 10, "pytorch-lightning_version": "2.6.6", "state_dict": named,
                "loops": {}, "callbacks": {}, "optimizer_states": [], "lr_schedulers": [],
                "hparams_name": "kwargs", "hyper_parameters": {"latents": 5, "beta": 0.1},
            },
            path,
        )  # fmt: skip
        self.convert("from_torch.py", path, self.model, *self.options())
        self.compare_vae()

    @missing("lightning")
    def test_what_lightning_itself_saves_is_converted(self):
        import logging

        import lightning
        from tiny_torch import TinyVAE

        class Module(lightning.LightningModule):
            def __init__(self, latents, beta):
                super().__init__()
                self.save_hyperparameters()
                self.vae = TinyVAE(latents)

        logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
        module = Module(latents=5, beta=0.1)
        trainer = lightning.Trainer(
            accelerator="cpu", logger=False, enable_model_summary=False, enable_progress_bar=False
        )
        trainer.strategy.connect(module)
        trainer.save_checkpoint(self.folder / "last.ckpt")
        self.convert("from_torch.py", self.folder / "last.ckpt", self.model, *self.options())
        self.compare_vae(module.vae.eval())

    @missing("safetensors")
    def test_safetensors_are_converted(self):
        from safetensors.torch import save_file

        save_file(self.vae.state_dict(), self.folder / "weights.safetensors")
        arguments = [self.folder / "weights.safetensors", self.model, *self.options(), "--with", "latents=5"]
        self.convert("from_torch.py", *arguments)
        self.compare_vae()

    def test_mean_and_spread_in_one_answer_are_told_apart(self):
        import torch
        from tiny_torch import Moments

        vae = Moments().eval()
        torch.save(vae.state_dict(), self.weights)
        told = self.convert(
            "from_torch.py", self.weights, self.model, *self.options("Moments"), "--channels", "gray",
            "--range", -1, 1, "--activation", "tanh", "--prior", "none", "--crop", 0.35, 0.4, 0.65, 0.4, 0.5, 0.7,
        )  # fmt: skip
        self.assertEqual(told["latent"]["shape"], [2, 4, 4])
        self.assertEqual((told["image"]["range"], told["image"]["channels"]), ([-1, 1], "gray"))
        self.assertEqual((told["prior"], told["crop"]["mouth"]), ("none", [0.5, 0.7]))
        self.compare_vae(
            SimpleNamespace(encode=lambda x: vae.encoder(x).chunk(2, 1), decode=vae.decoder), channels=1
        )

    def test_a_plain_autoencoder_has_a_mean_alone(self):
        import onnx
        import torch

        torch.save(self.vae.state_dict(), self.weights)
        arguments = ["--with", "latents=5", "--mean", 0]
        told = self.convert("from_torch.py", self.weights, self.model, *self.options(), *arguments)
        self.assertNotIn("spread", told["encoder"])
        outputs = onnx.load(self.model / "encoder.onnx").graph.output
        self.assertEqual([output.name for output in outputs], ["mean"])

    def test_a_check_picture_is_stored_with_what_it_comes_back_at(self):
        import torch
        from PIL import Image

        torch.save(self.vae.state_dict(), self.weights)
        Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(self.folder / "face.jpg")
        arguments = ["--with", "latents=5", "--check", self.folder / "face.jpg", "--half"]
        told = self.convert("from_torch.py", self.weights, self.model, *self.options(), *arguments)
        self.assertGreater(told["check"]["psnr"], 3)
        with Image.open(self.model / "check.png") as check:
            self.assertEqual(check.size, (16, 16))

    def test_a_checkpoint_that_holds_code_is_refused_and_not_run(self):
        import torch

        witness = self.folder / "witness"
        for name, legacy in (("evil.pt", False), ("old.pt", True)):
            held = {"state_dict": self.vae.state_dict(), "hyper_parameters": Evil(witness)}
            torch.save(held, self.folder / name, _use_new_zipfile_serialization=not legacy)
            said = self.refused("from_torch.py", self.folder / name, self.model, *self.options())
            self.assertIn(f"{name}: holds more than weights" + ("" if legacy else " (posix.system)"), said)
            self.assertIn("loading that would run code. Nothing was run.", said)
            self.assertFalse(witness.exists())

    def test_a_whole_pickled_module_is_refused_with_what_to_do(self):
        import torch

        torch.save(self.vae, self.weights)
        said = self.refused("from_torch.py", self.weights, self.model, *self.options())
        self.assertIn("tiny_torch.TinyVAE", said)
        self.assertIn("torch.save(model.state_dict(), 'weights.pt')", said)

    def test_what_does_not_fit_is_said_in_a_sentence(self):
        import torch

        torch.save(self.vae.state_dict(), self.weights)
        (self.folder / "noise.pt").write_bytes(b"not a checkpoint")
        other = self.folder / "other.pt"
        torch.save({"a": torch.ones(1)}, other)
        five = ["--with", "latents=5"]
        for expected, arguments in (
            ("does not fit TinyVAE: size mismatch", [self.weights, self.model, *self.options()]),
            ("there is no such file", [self.folder / "none.pt", self.model, *self.options()]),
            ("noise.pt: ", [self.folder / "noise.pt", self.model, *self.options()]),
            ("lacks 8 of the 8 weights of TinyVAE, such as trunk.0.weight", [other, self.model, *self.options()]),
            ("has no class 'Vae'", [self.weights, self.model, *self.options("Vae")]),
            ("draws the sample itself", [self.weights, self.model, *self.options("DrawsItself"), *five]),
            ("does not run on 1 at a time", [self.weights, self.model, *self.options("FixedBatch"), *five]),
            ("has no 'sketch'", [self.weights, self.model, *self.options(), *five, "--encode", "sketch"]),
            ("can't be made", [self.weights, self.model, *self.options(), "--with", "depth=5"]),
        ):
            self.assertIn(expected, self.refused("from_torch.py", *arguments))

    def test_a_folder_that_is_there_is_left_alone(self):
        import torch

        torch.save(self.vae.state_dict(), self.weights)
        taken = self.folder / "taken"
        taken.mkdir()
        said = self.refused("from_torch.py", self.weights, taken, *self.options())
        self.assertIn("taken: is there already", said)
        self.assertEqual(list(taken.iterdir()), [])


@missing("diffusers", "safetensors")
class FromDiffusersTest(ConvertTest):
    def save(self, safe=True, **options):
        import torch
        from diffusers import AutoencoderKL

        torch.manual_seed(0)
        vae = AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
            block_out_channels=(8, 8), norm_num_groups=4, latent_channels=4, sample_size=16, **options,
        )  # fmt: skip
        vae.eval().save_pretrained(self.folder / "source", safe_serialization=safe)
        return vae

    def compare_vae(self, vae):
        import numpy
        import torch

        pictures = torch.rand(3, 3, 16, 16) * 2 - 1
        with torch.no_grad():
            answer = vae.encode(pictures).latent_dist
            self.compare(
                pictures.numpy(), answer.mean.numpy(), answer.logvar.numpy(),
                lambda latents: vae.decode(torch.from_numpy(numpy.array(latents))).sample.numpy(),
            )  # fmt: skip

    def test_scale_and_shift_come_from_its_config(self):
        vae = self.save(scaling_factor=0.36, shift_factor=0.11)
        told = self.convert("from_diffusers.py", self.folder / "source", self.model, apart=True)
        self.assertEqual(told["latent"], {"shape": [4, 8, 8], "scale": 0.36, "shift": 0.11})
        self.assertEqual((told["prior"], told["image"]["range"], told["image"]["width"]), ("none", [-1, 1], 16))
        self.compare_vae(vae)

    def test_units_of_each_channel_are_written_one_a_channel(self):
        self.save(scaling_factor=0.5, latents_mean=[1.0, 2.0, 3.0, 4.0], latents_std=[1.0, 2.0, 4.0, 8.0])
        told = self.convert("from_diffusers.py", self.folder / "source", self.model, "--size", "24x16")
        self.assertEqual(told["latent"]["scale"], [0.5, 0.25, 0.125, 0.0625])
        self.assertEqual(told["latent"]["shift"], [1, 2, 3, 4])
        self.assertEqual(told["latent"]["shape"], [4, 8, 12])

    def test_a_pipeline_folder_with_older_weights_is_converted(self):
        vae = self.save(safe=False)
        (self.folder / "pipeline").mkdir()
        (self.folder / "pipeline/model_index.json").write_text("{}")
        (self.folder / "source").rename(self.folder / "pipeline/vae")
        self.convert("from_diffusers.py", self.folder / "pipeline", self.model)
        self.compare_vae(vae)

    def test_older_weights_that_hold_code_are_refused_and_not_run(self):
        import torch

        self.save(safe=False)
        witness = self.folder / "witness"
        torch.save({"a": Evil(witness)}, self.folder / "source/diffusion_pytorch_model.bin")
        said = self.refused("from_diffusers.py", self.folder / "source", self.model)
        self.assertIn("holds more than weights (posix.system)", said)
        self.assertFalse(witness.exists())

    def test_what_does_not_fit_is_said_in_a_sentence(self):
        self.save()
        source = self.folder / "source"
        self.assertIn("multiples of 2", self.refused("from_diffusers.py", source, self.model, "--size", 17))
        (source / "diffusion_pytorch_model.safetensors").write_bytes(b"nothing")
        self.assertIn("diffusers can't load it", self.refused("from_diffusers.py", source, self.model))
        (source / "diffusion_pytorch_model.safetensors").unlink()
        self.assertIn("has no diffusion_pytorch_model", self.refused("from_diffusers.py", source, self.model))
        (source / "config.json").write_text('{"_class_name": "AutoencoderTiny"}')
        self.assertIn("describes a AutoencoderTiny", self.refused("from_diffusers.py", source, self.model))
        self.assertIn("there is no such file", self.refused("from_diffusers.py", self.folder, self.model))


@missing("keras")
class FromKerasTest(ConvertTest):
    def setUp(self):
        super().setUp()
        os.environ["KERAS_BACKEND"] = "torch"
        os.environ["KERAS_TORCH_DEVICE"] = "cpu"
        import keras
        from tiny_keras import TinyVAE

        keras.utils.set_random_seed(0)
        self.vae = TinyVAE()
        self.answers = ["--mean", 0, "--spread", 1]

    def compare_vae(self):
        import numpy

        pictures = numpy.random.RandomState(0).rand(3, 16, 16, 3).astype(numpy.float32)
        mean, log_variance, _ = self.vae.encoder.predict(pictures, verbose=0)
        self.compare(pictures, mean, log_variance, lambda latents: self.vae.decoder.predict(latents, verbose=0))

    def test_an_encoder_and_a_decoder_are_converted(self):
        files = [self.folder / "encoder.keras", self.folder / "decoder.keras"]
        for part, file in zip((self.vae.encoder, self.vae.decoder), files):
            part.save(file)
        told = self.convert("from_keras.py", *files, self.model, "--code", KERAS_CODE, *self.answers, apart=True)
        self.assertEqual(told["latent"]["shape"], [6])
        self.assertEqual((told["image"]["layout"], told["image"]["width"]), ("nhwc", 16))
        self.compare_vae()

    def test_mean_and_spread_in_one_answer_are_told_apart(self):
        import keras

        whole = self.vae.encoder
        both = keras.layers.Concatenate()(whole.outputs[:2])
        keras.Model(whole.inputs, both).save(self.folder / "encoder.keras")
        self.vae.decoder.save(self.folder / "decoder.keras")
        self.convert("from_keras.py", self.folder / "encoder.keras", self.folder / "decoder.keras", self.model)
        self.compare_vae()

    def test_a_model_of_both_is_converted(self):
        self.vae.build((None, 16, 16, 3))
        self.vae.save(self.folder / "vae.keras")
        self.convert("from_keras.py", self.folder / "vae.keras", self.model, "--code", KERAS_CODE, *self.answers)
        self.compare_vae()

    def test_weights_of_a_class_are_converted(self):
        self.vae.build((None, 16, 16, 3))
        self.vae.save_weights(self.folder / "vae.weights.h5")
        self.convert(
            "from_keras.py", self.folder / "vae.weights.h5", self.model, "--class", f"{KERAS_CODE}:TinyVAE",
            "--with", "latents=6", "--size", 16, *self.answers,
        )  # fmt: skip
        self.compare_vae()

    def test_a_file_that_brings_its_own_code_is_refused_and_not_run(self):
        import keras

        witness = str(self.folder / "witness")
        latent = keras.Input((6,))

        def evil(value):
            open(witness, "w").close()
            return value

        decoder = keras.Model(latent, self.vae.decoder(keras.layers.Lambda(evil)(latent)))
        Path(witness).unlink(missing_ok=True)
        self.vae.encoder.save(self.folder / "encoder.keras")
        decoder.save(self.folder / "decoder.keras")
        careless = self.folder / "careless.py"
        careless.write_text(KERAS_CODE.read_text() + "\n\nkeras.config.enable_unsafe_deserialization()\n")
        for code, apart in ((KERAS_CODE, False), (careless, True)):
            said = self.refused(
                "from_keras.py", self.folder / "encoder.keras", self.folder / "decoder.keras", self.model,
                "--code", code, *self.answers, apart=apart,
            )  # fmt: skip
            self.assertIn("decoder.keras: holds code of its own", said)
            self.assertFalse(Path(witness).exists())

    def test_what_does_not_fit_is_said_in_a_sentence(self):
        files = [self.folder / "encoder.keras", self.folder / "decoder.keras"]
        for part, file in zip((self.vae.encoder, self.vae.decoder), files):
            part.save(file)
        (self.folder / "vae.h5").touch()
        for expected, arguments in (
            ("has layers that are not Keras' own. Name their file with --code", [*files, self.model]),
            ("gives 3 answers", [*files, self.model, "--code", KERAS_CODE]),
            ("draws the sample itself",
             [*files, self.model, "--code", KERAS_CODE, "--mean", 2, "--spread", 1]),
            ("is no .keras file", [self.folder / "vae.h5", self.model]),
            ("has no encoder and decoder", [files[1], self.model]),
        ):  # fmt: skip
            self.assertIn(expected, self.refused("from_keras.py", *arguments))


class Evil:
    """Unpickled, it makes a file."""

    def __init__(self, witness):
        self.witness = witness

    def __reduce__(self):
        return os.system, (f"touch '{self.witness}'",)


if __name__ == "__main__":
    unittest.main()
