"""A training from its first picture to its last."""

import signal
import time
from dataclasses import asdict

import torch

from . import schedule
from .autoencoding import AutoencoderStage
from .batches import BatchSource, plain_batch
from .crops import load_crops
from .figures import reconstruct, summary
from .finetuning import FinetuningStage
from .networks import Autoencoder
from .options import network_dtype
from .runfolder import RunFolder, stop_gently_on
from .weights import load_autoencoder

STAGES = "ABC"


class Trainer:
    """Trains through the stages, and stops and goes on as often as need be."""

    def __init__(self, options):
        torch.set_num_threads(options.threads)
        torch.set_flush_denormal(True)  # denormal numbers make convolutions five times slower
        torch.backends.cudnn.benchmark = True  # batches have one shape
        torch.manual_seed(options.seed)
        self.options = options
        self.folder = RunFolder(options.run)
        crops = load_crops(options.crops, options.table, options.held_out, options.crop_side)
        self.source = BatchSource(crops, options.device, options.margin, options.warp)
        held_out = crops.indices(held_out=True)
        self.held_out_pixels = crops.pixels[held_out]
        self.held_out_kinds = crops.is_colour[held_out], crops.is_sharp[held_out]
        self.moment = schedule.Moment()
        self.began_with_a = options.init is None and options.images_a > 0
        self.stage = None
        self.folder.say(
            f"{len(crops.names)} crops, {len(held_out)} of them held out;"
            f" {options.device}, {network_dtype(options) or 'f32'}, {options.threads} threads"
        )

    def run(self):
        stop = stop_gently_on(signal.SIGINT, signal.SIGTERM)
        self.begin()
        saved = reported = time.monotonic()
        seen, sums = 0, {}
        while self.moment.images < schedule.stage_images(self.moment.stage, self.options) or self.next_stage():
            before = self.moment.total_images
            look_closely = self.moment.images == 0 or self.passes(before, self.options.evaluate_every)
            terms, shares = self.stage.step(self.moment, measure_shares=look_closely)
            self.moment.advance(schedule.batch(self.moment.stage, self.options))
            seen += 1
            for name, term in terms.items():
                sums[name] = sums.get(name, 0) + term
            if shares:
                parts = (f"{name} {share:.2f}" for name, share in shares.items())
                self.folder.say("gradient at the picture, over that of squares and bands: " + ", ".join(parts))
            if self.passes(before, self.options.report_every):
                self.report(sums, seen, time.monotonic() - reported)
                seen, sums, reported = 0, {}, time.monotonic()
            if self.passes(before, self.options.evaluate_every) or self.is_stage_over():
                self.evaluate()
            if stop or time.monotonic() - saved >= self.options.checkpoint_seconds:
                self.save()
                saved = time.monotonic()
            if stop:
                self.folder.say(
                    f"stopped at {self.moment.total_images} images; the same command goes on from there"
                )
                return
        self.save()
        self.folder.say(f"finished at {self.moment.total_images} images")

    def begin(self):
        held = self.folder.load_checkpoint()
        if held is None:
            if self.options.init:
                autoencoder, facts = load_autoencoder(self.options.init)
                if facts["folded"] and self.options.images_b:
                    raise SystemExit(f"{self.options.init}: is of stage C; it can't go through stage B again.")
            else:
                autoencoder = Autoencoder(self.options.latents)
            self.moment.stage = next(
                stage
                for stage in (STAGES if self.began_with_a else STAGES[1:])
                if stage == "C" or schedule.stage_images(stage, self.options)
            )
            self.stage = self.make_stage(autoencoder)
            return
        self.moment = schedule.Moment(**held["moment"])
        self.began_with_a = held["began with A"]
        autoencoder = Autoencoder(held["latents"])
        self.stage = self.make_stage(autoencoder)
        self.stage.restore(held["stage"])
        torch.set_rng_state(held["random state"])
        self.folder.say(f"resumed at {self.moment.total_images} images")

    def make_stage(self, autoencoder):
        dtype = network_dtype(self.options)
        if self.moment.stage == "C":
            return FinetuningStage(autoencoder, self.source, self.options, dtype)
        return AutoencoderStage(autoencoder, self.source, self.options, dtype, self.began_with_a)

    def next_stage(self):
        """Goes to the next stage, from the averaged weights of this one; false after the last."""
        following = [
            stage
            for stage in STAGES[STAGES.index(self.moment.stage) + 1 :]
            if schedule.stage_images(stage, self.options)
        ]
        if not following:
            return False
        averaged = self.stage.averaged(self.moment)
        self.moment.stage, self.moment.images, self.moment.steps = following[0], 0, 0
        self.stage = self.make_stage(averaged)
        self.folder.say(f"stage {self.moment.stage}")
        return True

    def passes(self, before, interval):
        return before // interval != self.moment.total_images // interval

    def is_stage_over(self):
        return self.moment.images >= schedule.stage_images(self.moment.stage, self.options)

    def report(self, sums, count, seconds):
        means = {name: float(total) / count for name, total in sums.items()}
        named = {name: means.pop(name) for name in ("reconstruction loss", "latent loss")}
        self.folder.say(
            f"images {self.moment.total_images}  stage {self.moment.stage}"
            f"  reconstruction loss {named['reconstruction loss']:.5f}  latent loss {named['latent loss']:.1f}"
            f"  terms {' '.join(f'{name} {value:.4f}' for name, value in means.items())}"
            f"  {self.stage.progress()}  learning rate {schedule.learning_rate(self.moment, self.options):.1e}"
            f"  {count * schedule.batch(self.moment.stage, self.options) / seconds:.1f} images/s"
        )

    @torch.no_grad()
    def evaluate(self):
        """Says the figures on held-out crops and writes the averaged weights."""
        autoencoder = self.stage.averaged(self.moment)
        stage = self.moment.stage
        facts = {"stage": stage, "images": self.moment.total_images, "folded": stage == "C"}
        if len(self.held_out_pixels):
            pixels = self.held_out_pixels.to(self.options.device)
            pictures = plain_batch(pixels, self.options.margin, schedule.side(stage))
            decoded, nats = reconstruct(autoencoder, pictures)
            figures = summary(decoded.cpu(), pictures.cpu(), nats.cpu(), *self.held_out_kinds)
            self.folder.say("held out: " + ", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
            self.folder.record({**facts, **figures})
        held = {**facts, "weights": autoencoder.state_dict()}
        self.folder.save("weights.pt", held)
        if self.is_stage_over():
            self.folder.save(f"stage-{stage}.pt", held)

    def save(self):
        self.folder.save_checkpoint(
            {
                "moment": asdict(self.moment),
                "began with A": self.began_with_a,
                "latents": self.stage.autoencoder.latents,
                "random state": torch.get_rng_state(),
                "stage": self.stage.state(),
            }
        )
