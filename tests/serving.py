"""Serves a built site as a web host would: compressed, and with its own page for what is missing.

For tests and measurements. `mkdocs serve` is the one for writing.
"""

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class Handler(SimpleHTTPRequestHandler):
    """Answers with gzip, says how long each answer is, and keeps no log."""

    protocol_version = "HTTP/1.1"
    sent: list[tuple[str, int]]

    def do_GET(self) -> None:
        """Send the file that the address names, or the site's page for a wrong address."""
        found = self._file()
        file = found or Path(self.directory, "404.html")
        body = file.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Cache-Control", "max-age=600")
        if file.suffix in COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # Whoever leaves a page does not wait for the rest of it.
        with suppress(ConnectionError):
            self.wfile.write(body)
        self.sent.append((self.path, len(body)))

    def _file(self) -> Path | None:
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if place.is_dir() else place
        return place if place.is_file() else None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def free_address() -> str:
    """An address of this machine at which nobody serves yet."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@contextmanager
def served(site: Path, address: str) -> Iterator[list[tuple[str, int]]]:
    """Serve the folder `site` at `address` until the block ends; yields what was sent so far."""
    port = int(address.rsplit(":", 1)[1].strip("/"))
    sent: list[tuple[str, int]] = []
    handler = partial(type("Counting", (Handler,), {"sent": sent}), directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield sent
        finally:
            server.shutdown()
            thread.join()
