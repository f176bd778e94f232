"""Notices: what a review tells people, one channel per file; importing the package finds every channel."""

from __future__ import annotations

import importlib
import pkgutil
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planner.review.notices.channel import REGISTERED, Channel

for _found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
    importlib.import_module(f"{__name__}.{_found.name}")

if TYPE_CHECKING:
    AnyChannel = Channel
else:
    AnyChannel = Annotated[reduce(or_, REGISTERED), Field(discriminator="channel")]

__all__ = ["REGISTERED", "AnyChannel"]
