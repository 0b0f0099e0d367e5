#!/usr/bin/env python3
"""Stands in for the provost binary in the testkit's own tests: `serve` answers each request with its own bytes in chunks,
any other command prints its arguments, its input and its database."""
import http.server
import os
import signal
import sys


class Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in (self.requestline.encode(), b"\n", body):
            if chunk:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_DELETE = do_PROPFIND = answer


def serve(listen):
    if os.environ.get("PROVOST_BROKEN"):
        sys.exit("the settings are wrong")
    host, port = listen.split(":")
    server = http.server.ThreadingHTTPServer((host, int(port)), Echo)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("a line before", flush=True)
    print(f"listening on http://{host}:{server.server_port}", flush=True)
    server.serve_forever()


if sys.argv[1:2] == ["serve"]:
    serve(sys.argv[sys.argv.index("--listen") + 1])
else:
    print(" ".join(sys.argv[1:]), sys.stdin.read(), os.environ["PROVOST_DATABASE"])
    sys.exit(3)
