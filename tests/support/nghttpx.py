"""nghttpx, the HTTP/2 server that stands before an aig-emulator."""

import shutil
import socket
import subprocess

from harness import PATIENCE, free_port, wait_until


def is_here():
    return bool(shutil.which("nghttpx") and shutil.which("openssl"))


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except OSError:
        return False
    return True


class Nghttpx:
    """TLS and HTTP/2 at `origin`, HTTP/1.1 behind it: `with Nghttpx(folder, port) as it:`

    `authority` is the file of its certificate; `log` has for each request what was
    spoken and the port it came from.
    """

    def __init__(self, folder, backend):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout",
             "key.pem", "-out", "cert.pem", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
            cwd=folder, check=True, capture_output=True,
        )
        self.port = free_port()
        self.origin = f"https://localhost:{self.port}"
        self.log = folder / "access.log"
        self.authority = str(folder / "cert.pem")
        self.process = subprocess.Popen(
            ["nghttpx", f"-f127.0.0.1,{self.port}", f"-b127.0.0.1,{backend}",
             "--workers=1", "--conf=/dev/null", f"--accesslog-file={self.log}",
             "--accesslog-format=$alpn $remote_port", f"--errorlog-file={folder}/error.log",
             str(folder / "key.pem"), str(folder / "cert.pem")],
            cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: listens(self.port), "nghttpx listens", 0.1)

    def spoken(self):
        """[(protocol, port it came from)] of every request so far."""
        return [tuple(line.split()) for line in self.log.read_text().splitlines()]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
