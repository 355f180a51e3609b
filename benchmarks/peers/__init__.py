"""Peers, each in an environment of its own, so that no pin of theirs touches ours."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from core.work.settings import settings


def run_peer(script: str, requirements: str, *arguments: str) -> dict[str, Any]:
    """What a peer's script prints as JSON, run in its own environment, made on first use."""
    name = requirements.replace("==", "-")
    home = settings().home / "peers" / name
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", requirements]
        subprocess.run(install, check=True, stdout=sys.stderr)
        (home / "ready").touch()
    file = Path(__file__).parent / script
    done = subprocess.run([python, file, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
