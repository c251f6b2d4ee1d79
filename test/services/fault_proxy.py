"""A proxy on loopback between the program and a real S3 server, which fails on cue."""

import contextlib
import http.client
import socket
import struct
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Fault:
    """What happens to the requests from number `first` (1 = the first) on.

    kind   "refuse"     503 SlowDown, and the server never sees the request
           "reset"      the connection is reset before the server sees the request
           "lose"       the server carries the request out; the answer is lost
           "cut"        the server carries it out; half of its answer's body comes, then nothing, or
                 half of its headers where it has no body
           "slow"       the answer comes in small pieces
           "kill"       the program is killed before the server sees the request
           "kill after" the program is killed when the server has carried the request out
           "die"        the server is killed before it sees the request
    "hold"       the request waits until somebody sets `released`
    times  how many requests one after the other
    of     only requests that begin so are counted, such as "PUT /models/"
    """

    kind: str
    first: int
    times: int = 1
    of: str = ""

    def meets(self, requests):
        number = sum(request.startswith(self.of) for request in requests)
        counted = requests[-1].startswith(self.of)
        return counted and self.first <= number < self.first + self.times


BUSY = b"<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"
PIECES = 20


class Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        proxy = self.server
        kind = proxy.next_fault(f"{self.command} {self.path.split('?')[0]}")
        if kind == "kill":
            return self.end_program()
        if kind == "die":
            proxy.when_dying()
        if kind == "hold":
            proxy.held.set()
            proxy.released.wait(60)
        if kind == "reset":
            return self.reset()
        if kind == "refuse":
            return self.answer(503, [("Content-Length", str(len(BUSY)))], BUSY)
        try:
            status, headers, content = self.carry_out(body)
        except OSError:
            return self.reset()
        if kind == "kill after":
            return self.end_program()
        if kind == "lose":
            return self.reset()
        self.answer(status, headers, content, kind)

    do_GET = do_PUT = do_POST = do_PATCH = do_HEAD = do_DELETE = relay

    def carry_out(self, body):
        """The server's answer to the same bytes: their signature holds."""
        upstream = http.client.HTTPConnection(*self.server.upstream, timeout=30)
        with contextlib.closing(upstream):
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() != "expect":
                    upstream.putheader(name, value)
            upstream.endheaders(body)
            answer = upstream.getresponse()
            return answer.status, answer.getheaders(), answer.read()

    def answer(self, status, headers, content, kind=None):
        if kind == "cut" and (not content or self.command == "HEAD"):
            self.wfile.write(b"HTTP/1.1 %d OK\r\nContent-Le" % status)
            self.close_connection = True
            return
        self.send_response_only(status)
        named = {name.lower() for name, _ in headers}
        for name, value in headers:
            if name.lower() not in ("connection", "transfer-encoding"):
                self.send_header(name, value)
        if "content-length" not in named:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "HEAD":
            content = b""
        if kind == "cut":
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        elif kind == "slow":
            self.trickle(content)
        else:
            self.wfile.write(content)

    def trickle(self, content):
        step = max(1, len(content) // PIECES)
        for start in range(0, len(content), step):
            self.wfile.write(content[start : start + step])
            self.wfile.flush()
            time.sleep(0.005)

    def end_program(self):
        self.server.program.kill()
        self.reset()

    def reset(self):
        linger = struct.pack("ii", 1, 0)  # closing then sends RST
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True

    def log_message(self, *_):
        pass


class FaultProxy(ThreadingHTTPServer):
    """`program` is the process at whose requests it looks; `seen` lists these."""

    daemon_threads = True
    request_queue_size = 128  # of connections that wait

    def __init__(self, upstream):
        super().__init__(("127.0.0.1", 0), Relay)
        self.upstream = upstream.removeprefix("http://").split(":")
        self.turn = threading.Lock()
        self.when_dying = lambda: None
        self.start_over(None)

    def start_over(self, fault):
        self.fault = fault
        self.held = threading.Event()
        self.released = threading.Event()
        self.seen = []
        self.met = 0

    def next_fault(self, request):
        with self.turn:
            self.seen.append(request)
            if self.fault and self.fault.meets(self.seen):
                self.met += 1
                return self.fault.kind
            return None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_):
        pass  # the program may be dead, as was wanted


@contextlib.contextmanager
def proxy_before(url):
    proxy = FaultProxy(url)
    with proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
