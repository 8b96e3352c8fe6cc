/* SPDX-License-Identifier: MIT */
#include "commands/seal_show.h"

#include "base/i18n.h"
#include "base/json.h"
#include "profile/profile.h"

static void show_base_urls(struct output *output, const char *profile,
	json_t *settings, const char *what)
{
	struct profile shown = { 0 };
	struct error ignored;

	if (settings &&
		profile_from_settings(&shown, profile, settings, &ignored)) {
		for (size_t i = 0; i < shown.route_count; i++)
			output_text(output, "%s  %s  %s\n", what,
				shown.routes[i].name, shown.routes[i].base_url);
	}
	profile_release(&shown);
}

void seal_show_base_urls(struct output *output, const char *profile,
	json_t *before, json_t *after)
{
	show_base_urls(output, profile, before, "before");
	show_base_urls(output, profile, after, "after ");
}

void seal_show_change(
	struct output *output, const json_t *change, bool known_before)
{
	const char *key = json_text(change, "key");
	const char *before = json_text(change, "before");
	const char *after = json_text(change, "after");
	const char *from = json_text(change, "from");

	if (from)
		output_text(output, "  %-6s", from);
	if (known_before)
		output_text(output, "  %s  %s → %s\n", key,
			before ? before : _("(none)"),
			after ? after : _("(none)"));
	else
		output_text(output, "  %s  %s\n", key, after ? after : "");
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
