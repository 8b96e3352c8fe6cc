/* SPDX-License-Identifier: MIT */
#include "os/lock.h"

#include "folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

Test(lock, one_at_a_time_and_leaves_no_file, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct lock first = LOCK_NONE;
	struct lock second = LOCK_NONE;
	struct error err;
	char holder[64];

	cr_assert(lock_take(&first, ".", 0, &err));
	cr_assert(!lock_take(&second, ".", 0, &err));
	cr_assert_eq(err.status, STATUS_BUSY);
	(void)snprintf(holder, sizeof(holder), "process %ld", (long)getpid());
	cr_assert(strstr(err.what, holder), "%s", err.what);
	lock_release(&first);
	cr_assert(lock_take(&second, ".", 0, &err));
	lock_release(&second);
	cr_assert_eq(count_entries(), 0);
}
