/* SPDX-License-Identifier: MIT */
/*
 * Reading whole files, with a limit, by read(2): no stdio buffer keeps a copy.
 */
#ifndef OS_FILE_H
#define OS_FILE_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/*
 * Appends the file's bytes to out: of a file that aigenv keeps or finds (vault,
 * state, output, template, package.json). STATUS_IO where it cannot be read,
 * STATUS_INVALID where it has more bytes than out's limit, or is no regular
 * file: a pipe, socket or device in its place is refused and never waited for.
 * *missing (may be NULL) tells ENOENT apart.
 */
bool file_read(const char *path, struct buf *out, bool *missing,
	struct error *err) MUST_CHECK;

/*
 * The same of a file that a person named for this once (identity, SOURCE, a
 * FILE argument): it may be a pipe, whose writer is waited for, or a device.
 * `status` may be NULL.
 */
bool file_read_given(const char *path, struct buf *out, struct stat *status,
	bool *missing, struct error *err) MUST_CHECK;

/*
 * Whom to tell that a pipe of that path is waited for; NULL: nobody. For the
 * whole process: reading is done deep below whoever talks to people. `context`
 * is borrowed until the next call of this.
 */
typedef void file_waiting(void *context, const char *path);
void file_tell_waiting(file_waiting *tell, void *context);

/*
 * The same where a pipe's writer is waited for no longer than so many
 * milliseconds in all; then STATUS_IO.
 */
bool file_read_soon(const char *path, int limit_ms, struct buf *out,
	struct error *err) MUST_CHECK;

/*
 * The same of an argument or option that takes FILE or "-" for stdin; *name is
 * what messages call it, borrowed from `path`.
 */
bool file_read_argument(const char *path, const char **name, struct buf *out,
	struct error *err) MUST_CHECK;

/* STATUS_INVALID, with what it is, where `mode` is no regular file's. */
bool file_check_regular(const char *path, mode_t mode, struct error *err)
	MUST_CHECK;

/* The same from an open descriptor; `name` is for messages. */
bool file_read_descriptor(int file, const char *name, struct buf *out,
	struct error *err) MUST_CHECK;

/*
 * file_read that also gives the file's stat as it was when it was read: what
 * atomic replacing compares (device, inode, size, mtime).
 */
bool file_read_stat(const char *path, struct buf *out, struct stat *status,
	bool *missing, struct error *err) MUST_CHECK;

/* The same file, unchanged: device, inode, size and mtime to the nanosecond. */
bool file_is_unchanged(const char *path, const struct stat *before);

/* The refusal to replace a file that is not what was read before:
 * STATUS_BUSY; false. */
bool file_refuse_changed(const char *name, struct error *err);

bool file_exists(const char *path);

/* False where it is still there. */
bool file_remove(const char *path);

/* How many more descriptors this process may have, up to `wanted`. */
size_t file_descriptors_left(size_t wanted);

/* Writes all bytes, short writes handled. For stdout and pipes. */
bool file_write_all(int file, const char *name, const void *bytes, size_t size,
	struct error *err) MUST_CHECK;

#endif
