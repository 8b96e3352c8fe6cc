/* SPDX-License-Identifier: MIT */
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_SIZE 65536

static bool too_large(
	const char *name, const struct buf *out, struct error *err)
{
	error_set(err, STATUS_INVALID, "is larger than %zu bytes", out->limit);
	return error_at(err, "%s", name);
}

bool file_read_descriptor(
	int file, const char *name, struct buf *out, struct error *err)
{
	char chunk[CHUNK_SIZE];
	bool ok = true;

	for (;;) {
		ssize_t size = read(file, chunk, sizeof(chunk));
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0) {
			error_errno(err, STATUS_IO, errno, "cannot read it");
			ok = error_at(err, "%s", name);
		}
		if (size <= 0)
			break;
		buf_append(out, chunk, (size_t)size);
		if (buf_failed(out)) {
			ok = too_large(name, out, err);
			break;
		}
	}
	sodium_memzero(chunk, sizeof(chunk));
	return ok;
}

bool file_read_stat(const char *path, struct buf *out, struct stat *status,
	bool *missing, struct error *err)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int number = errno;

	if (missing)
		*missing = file < 0 && number == ENOENT;
	if (file < 0) {
		error_errno(err, STATUS_IO, number, "cannot open it");
		return error_at(err, "%s", path);
	}
	bool ok = fstat(file, status) == 0;
	if (!ok) {
		error_errno(err, STATUS_IO, errno, "cannot read it");
		error_at(err, "%s", path);
	} else if (S_ISDIR(status->st_mode)) {
		error_set(err, STATUS_INVALID, "is a folder, not a file");
		ok = error_at(err, "%s", path);
	} else {
		ok = file_read_descriptor(file, path, out, err);
	}
	(void)close(file);
	return ok;
}

bool file_read(
	const char *path, struct buf *out, bool *missing, struct error *err)
{
	struct stat status;

	return file_read_stat(path, out, &status, missing, err);
}

bool file_is_unchanged(const char *path, const struct stat *before)
{
	struct stat now;

	return stat(path, &now) == 0 && now.st_dev == before->st_dev &&
		now.st_ino == before->st_ino &&
		now.st_size == before->st_size &&
		now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
		now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

bool file_exists(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0;
}

bool file_write_all(int file, const char *name, const void *bytes, size_t size,
	struct error *err)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t written = write(file, at, size);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			error_errno(err, STATUS_IO, errno, "cannot write to %s",
				name);
			return false;
		}
		at += written;
		size -= (size_t)written;
	}
	return true;
}
