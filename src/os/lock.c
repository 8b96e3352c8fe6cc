/* SPDX-License-Identifier: MIT */
#include "os/lock.h"

#include "base/i18n.h"
#include "os/clock.h"
#include "os/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
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

static bool fail(int number, const char *directory, struct error *err)
{
	if (number == EWOULDBLOCK) {
		error_set(err, STATUS_BUSY,
			_("another aigenv is changing this vault"));
		error_at(err, "%s", directory);
		return error_next(err, _("try again when it has finished"));
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
		char *path = path_join(directory, ".aigenv.lock");
		file = open(
			path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		number = file < 0 ? errno : try_flock(file, patience_ms);
		free(path);
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
