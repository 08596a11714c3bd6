"""ClickHouse's own engine (chdb, in this process) behind the address of a server."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from chdb.session import Session


class _Handler(BaseHTTPRequestHandler):
    session: Session
    folder: Path

    def do_POST(self) -> None:
        """Answer one statement as ClickHouse's HTTP interface does."""
        asked = parse_qs(urlsplit(self.path).query)
        statement = asked["query"][0]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            if "database" in asked:
                self.session.query(f"USE {asked['database'][0]}")
            answer = self._run(statement, body)
        except Exception as error:  # noqa: BLE001  # as a server does, whatever happens
            self._say(500, str(error).encode())
        else:
            self._say(200, answer)

    def _run(self, statement: str, body: bytes) -> bytes:
        insert = re.fullmatch(r"INSERT INTO (\w+) FORMAT ArrowStream", statement)
        if insert:
            path = self.folder / "body.arrow"
            path.write_bytes(body)
            self.session.query(f"INSERT INTO {insert[1]} SELECT * FROM file('{path}', 'ArrowStream')")
            return b""
        if statement.endswith(" FORMAT ArrowStream"):
            return self.session.query(statement.removesuffix(" FORMAT ArrowStream"), "ArrowStream").bytes()
        self.session.query(statement)
        return b""

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # its name in the library
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve on a free port; give the address."""
    with tempfile.TemporaryDirectory() as folder:
        session = Session(folder)
        handler = type("Handler", (_Handler,), {"session": session, "folder": Path(folder)})
        server = HTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            session.close()
