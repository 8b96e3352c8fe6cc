/* SPDX-License-Identifier: MIT */
/* Which variables rules about values look at: those of the gateway. */
#include "lint/lint_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* What more there is belongs to no gateway. */
#define VALUES_LIMIT 4096

#define ENDING(text)                                                           \
	{                                                                      \
		text, sizeof(text) - 1                                         \
	}

static const struct slice endings[] = { ENDING("_API_KEY"), ENDING("_KEY"),
	ENDING("_TOKEN"), ENDING("_MODEL"), ENDING("_BASE_URL"),
	ENDING("_API_BASE"), ENDING("_ENDPOINT") };

static bool is_interesting(struct slice name)
{
	char last = name.at[name.size - 1];

	if (*name.at == 'C' && slice_begins(name, "CF_AIG_"))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (endings[i].at[endings[i].size - 1] == last &&
			slice_ends(name, endings[i].at))
			return true;
	}
	return false;
}

void lint_collect(struct lint *lint, const struct envfile_row *row)
{
	struct slice name = envfile_row_name(row);
	struct buf value = BUF(8192);

	if (lint->value_count == VALUES_LIMIT || !is_interesting(name))
		return;
	envfile_row_value(row, &value);
	bool fits = !buf_failed(&value);
	size_t size = value.size;
	char *text = buf_take(&value, NULL);
	if (!fits) {
		memory_free(text, size);
		return;
	}
	lint->values = memory_grow(
		lint->values, lint->value_count, sizeof(*lint->values));
	lint->values[lint->value_count++] =
		(struct lint_value){ slice_text(name), text, size, *row };
}
