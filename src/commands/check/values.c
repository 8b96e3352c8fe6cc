/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

bool check_each_value(const struct check *check, struct secret_arena *arena,
	check_value *take, void *context, struct error *err)
{
	const struct opened *opened = check->workspace.session.opened;
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(opened, &info)) {
		const struct {
			enum secret_slot slot;
			bool there;
		} slots[] = { { SLOT_CURRENT, true },
			{ SLOT_PREVIOUS, info.previous },
			{ SLOT_PENDING, info.pending } };
		for (size_t i = 0; i < ARRAY_SIZE(slots); i++) {
			if (!slots[i].there)
				continue;
			const struct secret *value = opened_get_secret(
				opened, info.name, slots[i].slot, arena, err);
			if (!value)
				return false;
			take(context, info.name, slots[i].slot, value);
		}
	}
	return true;
}
