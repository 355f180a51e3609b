"""What small networks on torch share: one thread, chance from a generator of their own, weights as arrays."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import numpy as np

from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Report

if TYPE_CHECKING:
    import torch

Weights = dict[str, FloatArray]
Tensors = Mapping[str, "torch.Tensor"]


def one_thread() -> AbstractContextManager[Any]:
    """The calling thread uses no others for what OpenMP shares out; other threads are left alone.

    The number of threads of OpenMP belongs to the thread that sets it, unlike torch.set_num_threads.
    """
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1, "openmp")


def tensors(weights: Weights) -> Tensors:
    """The weights for torch, in memory of its own."""
    return {name: tensor(array) for name, array in weights.items()}


def tensor(array: FloatArray) -> "torch.Tensor":
    """A copy in memory that torch aligns: products of matrices differ in the last bit by where these lie."""
    import torch

    return torch.tensor(array)


def trained(
    start: Weights,
    loss: "Callable[[Tensors, np.ndarray, torch.Generator], torch.Tensor]",
    examples: int,
    *,
    batch: int,
    iterations: int,
    learning_rate: float,
    seed: int,
    report: Report,
    penalty: float = 0.0,
) -> Weights:
    """The weights after Adam (Kingma & Ba 2015) on batches of the examples, on one thread.

    `loss` takes weights, the numbers of a batch's examples and a generator, and gives a scalar. `penalty`:
    decoupled weight decay. Raises BadInput where the weights run away.
    """
    import torch

    with one_thread():
        made = {name: one.requires_grad_() for name, one in tensors(start).items()}
        adam = torch.optim.AdamW(made.values(), lr=learning_rate, weight_decay=penalty)
        generator = torch.Generator().manual_seed(seed)
        for done in range(iterations):
            report(done / iterations, "Learning the network")
            order = torch.randperm(examples, generator=generator).numpy()
            for first in range(0, examples, batch):
                found = loss(made, order[first : first + batch], generator)
                adam.zero_grad()
                torch.autograd.backward(found)
                adam.step()
    weights = {name: one.detach().numpy().copy() for name, one in made.items()}
    if not all(np.isfinite(one).all() for one in weights.values()):
        raise BadInput(
            f"The network does not settle with learning_rate={learning_rate:g}.",
            "shorter steps.",
            "lower learning_rate.",
        )
    return weights


def dropped(values: "torch.Tensor", share: float, generator: "torch.Generator | None") -> "torch.Tensor":
    """Dropout by the generator, since other jobs draw from torch's own; nothing is left out without one."""
    import torch

    if generator is None or not share:
        return values
    kept = torch.rand(values.shape, generator=generator) >= share
    return values * kept / (1 - share)


def sampled_softmax(
    out: "torch.Tensor", items: "torch.Tensor", wanted: "torch.Tensor", drawn: "torch.Tensor"
) -> "torch.Tensor":
    """Mean cross-entropy of the wanted item among itself and items drawn uniformly for the whole batch.

    out: (N, F), items: (I, F), wanted: (N,), drawn: (M,) without repetition. Logits of those drawn are
    corrected by how rarely each is drawn, log(I / M) (Bengio & Senécal 2008); if all are, it is the softmax.
    """
    import torch

    own = (out * items[wanted]).sum(dim=1, keepdim=True)
    others = out @ items[drawn].T + np.log(len(items) / len(drawn))
    others = others.masked_fill(wanted[:, None] == drawn[None, :], -torch.inf)
    return (torch.logsumexp(torch.cat([own, others], dim=1), dim=1) - own[:, 0]).mean()
