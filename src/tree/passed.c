/* SPDX-License-Identifier: MIT */
#include "tree/tree.h"

#include "base/memory.h"

#include <stdlib.h>

void passed_note(struct passed_over *passed, enum passed why, const char *what)
{
	char *name = memory_printf("%d %s", why, what);

	if (name_table_find(&passed->seen, name) != NAME_NONE) {
		free(name);
		return;
	}
	(void)name_table_put(&passed->seen, name, 0);
	passed->names = memory_grow(
		passed->names, passed->name_count, sizeof(*passed->names));
	passed->names[passed->name_count++] = name;
	if (passed->counts[why]++ == 0)
		passed->first[why] = memory_text(what);
}

void passed_release(struct passed_over *passed)
{
	for (size_t i = 0; i < passed->name_count; i++)
		free(passed->names[i]);
	free(passed->names);
	for (size_t i = 0; i < PASSED_END; i++)
		free(passed->first[i]);
	name_table_release(&passed->seen);
	*passed = (struct passed_over){ .counts = { 0 } };
}
