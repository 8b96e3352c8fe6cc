/* SPDX-License-Identifier: MIT */
#include "os/file.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

/* Most files fit. More would be touched, and wiped, for each of them. */
#define CHUNK_SIZE 8192

static bool too_large(
	const char *name, const struct buf *out, struct error *err)
{
	error_set(err, STATUS_INVALID, _("the input is larger than %zu bytes"),
		out->limit);
	error_at(err, "%s", name);
	return error_next(err, _("check that it is the right one"));
}

static bool refuse_reading(const char *name, int number, struct error *err)
{
	if (number != EBADF) {
		error_errno(
			err, STATUS_IO, number, _("the file cannot be read"));
		return error_at(err, "%s", name);
	}
	error_set(err, STATUS_IO, _("the input cannot be read: it is closed"));
	error_at(err, "%s", name);
	return error_next(err, _("open it, or read from elsewhere"));
}

/* Asked before each read: a pipe without a writer yet reads as one at its end.
 */
static bool wait_until(
	int64_t until, int file, const char *name, struct error *err)
{
	struct pollfd ready = { .fd = file, .events = POLLIN };
	const int64_t left = until - clock_monotonic_ms();

	if (left > 0 && poll(&ready, 1, (int)left) > 0)
		return true;
	error_set(err, STATUS_IO,
		_("it is no file, and what writes into it did not end in "
		  "time"));
	error_at(err, "%s", name);
	return error_next(err, _("write it to a file, and name that"));
}

/* `until` of the clock that never jumps; 0: as long as it takes. */
static bool read_all(int file, const char *name, int64_t until, struct buf *out,
	struct error *err)
{
	char chunk[CHUNK_SIZE];
	bool ok = true;

