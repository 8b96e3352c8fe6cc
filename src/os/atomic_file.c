/* SPDX-License-Identifier: MIT */
#include "os/atomic_file.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMPORARY_MARK ".aigenv-"
#define RANDOM_LETTERS 6
#define WRITE_ATTEMPTS 5

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
	char *folder = path_directory(path);
	char *resolved_folder = path_resolve(folder);
	char *joined = resolved_folder
		? path_join(resolved_folder, path_name(path))
		: memory_text(path);
	free(folder);
	free(resolved_folder);
	return joined;
}

static char *temporary_name(const char *target)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char random[RANDOM_LETTERS + 1] = { 0 };

	for (size_t i = 0; i < RANDOM_LETTERS; i++)
		random[i] = letters[randombytes_uniform(sizeof(letters) - 1)];
	return memory_printf(".%s" TEMPORARY_MARK "%s", target, random);
}

static bool fail(
	const struct atomic_file *file, const char *doing, struct error *err)
{
	int number = errno;

	error_errno(err, STATUS_IO, number, "%s", doing);
	error_at(err, "%s", file->path);
	if (number == ENOSPC || number == EDQUOT)
		return error_next(err,
			"free some space and run it again; nothing was "
			"changed");
	if (number == EACCES || number == EPERM || number == EROFS)
		return error_next(err,
			"make its folder writable for you; nothing was "
			"changed");
	return error_next(err,
		"see to the disk and run it again; nothing was "
		"changed");
}

/* The mode and owner that an older file of that name has. */
static bool adopt_owner(
	const struct atomic_file *file, int descriptor, enum atomic_mode mode)
{
	struct stat old;

	if (fstatat(file->directory, file->target, &old, 0) != 0) {
		if (mode == ATOMIC_PRIVATE)
			return true;
		/* The mode that open(2) would have given by umask. */
		mode_t mask = umask(0);
		(void)umask(mask);
		return system_fchmod(descriptor, 0644 & ~mask) == 0;
	}
	/* Only root can give a file away; the same owner needs no change. */
	if ((old.st_uid != geteuid() || old.st_gid != getegid()) &&
		system_fchown(descriptor, old.st_uid, old.st_gid) != 0 &&
		errno != EPERM)
		return false;
	return mode == ATOMIC_PRIVATE
		? system_fchmod(descriptor, 0600) == 0
		: system_fchmod(descriptor, old.st_mode & 0777) == 0;
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

static bool fill(struct atomic_file *file, enum atomic_mode mode,
	const void *bytes, size_t size, struct error *err)
{
	int descriptor = system_openat(file->directory, file->temporary,
		O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0600);

	if (descriptor < 0) {
		fail(file, "cannot create a file beside it", err);
		free(file->temporary);
		file->temporary = NULL;
		return false;
	}
	bool ok = write_all(descriptor, bytes, size) &&
		adopt_owner(file, descriptor, mode) &&
		system_fsync(descriptor) == 0;
	if (!ok)
		fail(file, "cannot write it", err);
	if (system_close(descriptor) != 0 && ok)
		ok = fail(file, "cannot write it", err);
	return ok;
}

static bool begin(struct atomic_file *file, const char *path, struct error *err)
{
	char *whole = final_path(path);
	char *folder = path_directory(whole);
	struct stat old;

	*file = ATOMIC_FILE_NONE;
	file->path = memory_text(path);
	file->target = memory_text(path_name(whole));
	file->directory =
		open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* NOLINT */
	free(folder);
	free(whole);
	if (file->directory < 0)
		return fail(file, "cannot open its folder", err);
	/* What is no file is nobody's to replace: /dev/null would be gone. */
	if (fstatat(file->directory, file->target, &old, 0) == 0 &&
		!file_check_regular(file->path, old.st_mode, err))
		return false;
	file->temporary = temporary_name(file->target);
	return true;
}

bool atomic_file_stage(struct atomic_file *file, const char *path,
	enum atomic_mode mode, const void *bytes, size_t size,
	struct error *err)
{
	if (begin(file, path, err) && fill(file, mode, bytes, size, err))
		return true;
	atomic_file_release(file);
	return false;
}

/*
 * The file is in place; what is left is that it survives a crash. Some file
 * systems cannot sync a folder (EINVAL).
 */
static bool sync_folder(const struct atomic_file *file, struct error *err)
{
	if (system_fsync(file->directory) == 0 || errno == EINVAL)
		return true;
	error_errno(err, STATUS_IO, errno, "cannot sync its folder");
	error_at(err, "%s", file->path);
	return error_next(err,
		"the file is written, but a crash now could lose it: see to "
		"the disk and run it again");
}

bool atomic_file_commit(struct atomic_file *file, struct error *err)
{
	if (system_renameat(file->directory, file->temporary, file->target) !=
		0)
		return fail(file, "cannot put it in place", err);
	free(file->temporary);
	file->temporary = NULL;
	return sync_folder(file, err);
}

void atomic_file_release(struct atomic_file *file)
{
	if (file->temporary) {
		(void)system_unlinkat(file->directory, file->temporary);
		free(file->temporary);
	}
	if (file->directory >= 0)
		(void)close(file->directory);
	free(file->target);
	free(file->path);
	*file = ATOMIC_FILE_NONE;
}

/*
 * Another aigenv that writes the same file without the vault's lock has taken
 * ours for a leftover.
 */
static bool was_swept(const struct atomic_file *file)
{
	struct stat status;

	return file->temporary &&
		fstatat(file->directory, file->temporary, &status,
			AT_SYMLINK_NOFOLLOW) != 0 &&
		errno == ENOENT;
}

/* link(2), unlike rename, never replaces what is there. */
static bool commit_new(struct atomic_file *file, struct error *err)
{
	if (file->temporary &&
		linkat(file->directory, file->temporary, file->directory,
			file->target, 0) == 0)
		return sync_folder(file, err);
	if (errno != EEXIST)
		return fail(file, "cannot put it in place", err);
	error_set(err, STATUS_INVALID, "it exists already");
	return error_at(err, "%s", file->path);
}

typedef bool commit_file(struct atomic_file *file, struct error *err);

static bool write_file(const char *path, enum atomic_mode mode,
	const struct bytes *bytes, commit_file *commit, struct error *err)
{
	struct atomic_file file;
	bool done = false;
	bool again = true;

	for (int i = 0; i < WRITE_ATTEMPTS && again; i++) {
		atomic_file_sweep(path);
		if (!atomic_file_stage(
			    &file, path, mode, bytes->data, bytes->size, err))
			return false;
		done = commit(&file, err);
		again = !done && was_swept(&file);
		atomic_file_release(&file);
	}
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

static bool is_leftover(const char *name, const char *target)
{
	size_t size = strlen(target);
	size_t mark = sizeof(TEMPORARY_MARK) - 1;

	return name[0] == '.' && strncmp(name + 1, target, size) == 0 &&
		strncmp(name + 1 + size, TEMPORARY_MARK, mark) == 0 &&
		strlen(name + 1 + size + mark) == RANDOM_LETTERS;
}

void atomic_file_sweep(const char *path)
{
	char *whole = final_path(path);
	char *folder = path_directory(whole);
	DIR *directory = opendir(folder);

	while (directory) {
		const struct dirent *entry = readdir(directory);
		if (!entry)
			break;
		if (is_leftover(entry->d_name, path_name(whole)))
			(void)system_unlinkat(dirfd(directory), entry->d_name);
	}
	if (directory)
		(void)closedir(directory);
	free(folder);
	free(whole);
}
