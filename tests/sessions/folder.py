# SPDX-License-Identifier: MIT
"""A session's files, put back after something else was tried in them."""

import os
import stat


class Folder:
    """The session's files as they were, to be put back."""

    def __init__(self, root):
        self.root = root
        self.files = {path: self.read(path) for path in root.rglob("*")}

    @staticmethod
    def read(path):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            content = path.read_bytes() if os.access(path, os.R_OK) else None
        elif stat.S_ISLNK(status.st_mode):
            content = os.readlink(path)
        else:
            content = None
        return status.st_mode, status.st_mtime_ns, content

    def put_back(self):
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path not in self.files:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        for path, (mode, time_ns, content) in sorted(self.files.items()):
            if os.path.lexists(path) and self.read(path) == (mode, time_ns, content):
                continue
            if stat.S_ISLNK(mode):
                path.unlink(missing_ok=True)
                path.symlink_to(content)
            elif stat.S_ISDIR(mode):
                path.mkdir(exist_ok=True)
                path.chmod(stat.S_IMODE(mode))
            elif stat.S_ISREG(mode) and content is not None:
                path.write_bytes(content)
                path.chmod(stat.S_IMODE(mode))
                os.utime(path, ns=(time_ns, time_ns))
