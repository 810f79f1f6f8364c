"""What an encoder answers with: which of it is the mean, and which the spread."""

import torch
from modelwriter import Autoencoder
from refusal import Refusal, first_line


def add_posterior_options(parser):
    """Which of an encoder's answers are the mean and the spread."""
    add = parser.add_argument
    add("--mean", type=int, metavar="I", help="place of the mean among the encoder's answers, from 0")
    add("--spread", type=int, metavar="I", help="place of the spread")
    add("--spread-as", choices=["log_variance", "log_sigma", "sigma"], default="log_variance", help="what it is")


@torch.no_grad()
def autoencoder_of(owner, encode, decode, description, options):
    """An autoencoder whose encoder answers with a mean, with a pair, or with both in one tensor, mean first."""
    answers = try_answers(encode, description)
    places = chosen(len(answers), options.mean, options.spread)

    def posterior(pictures):
        found = tensors(encode(pictures))
        return tuple(found[place] for place in places)

    def picture(latents):
        return tensors(decode(latents))[0]

    if len(places) == 2:
        return Autoencoder(owner, posterior, picture, options.spread_as)
    axis = 1 if description.layout == "nchw" else -1
    halves = answers[places[0]].chunk(2, axis)
    if len(halves) == 2 and not takes(picture, answers[places[0]]) and takes(picture, halves[0]):
        return Autoencoder(owner, lambda taken: posterior(taken)[0].chunk(2, axis), picture, options.spread_as)
    return Autoencoder(owner, posterior, picture, None)


def try_answers(encode, description):
    """What an encoder answers two black pictures with."""
    example = torch.zeros(2, *description.picture_shape)
    try:
        return tensors(encode(example))
    except (RuntimeError, TypeError, ValueError) as error:
        raise Refusal(f"the encoder does not take {tuple(example.shape)}: {first_line(error)}") from error


def takes(decode, latents):
    try:
        decode(latents)
    except (RuntimeError, ValueError, TypeError):
        return False
    return True


def chosen(count, mean, spread):
    """The places of mean and spread among so many answers."""
    if count > 2 and (mean is None or spread is None):
        raise Refusal(f"the encoder gives {count} answers. Say which is which: --mean 0 --spread 1, for example.")
    places = [0 if mean is None else mean]
    if spread is not None or (mean is None and count == 2):
        places.append(1 if spread is None else spread)
    if not all(0 <= place < count for place in places):
        raise Refusal(f"the encoder gives {count} answers: --mean and --spread go from 0 to {count - 1}.")
    return places


def tensors(answer):
    """The tensors of an answer: itself, or those in its tuple or list."""
    found = [answer] if torch.is_tensor(answer) else answer
    if isinstance(found, (tuple, list)):
        found = [part for part in found if torch.is_tensor(part)]
        if found:
            return found
    raise Refusal(
        f"the model answers with a {type(answer).__name__}, where tensors are needed. Write a class around it, as"
        " Training/convert/README.md shows."
    )
