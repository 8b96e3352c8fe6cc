/* SPDX-License-Identifier: MIT */
#include "os/atomic_file.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/owner.h"
#include "os/sudo_caller.h"
#include "os/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_MARK ".aigenv-"
#define RANDOM_LETTERS 6
#define CREATE_ATTEMPTS 5

static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

struct bytes {
	const void *data;
	size_t size;
};

/* Where the bytes are to land: symbolic links resolved, the last one too. */
static char *final_path(const char *path)
{
	char *resolved = path_resolve(path);

	if (resolved)
		return resolved;
	/* Not there yet: only its folder can be resolved. */
	OWNED char *folder = path_directory(path);
	OWNED char *resolved_folder = path_resolve(folder);
	return resolved_folder ? path_join(resolved_folder, path_name(path))
			       : memory_text(path);
}

static char *temporary_name(const char *target)
{
	char random[RANDOM_LETTERS + 1] = { 0 };

	for (size_t i = 0; i < RANDOM_LETTERS; i++)
		random[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	/* A `.env` in a .gitignore covers no "..env". */
	return memory_printf("%s%s" TEMPORARY_MARK "%s",
		target[0] == '.' ? "" : ".", target, random);
}

/* `number` is the errno value; it is taken before anything is freed. */
static bool fail(const struct atomic_file *file, int number, const char *doing,
	struct error *err)
{
	error_errno(err, STATUS_IO, number, "%s", doing);
	error_at(err, "%s", file->path);
	if (number == ENOSPC || number == EDQUOT)
		return error_next(err,
			_("free some space and run it again; nothing was "
			  "changed"));
	if (number == EFBIG)
		return error_next(err,
			_("raise the limit on a file's size (`ulimit -f`) and "
			  "run it again; nothing was changed"));
	if (number == EACCES || number == EPERM || number == EROFS)
		return error_next(err,
			_("make its folder writable for you; nothing was "
			  "changed"));
	if (number == EBUSY)
		return error_next(err,
			_("it is mounted as a file of its own: mount its "
			  "folder instead; nothing was changed"));
	return error_next(
		err, _("check the disk and run it again; nothing was changed"));
}

/* Whether the older file's owner may get what a private file holds. */
static bool may_keep_owner(
	const struct atomic_file *file, const struct stat *old)
{
	struct stat folder;

	return file->mode == ATOMIC_SHARED ||
		(fstat(file->directory, &folder) == 0 &&
			owner_may_keep(old, &folder));
}

/* A new file's owner: whose folder it is, where he called sudo. */
static bool give_to_caller(const struct atomic_file *file, int descriptor)
{
	struct stat folder;

	return fstat(file->directory, &folder) != 0 ||
		!sudo_caller_owns(&folder) ||
		system_fchown(descriptor, folder.st_uid, folder.st_gid) == 0;
}

/* The mode and owner that an older file of that name has. */
static bool adopt_owner(const struct atomic_file *file, int descriptor)
{
	struct stat old;

	if (fstatat(file->directory, file->target, &old, 0) != 0) {
		if (!give_to_caller(file, descriptor))
			return false;
		if (file->mode != ATOMIC_SHARED)
			return true;
		/* The mode that open(2) would have given by umask. */
		mode_t mask = umask(0);
		(void)umask(mask);
		return system_fchmod(descriptor, 0644 & ~mask) == 0;
	}
	/* The file was replaced since begin() looked at it. */
	if (!may_keep_owner(file, &old)) {
		errno = EPERM;
		return false;
	}
	/* Only root can give a file away; the same owner needs no change. */
	if ((old.st_uid != geteuid() || old.st_gid != getegid()) &&
		system_fchown(descriptor, old.st_uid, old.st_gid) != 0 &&
		errno != EPERM)
		return false;
	return file->mode == ATOMIC_SHARED
		? system_fchmod(descriptor, old.st_mode & 0777) == 0
		: system_fchmod(descriptor, 0600) == 0;
}

static bool write_all(int file, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t written = system_write(file, at, size);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		at += written;
		size -= (size_t)written;
	}
	return true;
}

enum hold {
	HELD,
	SWEPT, /* somebody who sweeps was quicker */
	NOT_HELD,
};

/*
 * The lock tells those who sweep that the file has a writer. It stands on a
 * second descriptor, as the first one is closed before the rename, so that
 * close can report an error. Where there are no locks nobody sweeps either.
 */
