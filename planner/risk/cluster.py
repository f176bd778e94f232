"""A Dask cluster as a crew: the same chunks on other machines, a lost one solved again whole.

Needs the extra ``planner[dask]``. Workers must run the same code, which is asked before any work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planner.errors import Failure, Usage
from planner.plan.store import code_digest
from planner.risk.crew import Shared, Work

ATTEMPTS = 3
"""How often a chunk is given out when answers go with workers that end."""
WAIT_S = 10.0
"""How long a cluster may take to answer, and to show a worker."""


class NoCluster(Failure):
    """The cluster does not answer, has no workers, or was lost while it worked."""

    exit_code = 1
    code = "RSK018"


class OtherCode(Failure):
    """Workers run another version of the planner, so their answers would be another run's."""

    exit_code = 3
    code = "RSK019"


def _ours() -> str:
    return code_digest()


class Cluster:
    """A scheduler's workers, by its address such as tcp://10.0.0.5:8786.

    Raises Usage (RSK020) where the extra is not installed, NoCluster (RSK018), OtherCode (RSK019).
    """

    def __init__(self, address: str, wait_s: float = WAIT_S) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise Usage("RSK020: --engine dask needs the extra: pip install 'planner[dask]'") from error  # fmt: skip
        self.address = address
        try:
            self.client: Any = Client(address, timeout=wait_s, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise NoCluster(f"RSK018: no scheduler answers at {address} within {wait_s:g} s") from error  # fmt: skip
        try:
            self.client.wait_for_workers(1, timeout=wait_s)
        except TimeoutError as error:
            self.close()
            raise NoCluster(f"RSK018: the scheduler at {address} has no workers") from error
        self._same_code()

    def _same_code(self) -> None:
        ours = _ours()
        other = sorted(name for name, digest in self.client.run(code_digest).items() if digest != ours)  # fmt: skip
        if other:
            self.close()
            raise OtherCode(f"RSK019: {', '.join(other)} run other code than this planner; install the same version on every worker")  # fmt: skip

    def each(self, work: Work, shared: Shared, jobs: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Raises NoCluster (RSK018) where chunks cannot be finished."""
        from distributed import as_completed
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker

        try:
            left = dict(enumerate(jobs))
            for _ in range(ATTEMPTS):
                everywhere = self.client.scatter([shared], broadcast=True, hash=False)[0]
                futures = {
                    self.client.submit(work, everywhere, job, pure=False): place
                    for place, job in left.items()
                }
                for future in as_completed(futures, loop=self.client.loop):
                    try:
                        answer = future.result()
                    except FutureCancelledError:  # it went with a worker that had just finished it
                        continue
                    del left[futures[future]]
                    yield futures[future], answer
                if not left:
                    return
            lost = f"{len(left)} chunks went with their workers {ATTEMPTS} times"
        except (FutureCancelledError, KilledWorker, OSError, TimeoutError) as error:
            raise NoCluster(_lost(self.address, type(error).__name__)) from error
        raise NoCluster(_lost(self.address, lost))

    def close(self) -> None:
        """Leave the cluster running and let go of it."""
        self.client.close(timeout=WAIT_S)


def _lost(address: str, why: str) -> str:
    return f"RSK018: the cluster at {address} was lost: {why}; finished draws are kept"
