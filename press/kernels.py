"""Kernels that start at once: forked from a process that has already imported what chapters import.

Most of what a short chapter takes is the start of its kernel and the import of pandas and
matplotlib.  Here one process, the *stock*, imports them once; each chapter gets a fresh fork of it,
in which none of the book's own code has been imported and no cell has run.  What a chapter reads is
recorded on the way (``press.reads``).

- :class:`Stock` starts that process, asks it for kernels and ends it, and every kernel with it.
- :func:`manager` is the kernel manager that ``nbclient`` uses to run a notebook in such a kernel.

The stock ends when the process that started it does, however that ends.

Out of scope: which chapters run (``press.execute``); systems without ``os.fork``, where MyST-NB
starts kernels in its own way.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Lock

#: What chapters import, directly or not, apart from the book's own code.
IMPORTS = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib_inline.backend_inline",
    "numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg", "seaborn", "myst_nb.ext.glue",
)  # fmt: skip
#: As a kernel finds it in its environment when it imports matplotlib.
BACKEND = "module://matplotlib_inline.backend_inline"


def can_fork() -> bool:
    """Whether this system can give kernels by forking."""
    return hasattr(os, "fork") and sys.platform != "darwin"  # its frameworks do not survive a fork


class Stock:
    """The process that kernels are forked from.  To be closed."""

    def __init__(self, root: Path, errors=None):
        """Start importing, and return at once; ``errors`` is a file for what kernels remark."""
        self._lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "press.kernels", str(root)],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "MPLBACKEND": BACKEND},
            start_new_session=True,
            text=True,
        )

    def kernel(self, connection: str, cwd: str, env: dict[str, str], reads: str) -> Forked:
        """A new kernel, which will listen as the file ``connection`` says.

        What it reads is written to the file ``reads`` after each cell.  Raises RuntimeError if the
        stock has ended.
        """
        order = {"connection": connection, "cwd": cwd, "env": env, "reads": reads}
        with self._lock:
            try:
                self._process.stdin.write(json.dumps(order) + "\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
            except OSError:
                answer = ""
        if not answer:
            raise RuntimeError("the process that kernels are forked from has ended")
        return Forked(int(answer))

    def close(self) -> None:
        """End the stock and all its kernels."""
        for stream in (self._process.stdin, self._process.stdout):
            try:
                stream.close()
            except OSError:
                pass
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Forked:
    """A process that is not ours, with as much of ``subprocess.Popen`` as a kernel manager asks."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """Nothing while it runs; the stock takes leave of it."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Called once it has ended."""
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)


def manager(stock: Stock, reads: str):
    """The class of kernel managers whose kernels come from ``stock`` and note what they read."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.provisioning import LocalProvisioner

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs):
            cwd = str(kwargs.get("cwd") or os.getcwd())
            connection = self.parent.connection_file
            self.process = Manager.kernel = stock.kernel(
                connection, cwd, dict(kwargs["env"]), reads
            )
            self.pid = self.pgid = self.process.pid
            self.cwd = cwd
            return self.connection_info

    class Manager(AsyncKernelManager):
        kernel: Forked | None = None  # the last that was started

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


# ------------------------------------------------------------------- in the process of the stock


def serve(root: Path) -> None:
    """Import, then fork a kernel for each order that comes in, until there are no more to come."""
    import importlib

    # As a kernel has it: the book is found only once a chapter has said where it lies.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", str(root), os.getcwd())]
    for name in IMPORTS:
        try:
            importlib.import_module(name)
        except ImportError:
            pass  # a book that uses none of it
    gc.freeze()  # what is imported is shared by all kernels, and no garbage
    signal.signal(signal.SIGCHLD, take_leave)
    for line in sys.stdin:
        order = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # until it is noted
        pid = os.fork()
        if pid == 0:
            be_kernel(root, **order)
        running.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        print(pid, flush=True)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pid in running:
        os.kill(pid, signal.SIGKILL)  # not yet waited for, so the number is still that of the kernel
    for pid in running:
        os.waitpid(pid, 0)


#: Kernels of this stock that have not ended yet, as far as it knows.
running: set[int] = set()


def take_leave(*_) -> None:
    """Let kernels that have ended go, so that they leave nothing behind."""
    try:
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            running.discard(ended)
    except ChildProcessError:
        pass


def be_kernel(root: Path, connection: str, cwd: str, env: dict[str, str], reads: str) -> None:
    """Be a kernel until told to stop; does not return."""
    from ipykernel.kernelapp import IPKernelApp

    from press.reads import Recorder

    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(2, 1)  # the pipe is the stock's
        os.environ.clear()
        os.environ.update(env)
        os.environ["MPLBACKEND"] = BACKEND
        os.chdir(cwd)
        sys.argv[:] = ["ipykernel_launcher", "-f", connection]
        recorder = Recorder(root)
        app = IPKernelApp.instance()
        app.initialize(["-f", connection])
        app.shell.events.register("post_run_cell", lambda result: recorder.save(reads))
        app.start()
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
