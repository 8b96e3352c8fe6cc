/* SPDX-License-Identifier: MIT */
#include "os/system.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum effect {
	PASS,
	FAIL,
	SHORT
};

struct fault {
	char call[16];
	unsigned long at;
	char effect[16];
};

static bool read_fault(struct fault *fault)
{
	const char *text = getenv("AIGENV_FAULT");

	if (!text)
		return false;
	const char *first = strchr(text, ':');
	const char *second = first ? strchr(first + 1, ':') : NULL;
	if (!second || (size_t)(first - text) >= sizeof(fault->call) ||
		strlen(second + 1) >= sizeof(fault->effect))
		return false;
	*fault = (struct fault){ .at = strtoul(first + 1, NULL, 10) };
	memcpy(fault->call, text, (size_t)(first - text));
	memcpy(fault->effect, second + 1, strlen(second + 1));
	return true;
}

static int error_number(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} names[] = {
		{ "ENOSPC", ENOSPC },
		{ "EIO", EIO },
		{ "EACCES", EACCES },
		{ "EROFS", EROFS },
		{ "EDQUOT", EDQUOT },
		{ "EFBIG", EFBIG },
		{ "EINTR", EINTR },
		{ "ENOLCK", ENOLCK },
		{ "EWOULDBLOCK", EWOULDBLOCK },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].number;
	return EIO;
}

static bool is_met(const struct fault *fault, const char *call,
	unsigned long count, unsigned long any_count)
{
	if (strcmp(fault->call, "since") == 0)
		return any_count >= fault->at;
	if (strcmp(fault->call, "any") == 0)
		return any_count == fault->at;
	return strcmp(fault->call, call) == 0 && count == fault->at;
}

/* What is to happen to this call of that name; `count` counts its kind. */
static enum effect meet_fault(const char *call, unsigned long *count)
{
	static unsigned long any_count;
	struct fault fault;

	if (!read_fault(&fault))
		return PASS;
	(*count)++;
	any_count++;
	if (!is_met(&fault, call, *count, any_count))
		return PASS;
	if (strcmp(fault.effect, "KILL") == 0)
		(void)raise(SIGKILL);
	if (strcmp(fault.effect, "SHORT") == 0)
		return SHORT;
	errno = error_number(fault.effect);
	return FAIL;
}

#define MEET(call)                                                             \
	static unsigned long count;                                            \
	enum effect effect = meet_fault(call, &count);                         \
	if (effect == FAIL)                                                    \
	return -1

int system_openat(int directory, const char *name, int flags, mode_t mode)
{
	MEET("openat");
	return openat(directory, name, flags | O_CLOEXEC, mode);
}

ssize_t system_write(int file, const void *bytes, size_t size)
{
	MEET("write");
	return write(file, bytes, effect == SHORT && size ? 1 : size);
}

int system_fsync(int file)
{
	MEET("fsync");
	return fsync(file);
}

int system_close(int file)
{
	static unsigned long count;
	enum effect effect = meet_fault("close", &count);
	int saved = errno;
	int result = close(file);

	if (effect != FAIL)
		return result;
	errno = saved;
	return -1;
}

int system_renameat(int directory, const char *from, const char *to)
{
	MEET("rename");
	return renameat(directory, from, directory, to);
}

int system_unlinkat(int directory, const char *name)
{
	MEET("unlink");
	return unlinkat(directory, name, 0);
}

int system_fchmod(int file, mode_t mode)
{
	MEET("fchmod");
	return fchmod(file, mode);
}

int system_fchown(int file, uid_t user, gid_t group)
{
	MEET("fchown");
	return fchown(file, user, group);
}

int system_linkat(int directory, const char *from, const char *to)
{
	MEET("link");
	return linkat(directory, from, directory, to, 0);
}

int system_flock(int file, int operation)
{
	MEET("flock");
	return flock(file, operation);
}

int system_mkdir(const char *path, mode_t mode)
{
	MEET("mkdir");
	return mkdir(path, mode);
}

unsigned system_work_factor(unsigned factor)
{
	const char *other = getenv("AIGENV_WORK_FACTOR");

	return other ? (unsigned)strtoul(other, NULL, 10) : factor;
}
