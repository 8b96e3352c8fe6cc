/* SPDX-License-Identifier: MIT */
#include "os/lock.h"

#include "folder.h"

Test(lock, one_at_a_time_and_leaves_no_file, .init = enter_new_folder,
	.fini = leave_folder)
{
	struct lock first = LOCK_NONE;
	struct lock second = LOCK_NONE;
	struct error err;

	cr_assert(lock_take(&first, ".", 0, &err));
	cr_assert(!lock_take(&second, ".", 0, &err));
	cr_assert_eq(err.status, STATUS_BUSY);
	lock_release(&first);
	cr_assert(lock_take(&second, ".", 0, &err));
	lock_release(&second);
	cr_assert_eq(count_entries(), 0);
}
