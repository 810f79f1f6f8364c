"""The figures of one candidate, and its pictures for the contact sheet."""

import numpy
import torch

from . import figures
from .judges import SAME_PERSON, frechet_distance, kernel_distance
from .sheet import walk

SHEET_FACES, SHEET_SAMPLES, SHEET_MORPHS = 18, 64, 4


class Evaluation:
    """Measures candidates on the same held-out crops, and their random faces against the same real ones."""

    def __init__(self, crops, judges, sample_count, photos=None):
        self.crops, self.judges, self.sample_count, self.photos = crops, judges, sample_count, photos
        self.judged = {}
        self.held_out = crops.indices(held_out=True)
        colour = crops.indices(held_out=False, colour=True)
        self.real = crops.pixels[colour if len(colour) else crops.indices(held_out=False)]

    def measure(self, candidate):
        """Returns the figures, a dictionary for JSON, and (title, pictures) pairs for the sheet."""
        pictures = self.cut(candidate, self.crops.pixels[self.held_out])
        mean, nats = candidate.encode(pictures)
        decoded = candidate.decode(mean)
        found = {"side": candidate.side, "held out": self.compare(decoded, pictures, nats)}
        found["held out"]["training gap, dB"] = self.training_gap(candidate, pictures, decoded)
        chosen = self.crops.is_colour[self.held_out].nonzero().flatten().numpy()
        if not len(chosen):
            chosen = numpy.arange(len(pictures))
        found["likeness"] = self.likeness(candidate, pictures[chosen], decoded[chosen])
        shown = chosen[:SHEET_FACES]
        sections = [(f"{candidate.name}: held out", pictures[shown]), ("reconstructions", decoded[shown])]
        if self.photos is not None:
            photos = self.cut(candidate, self.photos)
            seen = candidate.decode(candidate.encode(photos)[0])
            found["photos"] = {
                "psnr": mean_of(figures.psnr, seen, photos),
                "ssim": mean_of(figures.ssim, seen, photos),
            }
            found["photos likeness"] = self.likeness(candidate, photos, seen)
            sections += [("photos", photos[:SHEET_FACES]), ("reconstructions", seen[:SHEET_FACES])]
        if candidate.has_prior:
            samples = candidate.sample(self.sample_count, seed=1)
            found["random faces"] = self.plausibility(candidate, samples)
            sections.append(("random faces", samples[:SHEET_SAMPLES]))
        found["midpoints"] = self.midpoints(candidate, mean[chosen])
        pairs = [
            (mean[chosen[2 * i]], mean[chosen[2 * i + 1]]) for i in range(min(SHEET_MORPHS, len(chosen) // 2))
        ]
        if pairs:
            sections.append(("morphs", numpy.concatenate([walk(candidate, start, end) for start, end in pairs])))
        return found, sections

    def cut(self, candidate, pixels):
        return torch.cat([candidate.region.cut(part, candidate.side) for part in pixels.split(64)]).numpy()

    def compare(self, decoded, pictures, nats):
        is_colour, is_sharp = self.crops.is_colour[self.held_out], self.crops.is_sharp[self.held_out]
        decoded, pictures = torch.from_numpy(decoded.copy()), torch.from_numpy(pictures.copy())
        dimensions = torch.zeros(len(decoded), 1) if nats is None else torch.from_numpy(nats)
        found = figures.summary(decoded, pictures, dimensions, is_colour, is_sharp)
        if nats is None:
            del found["latent loss"], found["active dimensions"]
        return found

    def training_gap(self, candidate, pictures, decoded):
        """How much better colour pictures that were trained on come out; as many as are held out."""
        colour = self.crops.indices(held_out=False, colour=True)
        held = self.crops.is_colour[self.held_out]
        if not len(colour) or not held.any():
            return None
        some = colour[torch.linspace(0, len(colour) - 1, min(len(colour), int(held.sum()))).long()]
        trained = self.cut(candidate, self.crops.pixels[some])
        gap = mean_of(figures.psnr, candidate.decode(candidate.encode(trained)[0]), trained)
        return gap - mean_of(figures.psnr, decoded[held.numpy()], pictures[held.numpy()])

    def likeness(self, candidate, pictures, decoded):
        """How near reconstructions are to their originals for a network that tells people apart."""
        for judge in self.judges:
            if judge.name == "dlib":
                apart = judge(pictures, candidate.region) - judge(decoded, candidate.region)
                distances = numpy.linalg.norm(apart, axis=1)
                return {
                    "median distance": float(numpy.median(distances)),
                    f"share under {SAME_PERSON}": float((distances < SAME_PERSON).mean()),
                }
        return None

    def plausibility(self, candidate, samples):
        found = {"count": len(samples)}
        for judge in self.judges:
            ours, theirs = judge(samples, candidate.region), self.judged_real(candidate, judge)
            found[f"KID {judge.name}"], found[f"KID {judge.name} error"] = kernel_distance(ours, theirs)
            found[f"Fréchet {judge.name}"] = frechet_distance(ours, theirs)
            if judge.name == "dlib":
                found["share with a face"] = judge.share_with_face(samples[:500])
        return found

    def judged_real(self, candidate, judge):
        """What a judge sees in the real faces; once for all candidates of the same region and side."""
        region = candidate.region
        key = (judge.name, candidate.side, round(region.width, 3), round(region.height, 3))
        if key not in self.judged:
            self.judged[key] = judge(self.cut(candidate, self.real), region)
        return self.judged[key]

    def midpoints(self, candidate, mean):
        """Halfway between each held-out colour picture and the next."""
        middle = candidate.decode((mean + numpy.roll(mean, 1, 0)) / 2)
        for judge in self.judges:
            if judge.name == "dlib":
                return {"share with a face": judge.share_with_face(middle)}
        return None


def mean_of(figure, decoded, pictures):
    return figure(torch.from_numpy(decoded.copy()), torch.from_numpy(pictures.copy())).mean().item()
