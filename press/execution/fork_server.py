"""Kernels that start at once: forked from a process that has already imported what chapters import.

Most of what a short chapter takes is the start of its kernel and the import of pandas and
matplotlib.  Here Python's own fork server imports them once; each chapter gets a fresh fork of it, in
which none of the book's own code has been imported and no cell has run.  What a chapter reads is
recorded on the way (``press.execution.tracing``).

- :func:`start` starts that server; :func:`kernel` asks it for a kernel.
- :func:`manager` is the kernel manager that ``nbclient`` uses to run a notebook in such a kernel.

A kernel ends when the process that asked for it does, however that ends, and the server with it.

Out of scope: which chapters run (``press.execution.runner``); systems without ``os.fork``, where
MyST-NB starts kernels in its own way.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from importlib.util import source_from_cache
from multiprocessing import connection, forkserver
from pathlib import Path
from threading import Thread

from press import CITYGAP, ROOT

#: What chapters import, directly or not, apart from the book's own code.
IMPORTS = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib_inline.backend_inline",
    "numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg", "seaborn", "myst_nb.ext.glue",
)  # fmt: skip
LONGEST = 90  # bytes of a socket's path, which systems cut off at 104 or 108, less its number
#: As a kernel finds it in its environment when it imports matplotlib.
BACKEND = "module://matplotlib_inline.backend_inline"


def can_fork() -> bool:
    return hasattr(os, "fork") and sys.platform != "darwin"  # its frameworks do not survive a fork


def start(errors=None) -> None:
    """Let the server start importing, and return at once; ``errors`` is a file for what kernels remark."""
    multiprocessing.set_forkserver_preload(["press.execution.preloaded"])
    path, said = os.environ.get("PYTHONPATH"), os.dup(2)
    # Before Python 3.13 the server does not know where this process looks for modules.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), path]))
    try:
        if errors:
            os.dup2(errors.fileno(), 2)
        forkserver.ensure_running()
    finally:
        os.dup2(said, 2)
        os.close(said)
        os.environ.pop("PYTHONPATH")
        os.environ.update({"PYTHONPATH": path} if path else {})


class Kernel:
    """A kernel in a process of its own, with as much of ``subprocess.Popen`` as its manager asks.

    It listens as the file ``connection`` says; what it reads is written to the file ``reads`` after
    each cell.
    """

    stdin = stdout = stderr = None

    def __init__(self, root: Path, connection: str, cwd: str, env: dict[str, str], reads: str):
        made = multiprocessing.get_context("forkserver")
        self._process = made.Process(target=be_kernel, args=(root, connection, cwd, env, reads))
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit status; nothing while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Its exit status, once it has ended."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


def manager(root: Path, reads: str):
    """The class of kernel managers whose kernels come from the server and note what they read."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.provisioning import LocalProvisioner
    from traitlets import default

    sockets = str(Path(reads).with_name("k"))

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs):
            cwd = str(kwargs.get("cwd") or os.getcwd())
            connection = self.parent.connection_file
            self.process = Manager.kernel = Kernel(root, connection, cwd, dict(kwargs["env"]), reads)
            self.pid = self.pgid = self.process.pid
            self.cwd = cwd
            return self.connection_info

    class Manager(AsyncKernelManager):
        kernel: Kernel | None = None  # the last that was started

        @default("transport")
        def _by_files(self) -> str:
            """A port that is free now may be another's when the kernel asks for it; a file is not."""
            return "ipc" if len(os.fsencode(sockets)) < LONGEST else "tcp"

        @default("ip")
        def _place(self) -> str:
            return sockets if self.transport == "ipc" else "127.0.0.1"

        @classmethod
        def stop(cls) -> None:
            """Kill the kernel, whatever it does."""
            if cls.kernel:
                cls.kernel.send_signal(signal.SIGKILL)

        async def _async_pre_start_kernel(self, **kwargs):
            if self.provisioner is None:
                self.kernel_id = "forked"
                self.provisioner = Provisioner(
                    kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
                )
            return await super()._async_pre_start_kernel(**kwargs)

    return Manager


def remove_compiled(folder: Path) -> None:
    """Remove what was compiled of a module in the second in which it was saved.

    Python takes compiled code for that of a source if that has the same size and second of saving: a
    save that changes a digit within that second would go unnoticed for good.
    """
    for compiled in folder.rglob("__pycache__/*.pyc"):
        try:
            saved = os.stat(source_from_cache(str(compiled))).st_mtime
            if compiled.stat().st_mtime < int(saved) + 1:
                compiled.unlink()
        except (OSError, ValueError):
            pass  # without a source, or removed by another kernel


def be_kernel(root: Path, connection: str, cwd: str, env: dict[str, str], reads: str) -> None:
    """Be a kernel until told to stop; does not return."""
    from ipykernel.kernelapp import IPKernelApp

    from press.execution.tracing import Recorder

    try:
        os.setsid()
        Thread(target=end_with_parent, daemon=True).start()
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(2, 1)
        os.environ.clear()
        os.environ.update(env)
        os.environ["MPLBACKEND"] = BACKEND
        # The book's own code is found first, whichever book is installed in this environment.
        others = [entry for entry in sys.path if entry not in ("", str(root), os.getcwd())]
        sys.path[:] = [str(root), *others]
        os.chdir(cwd)
        remove_compiled(root / CITYGAP.relative_to(ROOT))
        sys.argv[:] = ["ipykernel_launcher", "-f", connection]
        recorder = Recorder(root)
        app = IPKernelApp.instance()
        app.initialize(["-f", connection])
        app.shell.events.register("post_run_cell", lambda result: recorder.save(reads))
        app.start()
    finally:
        os._exit(0)


def end_with_parent() -> None:
    """Kill this process as soon as the one that asked for it has ended."""
    connection.wait([multiprocessing.parent_process().sentinel])
    os.kill(os.getpid(), signal.SIGKILL)
