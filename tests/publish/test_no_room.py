"""A build that finds no room ends with one sentence, leaves the old site, and nothing of its own."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest.writing import naming, sentence

STORY = "Ferry waits\n\n“The ferry waits,” said Ada Quill, the harbour master of Osterfeld.\n\n"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
BUILD = (sys.executable, "-m", "digest", "build")

# Runs where it may mount a file system of its own, which is gone with it.
WITHIN = """
import shutil, subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_no_room import outcome
root, size, monitor = Path(sys.argv[2]), sys.argv[3], sys.argv[4]
root.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", root], check=True)
shutil.copytree(monitor, root, dirs_exist_ok=True)
subprocess.run(["mount", "-o", f"remount,size={size}", root], check=True)
print(outcome(root))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a monitor with a site in it."""
    root = tmp_path_factory.mktemp("built")
    (root / "seeds").mkdir()
    for n in range(4):
        (root / "seeds" / f"ferry-{n}.txt").write_text(f"{n} {STORY}" + STORY * n, encoding="utf-8")
    subprocess.run(BUILD, cwd=root, check=True, capture_output=True)
    return root


@pytest.fixture
def monitor(built: Path, tmp_path: Path) -> Path:
    """Return a copy of it, its cache included."""
    shutil.copytree(built, tmp_path / "monitor")
    return tmp_path / "monitor"


def tree(folder: Path) -> str:
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in names)).hexdigest()


def outcome(root: Path, most: int | None = None, new: bool = True) -> str:
    """Build again, with a ``new`` article, no file larger than ``most`` bytes; return as JSON what came of it."""

    def bounded() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    if new:
        (root / "seeds" / "new.txt").write_text(STORY, encoding="utf-8")
    before = tree(root / "site")
    done = subprocess.run(BUILD, cwd=root, check=False, capture_output=True, text=True, preexec_fn=bounded)
    after, names = tree(root / "site"), sorted(path.name for path in root.iterdir())
    return json.dumps({"code": done.returncode, "said": done.stderr, "same": before == after, "names": names})


def pages(folder: Path) -> int:
    """Return how many pages of memory the files in ``folder`` take on a tmpfs."""
    return sum(-(-path.stat().st_size // 4096) for path in folder.rglob("*") if path.is_file())


def demand_told(found: str, said: str) -> None:
    whole = json.loads(found)
    *before, last = whole["said"].splitlines()
    assert whole["code"] == 1, whole["said"]
    assert last.startswith("Error: ")
    assert said in last
    # a memory that failed is told as well, for the next build reads everything again
    assert all("this run goes on without it" in line or "every article is read anew" in line for line in before)
    assert whole["same"]
    assert whole["names"] == [".digest", "seeds", "site"]


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*NAMESPACE, "true"], check=False, capture_output=True).returncode == 0


# the room ends with the first file, among the pages, and near the end
@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_full_disk(built: Path, tmp_path: Path, share: float) -> None:
    size = str(int(4096 * (pages(built) + 4 + share * pages(built / "site"))))
    command = [
        *NAMESPACE,
        sys.executable,
        "-c",
        WITHIN,
        str(Path(__file__).parent),
        str(tmp_path / "disk"),
        size,
        str(built),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    demand_told(done.stdout, "No space left on device (")
    assert f"{tmp_path / 'disk' / 'site'}" in done.stdout


@pytest.mark.parametrize(
    ("most", "new", "said"),
    [
        (0, False, "Error: No usable temporary directory found in ["),
        (2_000, False, "/site/data/quotations.csv: File too large; allow larger files (ulimit -f), or name a place"),
        (50_000, False, "/digest.sqlite: disk I/O error; look after the disk, and see that it has room"),
        (50_000, True, "Error: the folder for temporary files (TMPDIR): File too large; allow larger files"),
    ],
)
def test_files_that_may_not_grow(monitor: Path, most: int, new: bool, said: str) -> None:
    demand_told(outcome(monitor, most, new), said)


def test_the_next_build_after_it_is_as_any_other(monitor: Path) -> None:
    outcome(monitor, 2_000)
    done = subprocess.run(BUILD, cwd=monitor, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (monitor / "site" / "articles" / "new" / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("format_", ["csv", "sqlite"])
def test_a_single_file_on_a_full_device(tmp_path: Path, format_: str) -> None:
    (tmp_path / "ferry.txt").write_text(STORY, encoding="utf-8")
    command = [sys.executable, "-m", "digest", "export", "ferry.txt", "--format", format_, "-o", "/dev/full"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: /dev/full: No space left on device (")
    assert done.stderr.endswith("; make room there and run this again\n")


def test_no_room_for_temporary_files_is_no_fault_of_an_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(STORY, encoding="utf-8")
    command = [sys.executable, "-m", "digest", "annotate", "ferry.txt"]

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, preexec_fn=bounded)
    assert done.returncode == 1
    assert done.stderr == (
        "Error: the folder for temporary files (TMPDIR): File too large; "
        "allow larger files (ulimit -f), or name a place that takes them\n"
    )


def test_a_file_that_is_open_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as told, naming(tmp_path / "page.html"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert sentence(told.value).startswith(f"{tmp_path / 'page.html'}: No space left on device (")


def test_of_a_copy_the_file_that_was_written_is_named() -> None:
    error = OSError(errno.EROFS, "Read-only file system", "from.css", None, "to.css")
    assert sentence(error) == "to.css: Read-only file system; name a place that can be written to"
