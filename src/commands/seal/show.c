/* SPDX-License-Identifier: MIT */
#include "commands/seal/show.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"
#include "os/secret.h"
#include "profile/profile.h"

#include <string.h>

static void show_base_urls(struct output *output, const char *profile,
	json_t *settings, const char *what)
{
	SCOPED(profile) struct profile shown = { 0 };
	struct error ignored;

	if (settings &&
		profile_from_settings(&shown, profile, settings, &ignored)) {
		for (size_t i = 0; i < shown.route_count; i++)
			output_text(output, "%s  %s  %s\n", what,
				shown.routes[i].name, shown.routes[i].base_url);
	}
}

void seal_show_base_urls(struct output *output, const char *profile,
	json_t *before, json_t *after)
{
	show_base_urls(output, profile, before, "before");
	show_base_urls(output, profile, after, "after ");
}

/* A value with line breaks is shown as JSON. */
static bool is_secret(const char *name, const char *value)
{
	JSON_SCOPED json_t *whole =
		*value == '"' ? json_parse_foreign(value, strlen(value)) : NULL;

	return import_is_secret(name, value) ||
		(json_is_string(whole) &&
			import_is_secret(name, json_string_value(whole)));
}

static void mask(json_t *change, const char *side, const char *name)
{
	char masked[SECRET_MASK_SIZE];
	const char *value = json_text(change, side);

	if (!value || !is_secret(name, value))
		return;
	secret_mask_text(value, strlen(value), masked);
	json_put_text(change, side, masked);
}

void seal_mask(json_t *change)
{
	static const char *const sides[] = { "before", "after", "base", "ours",
		"theirs" };
	const char *key = json_text(change, "key");

	if (!key || !text_starts_with(key, "vars."))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(sides); i++)
		mask(change, sides[i], key + strlen("vars."));
}

void seal_show_change(struct output *output, json_t *change, bool known_before)
{
	seal_mask(change);

	const char *key = json_text(change, "key");
	const char *before = json_text(change, "before");
	const char *after = json_text(change, "after");
	const char *from = json_text(change, "from");

	OWNED char *side =
		from ? memory_printf("  %-6s", from) : memory_text("");
	if (known_before)
		output_words(output, "%s  %s  %s → %s\n", side, key,
			before ? before : _("(none)"),
			after ? after : _("(none)"));
	else
		output_words(
			output, "%s  %s  %s\n", side, key, after ? after : "");
}

void seal_warn_of_names(
	struct output *output, const struct opened *opened, json_t *before)
{
	SCOPED(buf) struct buf names = BUF(65536);

	opened_format_code_names(opened, before, &names);
	if (names.size)
		output_warning(output,
			_("%s can make a program run other code: seal this "
			  "only if you know what it is for\n"),
			buf_cstring(&names));
}
