"""Single files of npm packages, fetched at build time and kept out of git."""

import subprocess
import tarfile
from pathlib import Path

from remodel.errors import RemodelError


def packed_file(name: str, version: str, file: str, cache: Path) -> str:
    """The text of `file` in a package, which npm fetches into `cache` unless it is there."""
    archive = cache / f"{name}-{version}.tgz"
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{name}@{version}"]
        try:
            subprocess.run(command, cwd=cache, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise RemodelError(f"npm could not fetch {name} {version}: {error}") from error
    with tarfile.open(archive) as packed:
        content = packed.extractfile(f"package/{file}")
        if content is None:
            raise RemodelError(f"{name} {version} has no {file}.")
        return content.read().decode()
