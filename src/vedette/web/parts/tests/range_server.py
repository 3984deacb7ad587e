"""A small file server for the map's tests: folders by prefix, byte ranges, the product's own content policy."""

import mimetypes
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from vedette.config.middleware import POLICY

mimetypes.add_type("text/javascript", ".mjs")


def serve(folders: dict[str, Path], pages: dict[str, str]) -> ThreadingHTTPServer:
    """Serve pages by path and files by prefix (`/static/parts/` -> folder) on a free loopback port until shut down."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path in pages:
                return self.answer(200, pages[path].encode(), "text/html; charset=utf-8")
            for prefix, folder in folders.items():
                file = folder / path.removeprefix(prefix)
                if path.startswith(prefix) and file.is_file():
                    return self.file(
                        file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                    )
            return self.answer(404, b"", "text/plain")

        def file(self, body: bytes, kind: str) -> None:
            wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            if not wanted:
                return self.answer(200, body, kind)
            start, end = int(wanted[1]), min(int(wanted[2]), len(body) - 1)
            return self.answer(206, body[start : end + 1], kind, {"Content-Range": f"bytes {start}-{end}/{len(body)}"})

        def answer(self, status: int, body: bytes, kind: str, extra: dict[str, str] | None = None) -> None:
            self.send_response(status)
            headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Content-Security-Policy": POLICY}
            for name, value in (headers | (extra or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