	while ((ok = !until || wait_until(until, file, name, err))) {
		ssize_t size = read(file, chunk, sizeof(chunk));
		if (size < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (size < 0) {
			ok = refuse_reading(name, errno, err);
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

bool file_read_descriptor(
	int file, const char *name, struct buf *out, struct error *err)
{
	return read_all(file, name, 0, out, err);
}

/* What may be opened. */
enum file_kind {
	FILE_KEPT,  /* a regular file and nothing else, without waiting */
	FILE_GIVEN, /* also a pipe or device, whose writer is waited for */
	FILE_SOON,  /* the same, and it opens at once */
};

bool file_check_regular(const char *path, mode_t mode, struct error *err)
{
	if (S_ISREG(mode))
		return true;
	const char *last = path_name(path);
	const char *name = *last ? last : path;

	if (S_ISDIR(mode))
		error_set(err, STATUS_INVALID,
			_("%.200s is a folder, not a file"), name);
	else if (S_ISFIFO(mode))
		error_set(err, STATUS_INVALID,
			_("%.200s is a pipe, not a file"), name);
	else if (S_ISSOCK(mode))
		error_set(err, STATUS_INVALID,
			_("%.200s is a socket, not a file"), name);
	else
		error_set(err, STATUS_INVALID,
			_("%.200s is a device, not a file"), name);
	error_at(err, "%s", path);
	return error_next(
		err, _("move it away, or give the path of a regular file"));
}

/* A socket cannot be opened at all, nor can a device without a driver. */
static bool refuse_unopened(const char *path, int number, struct error *err)
{
	struct stat status;

	if (number == ENXIO && stat(path, &status) == 0 &&
		!file_check_regular(path, status.st_mode, err))
		return false;
	error_errno(err, STATUS_IO, number, _("the file cannot be opened"));
	return error_at(err, "%s", path);
}

static struct {
	file_waiting *tell;
	void *context;
} waiting;

void file_tell_waiting(file_waiting *tell, void *context)
{
	waiting.tell = tell;
	waiting.context = context;
}

/* A pipe that was named may have a writer yet; a shell's <(...) is a link to
 * one that has. */
static void tell_waiting(const char *path)
{
	struct stat status;

	if (waiting.tell && lstat(path, &status) == 0 &&
		S_ISFIFO(status.st_mode))
		waiting.tell(waiting.context, path);
}

static bool check_kind(
	const char *path, enum file_kind kind, mode_t mode, struct error *err)
{
	return (kind != FILE_KEPT && !S_ISDIR(mode)) ||
		file_check_regular(path, mode, err);
}

/*
 * The one place where a file is opened for reading. Not waiting, a pipe
 * without a writer opens at once and is then seen to be none of ours.
 */
static int open_file(const char *path, enum file_kind kind, struct stat *status,
	bool *missing, struct error *err)
{
	int wait = kind == FILE_GIVEN ? 0 : O_NONBLOCK;

	if (kind == FILE_GIVEN)
		tell_waiting(path);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | wait);
	int number = errno;

	if (missing)
		*missing = file < 0 && number == ENOENT;
	if (file < 0) {
		refuse_unopened(path, number, err);
		return -1;
	}
	if (fstat(file, status) != 0) {
		error_errno(
			err, STATUS_IO, errno, _("the file cannot be read"));
		error_at(err, "%s", path);
	} else if (check_kind(path, kind, status->st_mode, err)) {
		return file;
	}
	(void)close(file);
	return -1;
}

static bool read_file(const char *path, enum file_kind kind, struct buf *out,
	struct stat *status, bool *missing, struct error *err)
{
	int file = open_file(path, kind, status, missing, err);

	if (file < 0)
		return false;
	if (S_ISREG(status->st_mode) && status->st_size > 0)
		buf_reserve(out, (size_t)status->st_size);
	bool ok = file_read_descriptor(file, path, out, err);
	(void)close(file);
	return ok;
}

bool file_read_stat(const char *path, struct buf *out, struct stat *status,
	bool *missing, struct error *err)
{
	return read_file(path, FILE_KEPT, out, status, missing, err);
}

bool file_read(
	const char *path, struct buf *out, bool *missing, struct error *err)
{
	struct stat status;

	return read_file(path, FILE_KEPT, out, &status, missing, err);
}

bool file_read_given(const char *path, struct buf *out, struct stat *status,
	bool *missing, struct error *err)
{
	struct stat unused;

	return read_file(
		path, FILE_GIVEN, out, status ? status : &unused, missing, err);
}

bool file_read_soon(
	const char *path, int limit_ms, struct buf *out, struct error *err)
{
	const int64_t until = clock_monotonic_ms() + limit_ms;
	struct stat status;
	int file = open_file(path, FILE_SOON, &status, NULL, err);

	if (file < 0)
		return false;
	bool ok = read_all(file, path, until, out, err);
	(void)close(file);
	return ok;
}

bool file_read_argument(
	const char *path, const char **name, struct buf *out, struct error *err)
{
	bool is_stdin = text_equal(path, "-");

	*name = is_stdin ? "stdin" : path;
	return is_stdin ? file_read_descriptor(STDIN_FILENO, *name, out, err)
			: file_read_given(path, out, NULL, NULL, err);
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

bool file_refuse_changed(const char *name, struct error *err)
{
	error_set(err, STATUS_BUSY,
		_("the file was changed by something else in the meantime, and "
		  "was not overwritten"));
	error_at(err, "%s", name);
	return error_next(err, _("run the command again"));
}

bool file_exists(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0;
}

bool file_remove(const char *path)
{
	return system_unlinkat(AT_FDCWD, path) == 0 || errno == ENOENT;
}

/* How many of the numbers [from, from + size) nothing has. */
static size_t count_free(struct pollfd *numbers, size_t from, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		numbers[i] = (struct pollfd){ .fd = (int)(from + i) };
	if (poll(numbers, size, 0) < 0)
		return 0;
	for (size_t i = 0; i < size; i++)
		count += (numbers[i].revents & POLLNVAL) != 0;
	return count;
}

size_t file_descriptors_left(size_t wanted)
{
	OWNED struct pollfd *numbers = memory_array(wanted, sizeof(*numbers));
	struct rlimit limit = { 0 };
	size_t count = 0;

	(void)getrlimit(RLIMIT_NOFILE, &limit);
	for (size_t from = 0; count < wanted && from < limit.rlim_cur &&
		from < INT_MAX - wanted;
		from += wanted) {
		size_t left = limit.rlim_cur - from;
		count += count_free(
			numbers, from, left < wanted ? left : wanted);
	}
	return count < wanted ? count : wanted;
}

static bool refuse_writing(const char *name, int number, struct error *err)
{
	if (number != EBADF)
		return error_errno(
			err, STATUS_IO, number, _("cannot write to %s"), name);
	error_set(err, STATUS_IO, _("%s is closed"), name);
	return error_next(err, _("open it, or write elsewhere"));
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
			return refuse_writing(name, errno, err);
		}
		at += written;
		size -= (size_t)written;
	}
	return true;
}
