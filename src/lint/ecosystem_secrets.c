/* SPDX-License-Identifier: MIT */
/* Secrets that are written into an ecosystem file. */
#include "lint/ecosystem_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"

/* A key's prefix is none in front of less. */
#define KEY_LEAST 20

static bool is_text(const struct property *property)
{
	return property->kind == PROPERTY_TEXT ||
		property->kind == PROPERTY_JOINED;
}

static bool is_secret(const struct property *property)
{
	struct slice value = property->value;

	if (!is_text(property) || value.size == 0 ||
		placeholder_is(value.at, value.size))
		return false;
	if (looking_is_variable(property))
		return looking_is_hidden(property);
	return value.size >= KEY_LEAST && key_prefix_find(value.at, value.size);
}

/* `postgres://app:password@${host}/db` */
static bool is_secret_template(
	const struct looking *looking, const struct property *property)
{
	const struct slice whole = { looking->subject->bytes,
		looking->subject->size };
	const struct slice value = slice_from(whole, property->value_at);

	return property->kind == PROPERTY_EXPRESSION &&
		looking_is_variable(property) && slice_begins(value, "`") &&
		lint_template_has_secret(value, looking_is_hidden(property));
}

void looking_check_secret(
	struct looking *looking, const struct property *property)
{
	if (is_secret(property) || is_secret_template(looking, property))
		(void)looking_say(looking, RULE_ECOSYSTEM_SECRET, property,
			_("the value of %.*s is written into the ecosystem "
			  "file"),
			SHOWN(property->name));
}

/* Whether a property that is told has it for its value. Keys and properties
 * come in the order of the text: *next is the first one that a later key may be
 * in.
 */
static bool is_told(
	const struct looking *looking, size_t *next, const char *key)
{
	for (; *next < looking->found.count; ++*next) {
		const struct property *at = &looking->found.items[*next];
		if (is_text(at) && key < at->value.at + at->value.size)
			return key >= at->value.at && is_secret(at);
	}
	return false;
}

void looking_check_keys(struct looking *looking)
{
	const char *bytes = looking->subject->bytes;
	struct slice rest = { bytes, looking->subject->size };
	struct slice key;
	size_t next = 0;

	while (lint_take_key(&rest, &key)) {
		const size_t at = (size_t)(key.at - bytes);
		if (is_told(looking, &next, key.at) ||
			looking_is_silent(looking, at, RULE_ECOSYSTEM_SECRET))
			continue;
		struct place place = looking_place(looking, at);
		place.excerpt = memory_printf(
			"%s" BULLETS, key_prefix_find(key.at, key.size)->text);
		(void)report_add(looking->report, RULE_ECOSYSTEM_SECRET, &place,
			_("a key is written into the ecosystem file"));
	}
}
