/* SPDX-License-Identifier: MIT */
#include "os/lock.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define RETRY_MS 50

static bool has_no_locks(int number)
{
	return number == EBADF || number == ENOLCK || number == EOPNOTSUPP;
}

/* 0, or the errno that kept it from being taken. */
static int try_flock(int file, int patience_ms)
{
	for (int waited = 0;; waited += RETRY_MS) {
		if (flock(file, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return errno;
		if (waited >= patience_ms)
			return EWOULDBLOCK;
		clock_sleep_ms(RETRY_MS);
	}
}

/* The pid in a line of /proc/locks that is about that file, as "1: FLOCK
 * ADVISORY WRITE 1234 fe:01:4711 0 EOF"; else 0. */
static long holder_in(struct slice line, const char *file)
{
	char text[128];
	char *rest = NULL;
	const char *words[6] = { NULL };
	size_t count = 0;

	(void)snprintf(text, sizeof(text), "%.*s", (int)line.size, line.at);
	for (char *word = strtok_r(text, " ", &rest);
		word && count < ARRAY_SIZE(words);
		word = strtok_r(NULL, " ", &rest))
		words[count++] = word;
	if (count < ARRAY_SIZE(words) || !text_equal(words[1], "FLOCK") ||
		!text_equal(words[5], file))
		return 0;
	return strtol(words[4], NULL, 10);
}

/* Who holds a lock on that file. 0 where that is not told: there is no
 * /proc/locks, or it is a process of another namespace. */
static long find_holder(const char *path)
{
	SCOPED(buf) struct buf locks = BUF(1u << 20);
	char file[64];
	struct error ignored;
	struct stat status;
	long holder = 0;

	if (stat(path, &status) != 0 ||
		!file_read("/proc/locks", &locks, NULL, &ignored))
		return 0;
	(void)snprintf(file, sizeof(file), "%02x:%02x:%llu",
		major(status.st_dev), minor(status.st_dev),
		(unsigned long long)status.st_ino);
	struct slice rest = slice_of(buf_cstring(&locks));
	struct slice line;
	while (holder <= 0 && slice_take_line(&rest, &line))
		holder = holder_in(line, file);
	return holder;
}

static bool fail(int number, const char *directory, struct error *err)
{
	if (number == EWOULDBLOCK) {
		long holder = find_holder(directory);
		if (holder > 0)
			error_set(err, STATUS_BUSY,
				_("another aigenv is changing this vault: "
				  "process %ld"),
				holder);
		else
			error_set(err, STATUS_BUSY,
				_("another aigenv is changing this vault"));
		error_at(err, "%s", directory);
		return error_next(err,
			_("try again when it has finished, or wait for it: "
			  "--wait SECONDS"));
	}
	error_errno(
		err, STATUS_IO, number, _("cannot lock the vault's folder"));
	return error_at(err, "%s", directory);
}

bool lock_take(struct lock *lock, const char *directory, int patience_ms,
	struct error *err)
{
	int file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (file < 0)
		return fail(errno, directory, err);
	int number = try_flock(file, patience_ms);
	if (has_no_locks(number)) {
		(void)close(file);
		OWNED char *path = path_join(directory, ".aigenv.lock");
		file = open(
			path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		number = file < 0 ? errno : try_flock(file, patience_ms);
	}
	if (number != 0) {
		if (file >= 0)
			(void)close(file);
		return fail(number, directory, err);
	}
	lock->file = file;
	return true;
}

void lock_release(struct lock *lock)
{
	if (lock->file >= 0)
		(void)close(lock->file);
	*lock = LOCK_NONE;
}
