/* SPDX-License-Identifier: MIT */
#include "os/system.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int system_openat(int directory, const char *name, int flags, mode_t mode)
{
	return openat(directory, name, flags | O_CLOEXEC, mode);
}

ssize_t system_write(int file, const void *bytes, size_t size)
{
	return write(file, bytes, size);
}

int system_fsync(int file)
{
	return fsync(file);
}

int system_close(int file)
{
	return close(file);
}

int system_renameat(int directory, const char *from, const char *to)
{
	return renameat(directory, from, directory, to);
}

int system_unlinkat(int directory, const char *name)
{
	return unlinkat(directory, name, 0);
}

int system_fchmod(int file, mode_t mode)
{
	return fchmod(file, mode);
}

int system_fchown(int file, uid_t user, gid_t group)
{
	return fchown(file, user, group);
}

int system_linkat(int directory, const char *from, const char *to)
{
	return linkat(directory, from, directory, to, 0);
}

int system_flock(int file, int operation)
{
	return flock(file, operation);
}

int system_mkdir(const char *path, mode_t mode)
{
	return mkdir(path, mode);
}

unsigned system_work_factor(unsigned factor)
{
	return factor;
}
