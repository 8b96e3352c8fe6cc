/* SPDX-License-Identifier: MIT */
#include "manual/topics.h"

#include "base/memory.h"
#include "base/text.h"
#include "manual_assets.h"

#include <stdlib.h>

const struct topic topics[] = {
	/* clang-format off */
	{ "words", "what aigenv is, and what it calls things" },
	{ "variables", "what a profile renders" },
	{ "app", "what your app does with the variables" },
	{ "credentials", "the two keys of a call, and who keeps them" },
	{ "restart", "how PM2 takes in new values" },
	{ "diagnoses", "what a test call can find" },
	{ "sources", "where a secret's value comes from" },
	{ "settings", "what a profile can be told" },
	{ "answers", "init's answers as JSON" },
	{ "readers", "who reads .env files, and how to say so" },
	{ "templates", "how outputs are written" },
	{ "json", "what --json prints" },
	{ "environment", "which variables aigenv reads" },
	{ "files", "which files there are, and whose" },
	{ "exit-codes", "what each exit status means" },
	{ "safety", "what is protected, and what is not" },
	{ "vault", "the format of aigenv.json" },
	{ "recipe", "how to open a vault without aigenv" },
	{ "emulator", "a gateway on this machine" },
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
