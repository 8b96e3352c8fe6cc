/* SPDX-License-Identifier: MIT */
#include "os/file.h"

#include "folder.h"

#include <fcntl.h>

#define SOON_MS 10000
#define AT_ONCE_MS 20

Test(file, a_pipe_that_stays_open_is_left_in_time, .init = enter_new_folder,
	.fini = leave_folder)
{
	SCOPED(buf) struct buf text = BUF(100);
	struct error err;

	cr_assert_eq(mkfifo("pipe", 0600), 0);
	int writer = open("pipe", O_RDWR | O_CLOEXEC);
	cr_assert_eq(write(writer, "text", 4), 4);
	cr_assert_not(file_read_soon("pipe", AT_ONCE_MS, &text, &err));
	cr_assert_eq(err.status, STATUS_IO);
	cr_assert_str_eq(buf_cstring(&text), "text");
	(void)close(writer);
}

Test(file, a_pipe_without_a_writer_is_not_waited_for, .init = enter_new_folder,
	.fini = leave_folder)
{
	SCOPED(buf) struct buf text = BUF(100);
	struct error err;

	cr_assert_eq(mkfifo("pipe", 0600), 0);
	cr_assert_not(file_read_soon("pipe", AT_ONCE_MS, &text, &err));
	cr_assert_eq(err.status, STATUS_IO);
	cr_assert_not(file_read_soon("/dev/zero", SOON_MS, &text, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

Test(file, a_regular_file_is_read_as_ever, .init = enter_new_folder,
	.fini = leave_folder)
{
	SCOPED(buf) struct buf text = BUF(100);
	struct error err;

	put("file", "text");
	cr_assert(file_read_soon("file", SOON_MS, &text, &err));
	cr_assert_str_eq(buf_cstring(&text), "text");
	cr_assert_not(file_read_soon("none", SOON_MS, &text, &err));
}
