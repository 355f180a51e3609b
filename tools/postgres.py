"""Prints the folder of PostgreSQL's programs that the tests can start; finds them or installs them.

First what is installed, then Debian's package where the caller is root. TOUCHSTONE_POSTGRES names the
folder outright; "none" leaves those tests out. Unlike a browser it is no must: without it, "none" is printed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = ("initdb", "pg_ctl", "postgres")
PATTERNS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


def main() -> int:
    named = os.environ.get("TOUCHSTONE_POSTGRES")
    if named == "none" or (named and works(named)):
        print(named)
        return 0
    if named:
        print(f"touchstone: TOUCHSTONE_POSTGRES={named} has no {', '.join(NEEDED)}.", file=sys.stderr)
        return 1
    found = next(filter(works, candidates()), "")
    if not found and os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("No PostgreSQL is installed: installing Debian's.", file=sys.stderr)
        run(["apt-get", "update", "-qq"], seconds=300)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], seconds=600)
        found = next(filter(works, candidates()), "")
    if not found:
        print(
            "touchstone: no PostgreSQL: its tests are skipped. Debian: apt-get install postgresql; or"
            " TOUCHSTONE_POSTGRES=/path/to/bin",
            file=sys.stderr,
        )
    print(found or "none")
    return 0


def candidates() -> list[str]:
    """Folders to look into: that of the path first, then the newest."""
    at = shutil.which("postgres")
    here = [str(Path(at).resolve().parent)] if at else []
    return here + [
        folder
        for pattern in PATTERNS
        for folder in sorted(map(str, Path("/").glob(pattern[1:])), reverse=True)
    ]


def works(folder: str) -> bool:
    """Whether the programs are there and start."""
    if not all((Path(folder) / name).is_file() for name in NEEDED):
        return False
    try:
        ended = subprocess.run(
            [Path(folder) / "postgres", "--version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def run(command: list[str], seconds: int) -> None:
    """Runs it with its output on standard error; failing is no error."""
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
