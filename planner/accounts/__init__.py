"""What one unit of one variable costs, and when: one file per account.

A file in this folder registers itself; adding an account touches nothing else.
"""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
