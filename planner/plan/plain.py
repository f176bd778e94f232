"""Plain values: what JSON takes in place of a value it does not know."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> Any:
    """numpy's scalars as Python's own, so that a truth stays a truth; days, paths and the rest as text.

    >>> import numpy as np
    >>> from pathlib import Path
    >>> plain(np.bool_(True)), plain(np.int64(3)), plain(Path("a/b"))
    (True, 3, 'a/b')
    """
    item = getattr(value, "item", None)
    return item() if callable(item) else str(value)
