"""An admission webhook on loopback for the cases: how it answers is in the path."""

import base64
import json
import ssl
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The message of denied requests, and what else an answer may hold; the key is the last part of the path.
ANSWERS = {
    "allow": {"allowed": True},
    "deny": {"allowed": False},
    "message": {"allowed": False, "status": {"message": "not on my watch"}},
    "reason": {"allowed": False, "status": {"reason": "Invalid", "code": 422, "message": "too many wishes"}},
    "code": {"allowed": False, "status": {"code": 418}},
    "warn": {"allowed": True, "warnings": ["be careful", "be very careful"]},
    "warndeny": {"allowed": False, "warnings": ["told you"], "status": {"message": "no"}},
    "audit": {"allowed": True, "auditAnnotations": {"seen": "yes"}},
    "patch": {"allowed": True, "patchType": "JSONPatch", "patch": base64.b64encode(b"[]").decode()},
}
SLOW_SECONDS = 3


class Webhook:
    """Serves HTTPS on a free port. A path is /SUFFIX/ANSWER; requests are remembered by suffix."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="apidiff-")
        certificate, key = Path(self._folder.name, "crt"), Path(self._folder.name, "key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", "/CN=apidiff", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
        self.authority = base64.b64encode(certificate.read_bytes()).decode()
        self._seen, self._lock = {}, threading.Lock()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.context = context
        self.url = f"https://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def reviews(self, suffix):
        """The reviews that came for a case, oldest first."""
        with self._lock:
            return list(self._seen.get(suffix, []))

    def close(self):
        """Stops serving."""
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()

    def _remember(self, suffix, review):
        with self._lock:
            self._seen.setdefault(suffix, []).append(review)

    def _handler(self):
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                review = json.loads(self.rfile.read(length))
                _, suffix, answer = self.path.split("?")[0].split("/", 2)
                webhook._remember(suffix, review)
                status, body = _answer(answer, review)
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:  # the API server has given up waiting
                    self.close_connection = True

        return Handler


class _Server(ThreadingHTTPServer):
    """The handshake happens in the thread of the request."""

    daemon_threads = True
    context = None

    def finish_request(self, request, client_address):
        try:
            with self.context.wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)
        except OSError:  # somebody else's certificate, or gone
            pass


def _answer(name, review):
    if name == "error":
        return 500, b"out of order\n"
    if name == "garbage":
        return 200, b"nothing to read"
    if name == "slow":
        time.sleep(SLOW_SECONDS)
        name = "allow"
    uid = "other" if name == "uid" else review["request"]["uid"]
    kind = "Pod" if name == "kind" else "AdmissionReview"
    response = None if name == "empty" else {"uid": uid} | ANSWERS.get(name, {"allowed": True})
    return 200, {"apiVersion": "admission.k8s.io/v1", "kind": kind, "response": response}
