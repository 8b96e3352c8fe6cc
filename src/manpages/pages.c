/* SPDX-License-Identifier: MIT */
#include "manpages/pages.h"

#include "base/text.h"
#include "cli/parse.h"
#include "commands/commands.h"
#include "manual/mdoc.h"
#include "manual/topics.h"

#include <stddef.h>

/* A section is a topic's text, what a function writes, or that below this. */
struct section {
	const char *heading; /* NULL ends the list */
	const char *topic;
	void (*write)(struct buf *out);
};

struct page {
	const char *file; /* "aigenv.1" */
	const char *name;
	const char *section;
	const char *summary;
	const struct section *sections;
	const char *see_also;
};

static void synopsis(struct buf *out)
{
	buf_text(out,
		".Nm\n"
		".Op Ar OPTIONS\n"
		".Ar COMMAND\n"
		".Op Ar ARGUMENTS\n");
}

static void options(struct buf *out)
{
	mdoc_words("They stand before or after the command.", out);
	pages_options(parse_global_options(), NULL, out);
	mdoc_paragraph(out);
	mdoc_words("Every command that opens a vault takes these too.", out);
	pages_options(parse_vault_options(), NULL, out);
}

static void all_commands(struct buf *out)
{
	for (const struct command *const *at = commands; *at; at++)
		pages_command(*at, out);
}

/* Conventional headings stand in mdoc(7)'s order. */
static const struct section of_aigenv[] = {
	{ "SYNOPSIS", NULL, synopsis },
	{ "DESCRIPTION", "words", NULL },
	{ "OPTIONS", NULL, options },
	{ "COMMANDS", NULL, all_commands },
	{ "VARIABLES FOR THE APP", "variables", NULL },
	{ "IN THE APP", "app", NULL },
	{ "THE TWO KEYS", "credentials", NULL },
	{ "A TEAM AND ITS MACHINES", "team", NULL },
	{ "THE VAULT IN GIT", "git", NULL },
	{ "WHAT PM2 STARTS", "layouts", NULL },
	{ "RESTARTING THE APP", "restart", NULL },
	{ "SERVICES AND CONTAINERS", "services", NULL },
	{ "REPLACING A SECRET", "rotation", NULL },
	{ "ONE ROTATION, MANY MACHINES", "machines", NULL },
	{ "WHERE SECRETS COME FROM", "sources", NULL },
	{ "DIAGNOSES OF A TEST CALL", "diagnoses", NULL },
	{ "WHAT CHECK LOOKS FOR", "rules", NULL },
	{ "WHAT CHECK LOOKS FOR IN A PROJECT", "project", NULL },
	{ "TEMPLATES", "templates", NULL },
	{ "JSON", "json", NULL },
	{ "WHAT IS PROTECTED", "safety", NULL },
	{ "ENVIRONMENT", "environment", NULL },
	{ "FILES", "files", NULL },
	{ "EXIT STATUS", "exit-codes", NULL },
	{ NULL, NULL, NULL },
};

static const struct section of_settings[] = {
	{ "DESCRIPTION", "settings", NULL },
	{ "VALUES", NULL, pages_setting_values },
	{ "SCHEMA", "schema", NULL },
	{ "READERS", "readers", NULL },
	{ "ANSWERS TO INIT", "answers", NULL },
	{ NULL, NULL, NULL },
};

static const struct section of_vault[] = {
	{ "DESCRIPTION", "vault", NULL },
	{ "WITHOUT AIGENV", "recipe", NULL },
	{ "WHAT IS PROTECTED", "safety", NULL },
	{ "FILES", "files", NULL },
	{ NULL, NULL, NULL },
};

static const struct page pages[] = {
	{ "aigenv.1", "aigenv", "1",
		"set an app up to use Cloudflare AI Gateway, and prove that it "
		"works",
		of_aigenv,
		"aig-emulator(1) aigenv-settings(5) aigenv-vault(5)" },
	{ "aigenv-settings.5", "aigenv-settings", "5",
		"settings of a profile of aigenv", of_settings,
		"aigenv(1) aigenv-vault(5)" },
	{ "aigenv-vault.5", "aigenv-vault", "5",
		"the file with a team's settings and encrypted keys", of_vault,
		"age(1) aigenv(1) aigenv-settings(5)" },
};

static void write_page(const struct page *page, struct buf *out)
{
	mdoc_head(page->name, page->section, page->summary, out);
	for (const struct section *at = page->sections; at->heading; at++) {
		mdoc_section(at->heading, out);
		if (at->write)
			at->write(out);
		else
			mdoc_prose(topic_text(topic_find(at->topic)), out);
	}
	mdoc_see_also(page->see_also, out);
}

bool pages_write(const char *name, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
		if (text_equal(pages[i].file, name)) {
			write_page(&pages[i], out);
			return true;
		}
	}
	return false;
}
