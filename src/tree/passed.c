/* SPDX-License-Identifier: MIT */
#include "tree/tree.h"

#include "base/memory.h"

#include <stdlib.h>

void passed_note(struct passed_over *passed, enum passed why, const char *what)
{
	if (name_set_add(&passed->seen, memory_printf("%d %s", why, what)) &&
		passed->counts[why]++ == 0)
		passed->first[why] = memory_text(what);
}

void passed_release(struct passed_over *passed)
{
	for (size_t i = 0; i < PASSED_END; i++)
		free(passed->first[i]);
	name_set_release(&passed->seen);
	*passed = (struct passed_over){ .counts = { 0 } };
}
