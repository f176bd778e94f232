"""Where draws are solved: flags shared by the commands on risk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planner.cli.output import Progress

if TYPE_CHECKING:
    from planner.risk.chunks import Means
    from planner.risk.crew import Crew

Omega = Annotated[
    float, typer.Option("--omega", help="Weight of the tail against the mean, 0 to 1.")
]
Alpha = Annotated[
    float, typer.Option("--alpha", help="Where the tail begins: 0.95 is the dearest 5 %.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Local processes.")]
Engine = Annotated[
    Literal["local", "dask"],
    typer.Option("--engine", help="Processes of this machine, or the workers of a Dask cluster."),
]
Address = Annotated[
    str, typer.Option("--address", help="Of the Dask scheduler, such as tcp://10.0.0.5:8786.")
]


def drawn(asked: int, progress: Progress) -> int:
    """How many draws are used: the next power of two, which RSK008 tells where it is another number."""
    from planner.risk.draws import power_of_two

    used = power_of_two(asked)
    if used != asked:
        progress(f"RSK008: {asked} is no power of two; {used} draws are used")
    return used


@contextmanager
def means(engine: str, address: str, workers: int, progress: Progress) -> Iterator[Means]:
    """Who solves the draws, let go of afterwards.

    Raises Usage (CLI003, RSK020), NoCluster (RSK018), OtherCode (RSK019).
    """
    from planner.errors import Usage
    from planner.risk.chunks import Means
    from planner.risk.crew import Local

    if (engine == "dask") != bool(address):
        raise Usage("CLI003: --engine dask and --address go together")
    crew: Crew = Local(workers)
    if engine == "dask":
        from planner.risk.cluster import Cluster

        crew = Cluster(address)
    try:
        yield Means(crew=crew, tell=progress.tell)
    finally:
        crew.close()
