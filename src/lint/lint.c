/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

reader_set lint_default_readers(void)
{
	reader_set all = ((reader_set)1 << READER_COUNT) - 1;

	return all & ~((reader_set)1 << READER_DOCKER) &
		~((reader_set)1 << READER_PODMAN);
}
