/* SPDX-License-Identifier: MIT */
/* Settings as the lines of `config get`. */
#include "settings/key.h"

#include "base/buf.h"
#include "base/json.h"

#define KEY_LIMIT 512

/* The text that a list's item stands for in a key: its name or its place. */
static void append_step(
	struct buf *key, const json_t *item, const char *member, size_t index)
{
	const char *name = json_text(item, "name");

	if (key->size)
		buf_byte(key, '.');
	if (member)
		buf_text(key, member);
	else if (name)
		buf_text(key, name);
	else
		buf_printf(key, "%zu", index);
}

static void visit_below(
	struct buf *key, json_t *value, settings_visit *visit, void *context)
{
	size_t size = key->size;

	if (json_is_object(value)) {
		JSON_EACH_MEMBER(item, value) {
			append_step(key, item.value, item.name, 0);
			visit_below(key, item.value, visit, context);
			buf_truncate(key, size);
		}
		return;
	}
	if (json_is_array(value) && json_is_object(json_array_get(value, 0))) {
		JSON_EACH(item, value) {
			append_step(key, item.value, NULL, item.index);
			visit_below(key, item.value, visit, context);
			buf_truncate(key, size);
		}
		return;
	}
	visit(context, buf_cstring(key), value);
}

void settings_each(json_t *settings, settings_visit *visit, void *context)
{
	SCOPED(buf) struct buf key = BUF(KEY_LIMIT);

	visit_below(&key, settings, visit, context);
}
