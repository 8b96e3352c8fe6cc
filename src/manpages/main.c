/* SPDX-License-Identifier: MIT */
/* A tool of the build, not installed: prints the man page of that name. */
#include "manpages/pages.h"

#include <stdio.h>

#define PAGE_LIMIT ((size_t)4 << 20)

int main(int argc, char **argv)
{
	SCOPED(buf) struct buf page = BUF(PAGE_LIMIT);

	if (argc != 2 || !pages_write(argv[1], &page) || buf_failed(&page)) {
		(void)fprintf(
			stderr, "aigenv-manpages: no page of that name\n");
		return STATUS_USAGE;
	}
	if (fputs(buf_cstring(&page), stdout) == EOF || fflush(stdout) == EOF)
		return STATUS_IO;
	return STATUS_OK;
}
