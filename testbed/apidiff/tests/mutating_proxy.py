"""An HTTP proxy before a real API server that spoils chosen answers."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from apidiff.client import ADMIN

HOP_HEADERS = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive"}


class Answer:
    """What a mutation may change: status, headers and the JSON body (or one watch event)."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class MutatingProxy:
    """Serves on a free port; ``mutate(method, path, answer)`` changes the answer in place.

    Requests with the bearer token ``ADMIN_TOKEN`` go on with the admin's own credential.
    """

    ADMIN_TOKEN = "admin-behind-the-proxy"

    def __init__(self, target, mutate):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_any(self):
                proxy.forward(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        self._target, self._mutate = target, mutate
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def forward(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        data = handler.rfile.read(length) if length else None
        headers = {k: v for k, v in handler.headers.items() if k.lower() not in HOP_HEADERS | {"host"}}
        with requests.Session() as session:
            session.trust_env = False
            certificate = None
            if headers.get("Authorization") == f"Bearer {self.ADMIN_TOKEN}":
                del headers["Authorization"]
                headers |= {k: v for k, v in self._target.headers(ADMIN).items() if k == "Authorization"}
                certificate = self._target.certificate(ADMIN)
            upstream = session.request(
                handler.command, self._target.server.rstrip("/") + handler.path, headers=headers, data=data,
                cert=certificate, verify=self._target.verify, stream=True, allow_redirects=False, timeout=(10, 120))
            watching = "watch=" in handler.path and upstream.status_code == 200
            (self._stream if watching else self._plain)(handler, upstream)

    def _plain(self, handler, upstream):
        content = upstream.content
        answer = self._mutated(handler, upstream, _parsed(content))
        if answer.body is not None:
            content = json.dumps(answer.body).encode()
        self._head(handler, answer, {"Content-Length": str(len(content))})
        handler.wfile.write(content)

    def _stream(self, handler, upstream):
        self._head(handler, Answer(200, dict(upstream.headers), None), {"Transfer-Encoding": "chunked"})
        handler.wfile.flush()
        try:
            for line in upstream.iter_lines(chunk_size=None):
                event = json.dumps(self._mutated(handler, upstream, json.loads(line)).body).encode() + b"\n"
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
                handler.wfile.flush()
            handler.wfile.write(b"0\r\n\r\n")
        except (OSError, requests.RequestException):
            handler.close_connection = True

    def _mutated(self, handler, upstream, body):
        answer = Answer(upstream.status_code, dict(upstream.headers), body)
        self._mutate(handler.command, handler.path, answer)
        return answer

    def _head(self, handler, answer, extra):
        handler.send_response(answer.status)
        for name, value in ({k: v for k, v in answer.headers.items() if k.lower() not in HOP_HEADERS} | extra).items():
            handler.send_header(name, value)
        handler.end_headers()


def _parsed(content):
    try:
        return json.loads(content)
    except ValueError:
        return None
