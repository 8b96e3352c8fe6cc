/* SPDX-License-Identifier: MIT */
#include "os/hardening.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * A program started without stdin, stdout or stderr would get those numbers
 * for the next file that it opens, and write messages into it.
 */
static bool fill_standard_descriptors(void)
{
	for (;;) {
		int file = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (file < 0)
			return false;
		if (file > STDERR_FILENO)
			return close(file) == 0;
		/* It is to stay open, also for children. */
		(void)fcntl(file, F_SETFD, 0);
	}
}

/*
 * The limit that the process was born with. Process-wide like the limit itself,
 * so it lives where that is set; written once, before anything else runs.
 */
static struct rlimit original_core_limit;
static bool core_limit_is_lowered;

bool hardening_apply(struct error *err)
{
	struct rlimit core = { 0 };

	if (!fill_standard_descriptors())
		return error_set(err, STATUS_IO, "cannot open /dev/null");
	if (sodium_init() < 0)
		return error_set(err, STATUS_IO, "cannot start libsodium");
	(void)signal(SIGPIPE, SIG_IGN);
	if (getrlimit(RLIMIT_CORE, &core) == 0) {
		original_core_limit = core;
		core.rlim_cur = 0;
		core_limit_is_lowered = setrlimit(RLIMIT_CORE, &core) == 0;
	}
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	return true;
}

void hardening_undo_for_child(void)
{
	if (core_limit_is_lowered)
		(void)setrlimit(RLIMIT_CORE, &original_core_limit);
	(void)signal(SIGPIPE, SIG_DFL);
}

bool hardening_can_lock_memory(void)
{
	static unsigned char page[64];

	if (sodium_mlock(page, sizeof(page)) != 0)
		return false;
	(void)sodium_munlock(page, sizeof(page));
	return true;
}