static enum hold hold(struct atomic_file *file, int descriptor)
{
	struct stat status;

	file->lock = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
	if (file->lock < 0)
		return NOT_HELD;
	if (system_flock(file->lock, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? SWEPT : HELD;
	if (fstat(file->lock, &status) != 0)
		return NOT_HELD;
	return status.st_nlink > 0 ? HELD : SWEPT;
}

static void drop_temporary(struct atomic_file *file)
{
	if (file->lock >= 0)
		(void)close(file->lock);
	file->lock = -1;
	(void)system_unlinkat(file->directory, file->temporary);
	free(file->temporary);
	file->temporary = NULL;
}

/* A new file of our own, held; -1 and errno. */
static int create(struct atomic_file *file)
{
	for (int i = 0; i < CREATE_ATTEMPTS; i++) {
		file->temporary = temporary_name(file->target);
		int descriptor = system_openat(file->directory, file->temporary,
			O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0600);
		if (descriptor < 0) {
			int number = errno;
			free(file->temporary);
			file->temporary = NULL;
			errno = number;
			return -1;
		}
		enum hold held = hold(file, descriptor);
		if (held == HELD)
			return descriptor;
		int number = held == SWEPT ? EBUSY : errno;
		(void)close(descriptor);
		drop_temporary(file);
		errno = number;
		if (held == NOT_HELD)
			return -1;
	}
	return -1;
}

static bool fill(struct atomic_file *file, const void *bytes, size_t size,
	struct error *err)
{
	int descriptor = create(file);

	if (descriptor < 0)
		return fail(
			file, errno, _("cannot create a file beside it"), err);
	bool ok = write_all(descriptor, bytes, size) &&
		adopt_owner(file, descriptor) &&
		(file->mode == ATOMIC_PASSING || system_fsync(descriptor) == 0);
	int number = errno;
	if (system_close(descriptor) != 0 && ok) {
		ok = false;
		number = errno;
	}
	return ok || fail(file, number, _("the file cannot be written"), err);
}

static bool refuse_folder(
	const struct atomic_file *file, int number, struct error *err)
{
	fail(file, number, _("the folder of the file cannot be opened"), err);
	if (number != ENOENT)
		return false;
	OWNED char *folder = path_directory(file->path);
	OWNED char *quoted = shell_quoted_short(folder);
	if (quoted)
		error_next(err, _("make it first: `mkdir -p %s`"), quoted);
	else
		error_next(err, _("make it first"));
	return false;
}

static bool begin(struct atomic_file *file, const char *path,
	enum atomic_mode mode, struct error *err)
{
	OWNED char *whole = final_path(path);
	OWNED char *folder = path_directory(whole);
	struct stat old;

	*file = ATOMIC_FILE_NONE;
	file->mode = mode;
	file->path = memory_text(path);
	file->target = memory_text(path_name(whole));
	file->directory =
		open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* NOLINT */
	int number = errno;
	if (file->directory < 0)
		return refuse_folder(file, number, err);
	if (fstatat(file->directory, file->target, &old, 0) != 0)
		return true;
	/* What is no file is nobody's to replace: /dev/null would be gone. */
	return file_check_regular(file->path, old.st_mode, err) &&
		(may_keep_owner(file, &old) ||
			owner_refuse_output(file->path, &old, err));
}

bool atomic_file_stage(struct atomic_file *file, const char *path,
	enum atomic_mode mode, const void *bytes, size_t size,
	struct error *err)
{
	if (begin(file, path, mode, err) && fill(file, bytes, size, err))
		return true;
	atomic_file_release(file);
	return false;
}

static bool refuse_unsynced(
	const struct atomic_file *file, int number, struct error *err)
{
	error_errno(err, STATUS_IO, number,
		_("the folder of the file cannot be synced"));
	error_at(err, "%s", file->path);
	return error_next(err,
		_("the file is written, but a crash now could lose it: check "
		  "the disk; there is no need to run it again"));
}

/* The file is in place; what is left is that it survives a crash. */
static bool sync_folder(const struct atomic_file *file, struct error *err)
{
	int number = file->mode == ATOMIC_PASSING
		? 0
		: directory_sync(file->directory);

	return number == 0 || refuse_unsynced(file, number, err);
}

bool atomic_file_commit(struct atomic_file *file, struct error *err)
{
	if (system_renameat(file->directory, file->temporary, file->target) !=
		0)
		return fail(file, errno,
			_("the new file cannot be put in its place"), err);
	free(file->temporary);
	file->temporary = NULL;
	return sync_folder(file, err);
}

void atomic_file_release(struct atomic_file *file)
{
	if (file->temporary)
		drop_temporary(file);
	if (file->lock >= 0)
		(void)close(file->lock);
	if (file->directory >= 0)
		(void)close(file->directory);
	free(file->target);
	free(file->path);
	*file = ATOMIC_FILE_NONE;
}

static bool refuse_existing(const char *path, struct error *err)
{
	error_set(
		err, STATUS_INVALID, _("a file of that name is there already"));
	error_at(err, "%s", path);
	return error_next(
		err, _("give another name, or move that file away first"));
}

bool atomic_file_check_new(const char *path, struct error *err)
{
	struct stat status;

	return stat(path, &status) != 0 || refuse_existing(path, err);
}

/*
 * link(2), unlike rename, never replaces what is there. What was not there
 * before can be taken back where it cannot be synced.
 */
static bool commit_new(struct atomic_file *file, struct error *err)
{
	int number = 0;

	if (system_linkat(file->directory, file->temporary, file->target) != 0)
		number = errno;
	if (number == EEXIST)
		return refuse_existing(file->path, err);
	if (number != 0)
		return fail(file, number,
			_("the new file cannot be put in its place"), err);
	number = directory_sync(file->directory);
	if (number == 0)
		return true;
	return system_unlinkat(file->directory, file->target) == 0
		? fail(file, number,
			  _("the folder of the file cannot be synced"), err)
		: refuse_unsynced(file, number, err);
}

typedef bool commit_file(struct atomic_file *file, struct error *err);

static bool write_file(const char *path, enum atomic_mode mode,
	const struct bytes *bytes, commit_file *commit, struct error *err)
{
	struct atomic_file file;

	atomic_file_sweep(path);
	if (!atomic_file_stage(
		    &file, path, mode, bytes->data, bytes->size, err))
		return false;
	bool done = commit(&file, err);
	atomic_file_release(&file);
	return done;
}

bool atomic_file_write(const char *path, enum atomic_mode mode,
	const void *bytes, size_t size, struct error *err)
{
	const struct bytes all = { bytes, size };

	return write_file(path, mode, &all, atomic_file_commit, err);
}

bool atomic_file_create(
	const char *path, const void *bytes, size_t size, struct error *err)
{
	const struct bytes all = { bytes, size };

	return write_file(path, ATOMIC_PRIVATE, &all, commit_new, err);
}

/* .NAME.aigenv-XXXXXX of any name: an output may have moved since. */
static bool is_temporary(const char *name)
{
	size_t size = strlen(name);
	size_t tail = sizeof(TEMPORARY_MARK) - 1 + RANDOM_LETTERS;

	return name[0] == '.' && size > tail + 1 &&
		text_starts_with(name + size - tail, TEMPORARY_MARK) &&
		strspn(name + size - RANDOM_LETTERS, letters) == RANDOM_LETTERS;
}

/* Whether it is a left-over, which is removed where that is wanted; a writer
 * that is still at work holds its lock. */
static bool is_left_over(int directory, const char *name, bool remove)
{
	struct stat status;
	int file = openat(directory, name,
		O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (file < 0)
		return false;
	bool is_one = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
		system_flock(file, LOCK_EX | LOCK_NB) == 0;
	if (is_one && remove)
		(void)system_unlinkat(directory, name);
	(void)close(file);
	return is_one;
}

/* How many there are, or were. */
static size_t look_for_left_over(const char *path, bool remove)
{
	OWNED char *whole = final_path(path);
	OWNED char *folder = path_directory(whole);
	DIR *directory = opendir(folder);
	size_t count = 0;

	while (directory) {
		const struct dirent *entry = readdir(directory);
		if (!entry)
			break;
		if (is_temporary(entry->d_name) &&
			is_left_over(dirfd(directory), entry->d_name, remove))
			count++;
	}
	if (directory)
		(void)closedir(directory);
	return count;
}

void atomic_file_sweep(const char *path)
{
	(void)look_for_left_over(path, true);
}

size_t atomic_file_count_left(const char *path)
{
	return look_for_left_over(path, false);
}
