"""aigenv, run thousands of times.

The program itself and its own main(), a process for each run; but it is started and
linked once (fork_server.c): that takes five times as long as what most runs do.
"""

import array
import os
import socket
import subprocess
import threading

from harness import AIGENV, BINARY, PATIENCE

# Not where sanitizers are: theirs has to be the first library.
SERVER = BINARY / "tests" / "support" / "fork_server.so"
# What a pipe takes without a reader.
PIPE = 1 << 16

_own = threading.local()


def _server():
    """This thread's; it ends when its socket is closed, with this process at the latest."""
    if not hasattr(_own, "socket"):
        _own.socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other:
            os.set_inheritable(other.fileno(), True)
            _own.process = subprocess.Popen(
                [AIGENV], stdin=subprocess.DEVNULL, pass_fds=[other.fileno()],
                env={"LD_PRELOAD": str(SERVER), "FORK_SERVER": str(other.fileno())})
    return _own.socket


def _all_of(descriptor):
    parts = []
    while part := os.read(descriptor, PIPE):
        parts.append(part)
    os.close(descriptor)
    return b"".join(parts)


def run(*words, cwd, env, input=b""):
    """As subprocess.run() of aigenv with these words: all that it wrote, as bytes."""
    words = [os.fsencode(word) for word in (AIGENV, *words)]
    if not SERVER.exists() or len(input) > PIPE:
        return subprocess.run(words, cwd=cwd, env=env, input=input, capture_output=True,
                              timeout=PATIENCE, check=False)
    strings = [b"%d" % len(words), os.fsencode(cwd), *words,
               *(os.fsencode(f"{name}={value}") for name, value in env.items())]
    server = _server()
    (stdin, feed), (out, stdout), (err, stderr) = os.pipe(), os.pipe(), os.pipe()
    socket.send_fds(server, [b"".join(one + b"\0" for one in strings)], [stdin, stdout, stderr])
    for one in (stdin, stdout, stderr):
        os.close(one)
    try:
        os.write(feed, input)
    except BrokenPipeError:
        pass  # it has ended, and asked for nothing
    os.close(feed)
    # What it says to stderr fits into the pipe.
    written = _all_of(out), _all_of(err)
    status = array.array("i", server.recv(4))[0]
    return subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), *written)
