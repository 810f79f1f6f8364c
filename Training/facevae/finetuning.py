"""Stage C: the decoder alone, folded, against an adversary."""

import copy

import torch
from torch.nn import functional as F

from . import losses, schedule
from .adversary import Adversary, LeCam, disguise
from .averaging import AveragedWeights
from .lite0 import Lite0, perceptual_distance
from .prior import Prior, fit_prior

# The greatest deviation of the blur that hides detail from the adversary at first, in pixels.
FIRST_BLUR = 2.0


class FinetuningStage:
    """Has the interface of AutoencoderStage. The encoder is frozen, so latents keep their meaning.

    Of a batch, half are reconstructions, a quarter random faces, a quarter faces between two others. Only the
    reconstructions have a picture to be compared with; the others are held to the coarse picture that the
    decoder of stage B drew, or else they drift away into loud colours, which the adversary hardly minds.
    """

    def __init__(self, autoencoder, source, options, dtype):
        self.options, self.source, self.dtype = options, source, dtype
        self.device = torch.device(options.device)
        self.autoencoder = autoencoder.fold().to(self.device, memory_format=torch.channels_last).eval()
        self.autoencoder.encoder.requires_grad_(False)
        decoder = self.autoencoder.decoder
        self.optimiser = torch.optim.Adam(decoder.parameters(), lr=options.rate_c, betas=(0.0, 0.99), fused=True)
        self.average = AveragedWeights(decoder, options.average)
        self.lite0 = Lite0().to(self.device, memory_format=torch.channels_last)
        self.adversary = Adversary(self.lite0).to(self.device)
        self.adversary_optimiser = torch.optim.Adam(
            self.adversary.parameters(), lr=options.adversary_rate, betas=(0.0, 0.99)
        )
        self.lecam = LeCam()
        self.prior = None
        self.anchor = copy.deepcopy(decoder).requires_grad_(False)

    def step(self, moment, measure_shares=False):
        options = self.options
        if self.prior is None:
            self.prepare()
        pictures, detail, z, nats = self.draw()
        real = len(pictures)
        with self.autocast():
            decoded = self.autoencoder.decoder(z).contiguous()
        blur = FIRST_BLUR * max(0.0, 1 - moment.images / max(1, options.blur_images))
        terms = self.picture_terms(decoded[:real], pictures.contiguous(), detail)
        terms["anchor"] = options.anchor * self.coarse_distance(decoded[real:], z[real:])
        with self.autocast():
            fooled = -self.adversary(disguise(decoded, blur)).mean()
        self.learn(decoded, sum(terms.values()), fooled, terms, moment, measure_shares)
        self.teach_adversary(decoded.detach(), blur, terms)
        terms["reconstruction loss"] = losses.reconstruction_loss(decoded[:real], pictures).mean()
        terms["latent loss"] = nats.sum(1).mean()
        shares = terms.pop("shares", None)
        return {name: term.detach() for name, term in terms.items()}, shares

    @torch.no_grad()
    def prepare(self):
        """What stays as it is through the stage: the prior, and the scale of the features."""
        self.prior = fit_prior(self.autoencoder, self.source.pixels[self.source.faces_to_fit], self.source.margin)
        self.adversary.calibrate(self.source.draw_sharp(self.options.batch_c))

    @torch.no_grad()
    def draw(self):
        """Pictures, the weights of their detail, and the latents of the whole batch: theirs first."""
        options = self.options
        real = options.batch_c // 2
        pictures, detail = self.source.draw(real, options.colour_c, 0.5)
        with self.autocast():
            mean, log_variance = self.autoencoder.encoder(pictures)
        has_colour = (pictures.amax(1) - pictures.amin(1)).amax((1, 2)) > 0.02
        among = has_colour.nonzero().flatten().cpu() if has_colour.any() else torch.arange(real)
        quarter = (options.batch_c - real) // 2
        pairs = among[torch.randint(len(among), (2, quarter))].to(mean.device)
        random = self.prior.draw(options.batch_c - real - quarter, options.sample_spread)
        share = torch.rand(2, max(len(random), quarter), 1).to(mean.device)
        # Half of them nearer to the mean face, where averages and long morphs lead.
        plain = torch.lerp(self.prior.mean, random, share[0, : len(random)])
        random[::2] = plain[::2]
        between = torch.lerp(mean[pairs[0]], mean[pairs[1]], share[1, :quarter])
        z = torch.cat([mean, random, between])
        return pictures, detail, z, losses.latent_loss_by_dimension(mean, log_variance)

    def picture_terms(self, decoded, pictures, detail):
        options = self.options
        finest = options.soft_finest + (1 - options.soft_finest) * detail
        fine = options.soft_detail + (1 - options.soft_detail) * detail
        with self.autocast():
            distance = perceptual_distance(
                self.lite0, decoded.contiguous(memory_format=torch.channels_last), pictures
            )
        return {
            "squares": options.squares * losses.weighted_squares(decoded, pictures).mean(),
            "bands": options.bands * losses.band_distance(decoded, pictures, finest).mean(),
            "ssim": options.ssim * (fine * losses.dissimilarity(decoded, pictures)).mean(),
            "perceptual": options.perceptual_c * (fine * distance).mean(),
        }

    def coarse_distance(self, decoded, z):
        """How far pictures are from those of stage B, seen at half the side."""
        with torch.no_grad(), self.autocast():
            aims = self.anchor(z)
        decoded, aims = (F.avg_pool2d(pictures, 2) for pictures in (decoded, aims))
        everything = torch.ones(len(decoded), device=self.device)
        return (
            self.options.squares * losses.weighted_squares(decoded, aims)
            + self.options.bands * losses.band_distance(decoded, aims, everything)
        ).mean()

    def learn(self, decoded, likeness, fooled, terms, moment, measure_shares):
        """One step of the decoder; the adversary's pull at the last layer is a fixed share of all the rest."""
        rest = torch.autograd.grad(likeness, decoded)[0]
        adverse = torch.autograd.grad(fooled, decoded)[0]
        last = self.autoencoder.decoder.head_128.mix.weight
        rest_pull, adverse_pull = (
            torch.autograd.grad(decoded, last, gradient, retain_graph=True)[0].norm()
            for gradient in (rest, adverse)
        )
        weight = self.options.adversarial * rest_pull / adverse_pull.clamp(min=1e-8)
        self.optimiser.zero_grad(set_to_none=True)
        decoded.backward(rest + weight * adverse)
        torch.nn.utils.clip_grad_norm_(self.autoencoder.decoder.parameters(), self.options.clip)
        for group in self.optimiser.param_groups:
            group["lr"] = schedule.learning_rate(moment, self.options)
        self.optimiser.step()
        self.average.update(self.autoencoder.decoder)
        terms["adversarial weight"] = weight
        if measure_shares:
            terms["shares"] = {"adversarial, of all others": (weight * adverse.norm() / rest.norm()).item()}

    def teach_adversary(self, decoded, blur, terms):
        photos = self.source.draw_sharp(len(decoded), 0.5)
        with self.autocast():
            photo_logits = self.adversary(disguise(photos, blur))
            decoded_logits = self.adversary(disguise(decoded, blur))
        loss = F.relu(1 - photo_logits).mean() + F.relu(1 + decoded_logits).mean()
        loss = loss + self.options.lecam * self.lecam.penalty(photo_logits, decoded_logits)
        self.adversary_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.adversary_optimiser.step()
        terms["photo logits"], terms["decoded logits"] = photo_logits.mean(), decoded_logits.mean()

    def averaged(self, moment):
        averaged = self.average.applied_to(self.autoencoder.decoder)
        whole = type(self.autoencoder)(self.autoencoder.latents).fold().eval().to(self.device)
        whole.load_state_dict(self.autoencoder.state_dict())
        whole.decoder.load_state_dict(averaged.state_dict())
        return whole

    def autocast(self):
        return torch.autocast(self.device.type, self.dtype, enabled=self.dtype is not None)

    def progress(self):
        return f"mean logits {self.lecam.photos:.2f} photos {self.lecam.decoded:.2f} decoded"

    def state(self):
        return {
            "autoencoder": self.autoencoder.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "anchor": self.anchor.state_dict(),
            "average": self.average.values,
            "average steps": self.average.steps,
            "adversary": self.adversary.state_dict(),
            "adversary optimiser": self.adversary_optimiser.state_dict(),
            "lecam": [self.lecam.photos, self.lecam.decoded],
            "prior": [self.prior.mean, self.prior.root] if self.prior else None,
        }

    def restore(self, state):
        self.autoencoder.load_state_dict(state["autoencoder"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.anchor.load_state_dict(state["anchor"])
        self.average.values = [value.to(self.device) for value in state["average"]]
        self.average.steps = state["average steps"]
        self.adversary.load_state_dict(state["adversary"])
        self.adversary_optimiser.load_state_dict(state["adversary optimiser"])
        self.lecam.photos, self.lecam.decoded = state["lecam"]
        if state["prior"]:
            self.prior = Prior(*(part.to(self.device) for part in state["prior"]))
