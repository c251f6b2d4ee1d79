"""An S3 server that says what a test has written down for it, in turn."""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = {"AWS_ACCESS_KEY_ID": "somebody", "AWS_SECRET_ACCESS_KEY": "top-secret"}


@dataclass
class Answer:
    """What the server says to one request; `cut` bytes of the body are promised and not sent."""

    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    cut: int = 0
    cut_headers: bool = False
    drop: bool = False
    before: object = None  # called before it is sent


LOST = Answer(drop=True)


def error(status, code, message="Said so", more="", **headers):
    text = f"<Error><Code>{code}</Code><Message>{message}.</Message>{more}</Error>"
    return Answer(status, text.encode(), headers)


class Cue(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        said = self.server.script.pop(0) if self.server.script else Answer(599)
        if said.before:
            said.before()
        if said.drop:
            self.close_connection = True
            return
        if said.cut_headers:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Len")
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in said.headers:
            self.send_header("Content-Length", str(len(said.body) + said.cut))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said.body)
        self.close_connection = said.cut > 0

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer

    def log_message(self, *_):
        pass


class Scripted(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Cue)
        self.script = []
        self.requests = []

    @property
    def environment(self):
        return KEYS | {"AWS_ENDPOINT_URL": f"http://localhost:{self.server_port}"}

    def said(self):
        return [f"{method} {path}" for method, path, _, _ in self.requests]


@contextlib.contextmanager
def serving(server):
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
        assert not server.script, "the store asked less than expected"
