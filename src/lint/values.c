/* SPDX-License-Identifier: MIT */
/* Which variables rules about values look at: those of the gateway. */
#include "lint/lint_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* What more there is belongs to no gateway. */
#define VALUES_LIMIT 4096

static const char beginning[] = "CF_AIG_";
static const char *const endings[] = { "_API_KEY", "_KEY", "_TOKEN", "_MODEL",
	"_BASE_URL", "_API_BASE", "_ENDPOINT" };

static bool is_interesting(struct slice name)
{
	if (slice_begins(name, beginning))
		return true;
	return slice_fits_any(name, slice_ends, endings, ARRAY_SIZE(endings));
}

void lint_collect_letters(struct glance *glance)
{
	letters_add_beginning(&glance->gateway_beginnings, beginning);
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		letters_add_ending(&glance->gateway_endings, endings[i]);
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
	MEMORY_PUSH(lint->values, lint->value_count,
		(struct lint_value){ slice_text(name), text, size, *row });
}

const struct lint_value *lint_find_value(
	const struct lint *lint, const char *name)
{
	for (size_t i = lint->value_count; i-- > 0;)
		if (text_equal(lint->values[i].name, name))
			return &lint->values[i];
	return NULL;
}

void lint_mend_spelt(struct lint *lint, struct finding *finding,
	const struct lint_value *value, const char *text)
{
	struct slice spelling = envfile_row_spelling(&value->row);
	size_t quote = value->row.quoted ? 1 : 0;

	if (spelling.size == value->size + 2 * quote &&
		memcmp(spelling.at + quote, value->value, value->size) == 0)
		lint_mend_value(lint, finding, &value->row,
			value->row.spelling_at + quote, value->size,
			slice_of(text));
}
