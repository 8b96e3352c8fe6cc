/* SPDX-License-Identifier: MIT */
#include "manual/topics.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "manual_assets.h"

const struct topic topics[] = {
	/* clang-format off */
	{ "words", N_("what aigenv is, and what it calls things") },
	{ "variables", N_("what a profile renders") },
	{ "app", N_("what your app does with the variables") },
	{ "credentials", N_("the two keys of a call, and who keeps them") },
	{ "team", N_("who can open a profile, and what to do when one is lost") },
	{ "git", N_("the vault in git: diffs, merges, and clones") },
	{ "restart", N_("how PM2 takes in new values") },
	{ "services", N_("units of systemd, and containers") },
	{ "rotation", N_("how a secret is replaced without an outage") },
	{ "machines", N_("one rotation, and all servers that run with it") },
	{ "layouts", N_("what PM2 starts, and where that is said") },
	{ "diagnoses", N_("what a test call can find") },
	{ "sources", N_("where a secret's value comes from") },
	{ "settings", N_("what a profile can be told") },
	{ "schema", N_("what the app's variables have to be") },
	{ "answers", N_("init's answers as JSON") },
	{ "readers", N_("who reads .env files, and how to say so") },
	{ "rules", N_("what check looks for") },
	{ "project", N_("what the code reads, and what leaked") },
	{ "templates", N_("how outputs are written") },
	{ "json", N_("what --json prints") },
	{ "environment", N_("which variables aigenv reads") },
	{ "files", N_("which files there are, and whose") },
	{ "exit-codes", N_("what each exit status means") },
	{ "safety", N_("what is protected, and what is not") },
	{ "vault", N_("the format of aigenv.json") },
	{ "recipe", N_("how to open a vault without aigenv") },
	{ "emulator", N_("a gateway on this machine") },
	{ NULL, NULL },
	/* clang-format on */
};

const struct topic *topic_find(const char *name)
{
	for (const struct topic *topic = topics; topic->name; topic++)
		if (text_equal(topic->name, name))
			return topic;
	return NULL;
}

static const struct asset *find_file(const char *name, const char *language)
{
	OWNED char *file = memory_printf(
		"%s%s%s.txt", name, *language ? "." : "", language);

	return asset_find(manual_assets, file);
}

const char *topic_text(const struct topic *topic)
{
	/* TRANSLATORS: the topics of `aigenv help`: with "xx" it shows
	 * src/manual/topics/NAME.xx.txt, where there is one. */
	const struct asset *asset = find_file(topic->name, _("en"));

	if (!asset)
		asset = find_file(topic->name, "");
	return asset ? asset->bytes : "";
}
