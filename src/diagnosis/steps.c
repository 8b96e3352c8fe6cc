/* SPDX-License-Identifier: MIT */
/*
 * Next steps in an advice, as far as they are known: a command that can be run
 * as it is printed, or, where a name in it is not known (a paste names no
 * route, an answer no model), the step in words. No command has a placeholder:
 * it would be taken for a value.
 */
#include "diagnosis/sentence_internal.h"

#include "base/attributes.h"
#include "base/shell.h"
#include "base/text.h"

#include <stdlib.h>

static bool is_known(const char *name)
{
	return name && *name;
}

static void add_apply(struct buf *out)
{
	buf_text(out, ", then `aigenv apply`");
}

static void add_give_key(const struct inquiry *inquiry, struct buf *out)
{
	const struct provider *entry = inquiry->route->entry;
	const char *key = inquiry->route->key_env;

	/* A route without a key of its own. */
	if (!is_known(key) && entry)
		key = entry->key_env;
	if (is_known(key)) {
		buf_printf(out, "`aigenv secret set %s`", key);
	} else {
		buf_text(out,
			"give that key anew (`aigenv secret list` has its "
			"name)");
	}
}

static void add_set_key(const struct inquiry *inquiry, struct buf *out)
{
	add_give_key(inquiry, out);
	add_apply(out);
}

static void add_show_slug(const struct inquiry *inquiry, struct buf *out)
{
	const struct provider *entry = inquiry->route->entry;

	if (entry)
		buf_printf(out, "`aigenv providers show %s`", entry->slug);
	else
		buf_text(out, "`aigenv providers`");
}

/* "`aigenv config set routes.mimo.model=", which its value and a backtick end;
 * nothing where the route is not known. */
static bool add_route_setting(
	const struct inquiry *inquiry, const char *setting, struct buf *out)
{
	const char *route = inquiry->route->name;

	if (!is_known(route))
		return false;
	buf_printf(out, "`aigenv config set routes.%s.%s=", route, setting);
	return true;
}

static void add_header_mode(const struct inquiry *inquiry, struct buf *out)
{
	if (add_route_setting(inquiry, "credential", out)) {
		buf_text(out, "header`");
	} else {
		buf_text(out, "let the app send a key of its own");
	}
}

static void add_set_model(const struct inquiry *inquiry, struct buf *out)
{
	const char *route = inquiry->route->name;

	if (is_known(inquiry->best) &&
		add_route_setting(inquiry, "model", out)) {
		shell_word(inquiry->best, out);
		buf_byte(out, '`');
		add_apply(out);
	} else if (is_known(route)) {
		buf_printf(out,
			"choose a model that is offered, and set "
			"routes.%s.model to it (`aigenv help config set`)",
			route);
	} else {
		buf_text(out, "ask for a model that is offered");
	}
}

/* The base URL with a version added or taken away. */
static void add_set_fix(const struct inquiry *inquiry, struct buf *out)
{
	bool direct = inquiry->direct;
	char *fixed = base_other_version(
		direct ? inquiry->base : inquiry->route->path);

	if (add_route_setting(inquiry, direct ? "direct_url" : "path", out)) {
		if (*fixed)
			shell_word(fixed, out);
		buf_byte(out, '`');
		add_apply(out);
	} else if (*inquiry->base) {
		char *base = base_other_version(inquiry->base);

		buf_printf(out, "give the client the base URL %s", base);
		free(base);
	} else {
		buf_text(out, "take one of the two out");
	}
	free(fixed);
}

static void add_set_known(const struct inquiry *inquiry, struct buf *out)
{
	const struct provider *entry = inquiry->route->entry;

	if (entry && add_route_setting(inquiry, "path", out)) {
		if (*entry->path)
			shell_word(entry->path, out);
		buf_byte(out, '`');
		add_apply(out);
	} else {
		buf_text(out, "give the client that base URL");
	}
}

/* A setting to which somebody has to give a value that is not known here. */
static void add_setting_in_words(const struct inquiry *inquiry,
	const char *setting, const char *otherwise, struct buf *out)
{
	const char *route = inquiry->route->name;

	if (is_known(route))
		buf_printf(out,
			"set routes.%s.%s to it (`aigenv help config set`)",
			route, setting);
	else
		buf_text(out, otherwise);
}

static void add_set_alias(const struct inquiry *inquiry, struct buf *out)
{
	add_setting_in_words(
		inquiry, "alias", "send it as cf-aig-byok-alias", out);
}

static void add_set_provider(const struct inquiry *inquiry, struct buf *out)
{
	add_setting_in_words(
		inquiry, "provider", "use it in the base URL", out);
}

static void add_set_direct(const struct inquiry *inquiry, struct buf *out)
{
	add_setting_in_words(
		inquiry, "direct_url", "use it as the base URL", out);
}

/* Of the profile. */
static void add_set_profile(
	const struct inquiry *inquiry, const char *setting, struct buf *out)
{
	if (is_known(inquiry->profile->name))
		buf_printf(out, "set %s to it (`aigenv help config set`)",
			setting);
	else
		buf_text(out, "use it in the base URL");
}

static void add_set_account(const struct inquiry *inquiry, struct buf *out)
{
	add_set_profile(inquiry, "account_id", out);
}

static void add_set_gateway(const struct inquiry *inquiry, struct buf *out)
{
	if (is_known(inquiry->best) && is_known(inquiry->profile->name)) {
		buf_text(out, "`aigenv config set gateway=");
		shell_word(inquiry->best, out);
		buf_byte(out, '`');
	} else {
		add_set_profile(inquiry, "gateway", out);
	}
}

static const struct {
	const char *name;
	void (*add)(const struct inquiry *inquiry, struct buf *out);
} steps[] = {
	{ "give_key", add_give_key },
	{ "set_key", add_set_key },
	{ "show_slug", add_show_slug },
	{ "header_mode", add_header_mode },
	{ "set_model", add_set_model },
	{ "set_fix", add_set_fix },
	{ "set_known", add_set_known },
	{ "set_alias", add_set_alias },
	{ "set_provider", add_set_provider },
	{ "set_direct", add_set_direct },
	{ "set_account", add_set_account },
	{ "set_gateway", add_set_gateway },
};

bool step_add(const struct inquiry *inquiry, const char *word, size_t size,
	struct buf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		if (!text_is(word, size, steps[i].name))
			continue;
		steps[i].add(inquiry, out);
		return true;
	}
	return false;
}
