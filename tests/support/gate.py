"""A gate before a server: what is asked waits there until the test has done what it
is to do meanwhile."""

import contextlib
import socket
import threading

from harness import PATIENCE, wait_until


class Gate:
    """`with Gate(emulator) as gate:` at `gate.origin`; open until it is closed."""

    def __init__(self, behind):
        self.behind = behind
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.waiting, self.is_open = 0, threading.Event()
        self.open()
        threading.Thread(target=self.serve, daemon=True).start()

    def open(self):
        self.is_open.set()

    def close(self):
        self.waiting = 0
        self.is_open.clear()

    def wait_for_requests(self, count=1):
        """Returns once so many stand before it, each on a connection of its own."""
        wait_until(lambda: self.waiting >= count, lambda: f"{count} at once, not {self.waiting}")

    def serve(self):
        with contextlib.suppress(OSError):  # the listener is closed at the end
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.let_in, args=(connection,), daemon=True).start()

    def let_in(self, connection):
        with connection, contextlib.suppress(OSError):
            first = connection.recv(65536)
            self.waiting += 1
            self.is_open.wait(PATIENCE)
            with socket.create_connection(("127.0.0.1", self.behind.port)) as server:
                server.sendall(first)
                threading.Thread(target=copy, args=(connection, server), daemon=True).start()
                copy(server, connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.open()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def copy(source, target):
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
