"""``python3 tools/venv.py requirements.lock``: a virtual environment with what the book needs.

``make`` calls this with whatever Python there is, before anything is installed; so it uses the
standard library alone, and syntax that old Pythons can read, to tell their owners in one line what
to do.  Run again with the same list, it does nothing.

The packages of the list are installed by uv, which takes a third of pip's time, and by pip where uv
cannot be had; then the project itself, in editable mode.  pip comes from its wheel, which Python
keeps, until uv has installed the pip that is locked: making an environment with it takes 4 seconds.

Out of scope: renewing the lists (``tools.lock``).
"""

import ast
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
UV, PIP = os.path.join(VENV, "bin", "uv"), os.path.join(VENV, "bin", "pip")
BOOK, ALL = "requirements.lock", "requirements-all.lock"  # all that is in BOOK is in ALL
# Where uv is locked: beside this file, also if another folder links to it to be installed into.
TOOLS = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), ALL)
#: What no build imports, half of all code: Python compiles it when somebody does.
UNCOMPILED = r"/(tests?|testing|pip|setuptools|debugpy|fontTools|lexers|dialects|prompt_toolkit|jedi|schema_org)/"
OLDEST, NEWEST = (3, 11), (3, 13)
# A list is whole, and what it overrides pyproject.toml says; so nothing is resolved again.
LOCKED = ["--require-hashes", "--no-deps", "-r"]
#: Settings of pip, and the variables by which uv is told the same.
SETTINGS = (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE"))


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
    if not os.path.exists(PYTHON):
        say("Making .venv with Python %s ..." % version)
        if subprocess.call([sys.executable, "-m", "venv", "--without-pip", VENV]):
            sys.stderr.write("The virtual environment .venv could not be made; see above.\n")
            return 1
    if not (by_uv(name) or by_pip(name)):
        sys.stderr.write("The packages of %s could not be installed; pip says why above.\n" % name)
        return 1
    if os.path.exists(os.path.join(ROOT, "pyproject.toml")) and not project():
        sys.stderr.write("The project could not be installed in .venv; pip says why above.\n")
        return 1
    for done in [ALL, BOOK] if name == ALL else [name]:
        with open(stamp_of(done), "w") as file:
            file.write(digest(done))
    say("Installed in %.0f s" % (time.time() - started))
    return 0


def by_uv(name):
    """Install a list with the uv that is locked; whether that was possible."""
    if not os.path.exists(UV):
        say("Installing uv, which installs the rest ...")
        if not pip(["--retries", "1"] + LOCKED + [entry("uv")]):
            say("uv cannot be had here: pip does its work, a minute slower.")
            return False
    say("Installing the %d packages of %s ..." % (len(pins(name)), name))
    lists = LOCKED + [os.path.join(ROOT, name), "-r", entry("pip")]
    if subprocess.call([UV, "pip", "install", "--quiet", "--python", PYTHON] + lists, env=as_pip()):
        say("uv could not install them: pip does, a minute slower.")
        return False
    # Compiled now, on all cores: else the first build takes twice as long.
    packages = os.path.join(VENV, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
    subprocess.call([PYTHON, "-m", "compileall", "-qq", "-j", "0", "-x", UNCOMPILED, packages])
    return True


def by_pip(name):
    """Install a list with pip; whether that was possible."""
    if not os.path.exists(PIP):
        subprocess.call([PYTHON, "-m", "ensurepip"])
    return pip(["--compile"] + LOCKED + [os.path.join(ROOT, name)])


def project():
    """Install the project itself, without a network: flit_core, which does it, is in the list."""
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT]
    command = [UV, "pip", "install", "--quiet", "--python", PYTHON]
    return os.path.exists(UV) and subprocess.call(command + options) == 0 or pip(options)


def entry(package):
    """A file that holds the lines of one package of the longer list, its hashes among them."""
    path = os.path.join(VENV, package + ".txt")
    with open(path, "w") as file:
        file.write(re.search(r"^%s==.*\n(?:[ ].*\n)*" % package, read(TOOLS), re.M).group())
    return path


def pip(options):
    """Run ``pip install``; whether it did what it was told."""
    command = ["install", "-qq", "--disable-pip-version-check", "--no-input"]
    return subprocess.call(pip_program() + command + options) == 0


def pip_program():
    """How pip is called: as a module of .venv, or, before it is there, from Python's own wheel."""
    import ensurepip

    places = [sysconfig.get_config_var("WHEEL_PKG_DIR"), os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")]
    wheels = [path for place in places if place for path in glob.glob(os.path.join(place, "pip-*.whl"))]
    if wheels and not os.path.exists(PIP):
        return [PYTHON, os.path.join(wheels[0], "pip")]
    return [PYTHON, "-m", "pip"]


def as_pip():
    """The environment in which uv, which reads no settings of pip, has the index that pip has."""
    said = subprocess.check_output(pip_program() + ["config", "list"]).decode("utf-8")
    found = dict(os.environ)
    if "UV_INDEX_URL" in found or "UV_DEFAULT_INDEX" in found:
        return found
    for setting, variable in SETTINGS:
        for section in ("global", "install", ":env:"):  # each is stronger than the one before
            given = re.findall(r"^%s\.%s=(.*)$" % (section, setting), said, re.M)
            if given:  # of several files of settings the last one named holds
                found[variable] = ast.literal_eval(given[-1].strip()).strip()
    return found


def say(words):
    """A line on the terminal, at once."""
    print(words)
    sys.stdout.flush()


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
