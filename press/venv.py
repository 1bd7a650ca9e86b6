"""``python3 press/venv.py requirements.txt``: a virtual environment with what the book needs.

``make book`` and ``make test`` call this with whatever Python there is, before anything is
installed; so it uses the standard library alone, and syntax that old Pythons can read, to tell
their owners in one line what to do.  Run again with the same list, it does nothing.

Out of scope: renewing the lists (``press.lock``).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
BOOK = "requirements.txt"
OLDEST, NEWEST = (3, 11), (3, 13)


def main(arguments):
    """Install the list named first in ``arguments``; 0, or 1 after saying what to do."""
    name = arguments[0]
    advice = obstacle()
    if advice:
        sys.stderr.write(advice + "\n")
        return 1
    version = "%d.%d" % sys.version_info[:2]
    if installed_version() != version:
        shutil.rmtree(VENV, ignore_errors=True)
    if read(stamp_of(name)) == digest(name):
        return 0
    started = time.time()
    print("Installing the %d packages of %s into .venv ..." % (len(pins(name)), name))
    sys.stdout.flush()
    if not os.path.exists(PYTHON):
        status = subprocess.call([sys.executable, "-m", "venv", VENV])
        if status:
            sys.stderr.write("The virtual environment .venv could not be made; see above.\n")
            return 1
    # The book's list is a whole that pip checks. The tests' list is installed as it stands:
    # pyproject.toml says which declaration it overrides.
    options = [] if name == BOOK else ["--no-deps"]
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # Compiled now, whatever the settings of pip: else the first build takes twice as long.
    command += ["--compile", "--no-input", "--require-hashes"] + options
    command += ["-r", os.path.join(ROOT, name)]
    if subprocess.call(command):
        sys.stderr.write("The packages of %s could not be installed; pip says why above.\n" % name)
        return 1
    for done in [name, BOOK] if pins(BOOK) <= pins(name) else [name]:
        with open(stamp_of(done), "w") as file:
            file.write(digest(done))
    print("Installed in %.0f s" % (time.time() - started))
    return 0


def obstacle():
    """One line saying why this Python cannot serve and what to do, or nothing."""
    here = "%d.%d" % sys.version_info[:2]
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return (
            "The book needs Python 3.11, 3.12 or 3.13; %s is %s. "
            "Name another one, for example: make book PYTHON=python3.12" % (sys.executable, here)
        )
    try:
        import ensurepip  # noqa: F401  Debian keeps it in a package of its own
        import venv  # noqa: F401
    except ImportError:
        return (
            "Python %s has no venv module here. Install it, on Debian with: "
            "apt-get install python%s-venv" % (here, here)
        )
    return ""


def pins(name):
    """The ``package==version`` lines of a list, as a set."""
    return {
        line.split("\\")[0].strip()
        for line in read(os.path.join(ROOT, name)).splitlines()
        if "==" in line
    }


def digest(name):
    """SHA-256 of a list."""
    return hashlib.sha256(read(os.path.join(ROOT, name)).encode("utf-8")).hexdigest()


def stamp_of(name):
    """File that tells which version of a list is installed."""
    return os.path.join(VENV, ".installed-" + name)


def installed_version():
    """Version of the Python that ``.venv`` is made of, such as "3.11"; empty if it does not run."""
    try:
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        return subprocess.check_output([PYTHON, "-c", code]).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def read(path):
    """Text of a file, empty if there is none."""
    try:
        with open(path) as file:
            return file.read()
    except (OSError, IOError):
        return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
