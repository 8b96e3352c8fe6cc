/* SPDX-License-Identifier: MIT */
#include "manual/topics.h"

#include "base/memory.h"
#include "base/text.h"
#include "manual_assets.h"

#include <stdlib.h>

const struct topic topics[] = {
	/* clang-format off */
	{ "words", "what aigenv is, and what it calls things" },
	{ "answers", "init's answers as JSON" },
	{ "settings", "what a profile can be told" },
	{ "readers", "who reads .env files, and how to say so" },
	{ "json", "what --json prints" },
	{ "variables", "what a profile renders" },
	{ "diagnoses", "what a test call can find" },
	{ "restart", "how PM2 takes in new values" },
	{ "exit-codes", "what each exit status means" },
	{ "templates", "how outputs are written" },
	{ "files", "which files there are, and whose" },
	{ "environment", "which variables aigenv reads" },
	{ "sources", "where a secret's value comes from" },
	{ NULL, NULL },
	/* clang-format on */
};

const struct topic *topic_find(const char *name)
{
	for (const struct topic *topic = topics; topic->name; topic++) {
		if (text_equal(topic->name, name))
			return topic;
	}
	return NULL;
}

const char *topic_text(const struct topic *topic)
{
	char *file = memory_printf("%s.txt", topic->name);
	const struct asset *asset = asset_find(manual_assets, file);

	free(file);
	return asset ? asset->bytes : "";
}
