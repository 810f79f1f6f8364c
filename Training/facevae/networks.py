"""The encoder and the decoder.

Pictures are N × 3 × side × side, RGB in 0…1, side 64 in stage A and 128 afterwards.
Everything is made of 3 × 3 convolutions with residual blocks that activate after the sum, the
form that inference engines fuse into one kernel.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    """y = SiLU(x + BN(conv(SiLU(BN(conv(x)))))); starts as SiLU(x), since the last γ is 0."""

    def __init__(self, channels):
        super().__init__()
        self.conv_1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm_1 = nn.BatchNorm2d(channels)
        self.conv_2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm_2 = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.norm_2.weight)

    def forward(self, x):
        return F.silu(x + self.norm_2(self.conv_2(F.silu(self.norm_1(self.conv_1(x))))))

    def fold(self):
        """Merges the normalisations into the convolutions, with the statistics they hold now."""
        if isinstance(self.norm_1, nn.Identity):
            return
        fuse = torch.nn.utils.fusion.fuse_conv_bn_eval
        self.conv_1 = fuse(self.conv_1.eval(), self.norm_1.eval())
        self.conv_2 = fuse(self.conv_2.eval(), self.norm_2.eval())
        self.norm_1, self.norm_2 = nn.Identity(), nn.Identity()


class Encoder(nn.Module):
    """Pictures → mean and log variance, both N × latents."""

    def __init__(self, latents=128):
        super().__init__()
        self.stem_64 = nn.Sequential(nn.Conv2d(3, 96, 4, 2, 1), nn.SiLU())
        self.stem_128 = nn.Sequential(
            nn.Conv2d(3, 48, 4, 2, 1), nn.SiLU(), Block(48), nn.Conv2d(48, 96, 3, 2, 1), nn.SiLU()
        )
        self.trunk = nn.Sequential(
            Block(96), nn.Conv2d(96, 160, 3, 2, 1), nn.SiLU(),
            Block(160), nn.Conv2d(160, 224, 3, 2, 1), nn.SiLU(),
            Block(224), nn.Conv2d(224, 256, 3, 2, 1), nn.SiLU(),
        )  # fmt: skip
        self.moments = nn.Linear(256 * 4 * 4, 2 * latents)

    def forward(self, x, blend=1.0):
        """With `blend` under 1, that share of the 128² stem and the rest of the 64² stem."""
        if x.shape[-1] == 64:
            features = self.stem_64(x)
        elif blend < 1:
            features = torch.lerp(self.stem_64(F.avg_pool2d(x, 2)), self.stem_128(x), blend)
        else:
            features = self.stem_128(x)
        moments = self.moments(self.trunk(features).flatten(1)).float()
        mean, log_variance = moments.chunk(2, 1)
        return mean, log_variance.clamp(-10, 2)


class Head(nn.Module):
    """Features → pictures of twice the side; the last convolution mixes the four shuffled phases."""

    def __init__(self, channels):
        super().__init__()
        self.spread = nn.Conv2d(channels, 48, 3, padding=1)
        self.mix = nn.Conv2d(12, 3, 3, padding=1)
        start_phases_equal(self.spread)

    def forward(self, x):
        phases = F.silu(F.pixel_shuffle(self.spread(x), 2))
        with torch.autocast(x.device.type, enabled=False):  # 8 bits of mantissa are too few for a pixel
            return self.mix(phases.float()) + 0.5


class Decoder(nn.Module):
    """Latents, N × latents → pictures, not clamped."""

    def __init__(self, latents=128):
        super().__init__()
        self.start = nn.Linear(latents, 256 * 4 * 4)
        self.trunk = nn.Sequential(
            Block(256), widen(256, 256), Block(256), widen(256, 192), Block(192), widen(192, 96), Block(96)
        )
        self.last_step = nn.Sequential(widen(96, 48), Block(48))
        self.head_64 = Head(96)
        self.head_128 = Head(48)

    def forward(self, z, side=128, blend=1.0):
        features = self.trunk(F.silu(self.start(z)).view(-1, 256, 4, 4))
        if side == 64:
            return self.head_64(features)
        pictures = self.head_128(self.last_step(features))
        if blend < 1:
            coarse = F.interpolate(self.head_64(features), scale_factor=2, mode="nearest")
            pictures = torch.lerp(coarse, pictures, blend)
        return pictures


class Autoencoder(nn.Module):
    def __init__(self, latents=128):
        super().__init__()
        self.latents = latents
        self.encoder = Encoder(latents)
        self.decoder = Decoder(latents)

    def fold(self):
        """Merges every normalisation into its convolution; call it in evaluation mode."""
        for module in self.modules():
            if isinstance(module, Block):
                module.fold()
        return self


def widen(channels, wider):
    """Half the step to the next resolution: first the cheap change of channels, then twice the side."""
    return nn.Sequential(nn.Conv2d(channels, wider, 1), nn.Upsample(scale_factor=2, mode="nearest"))


def start_phases_equal(convolution, factor=2):
    """Starts the four phases of a pixel shuffle equal, so that it starts without a checkerboard."""
    phases = factor**2
    shape = convolution.weight.shape
    kernels = torch.empty(shape[0] // phases, *shape[1:])
    nn.init.kaiming_normal_(kernels, nonlinearity="linear")
    with torch.no_grad():
        convolution.weight.copy_(kernels.repeat_interleave(phases, 0))
        convolution.bias.zero_()
