"""What the fork server imports before it gives kernels (``press.execution.fork_server``)."""

import gc
import importlib
import os

from press.execution.fork_server import BACKEND, IMPORTS

os.environ["MPLBACKEND"] = BACKEND
for name in IMPORTS:
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a book that uses none of it
gc.freeze()  # what is imported is shared by all kernels, and no garbage
