/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "cli/complete.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "commands_assets.h"
#include "manual/topics.h"

#include <string.h>

/*
 * `aigenv completion SHELL` prints a script; what may stand next the script
 * asks of `aigenv complete`, so that it fits every version.
 */

static run_command run, run_complete;

const struct command command_completion = {
	.name = "completion",
	.arguments = "SHELL",
	.summary = N_("print the completions for bash, zsh or fish"),
	.description =
		N_("Commands, options, profiles, providers and topics are then "
		   "completed by the Tab key. Where aigenv was installed by a "
		   "package or by `cmake --install`, the shell may have them "
		   "already."),
	.examples = EXAMPLES(
		{ "source <(aigenv completion bash)", N_("in ~/.bashrc") },
		{ "source <(aigenv completion zsh)",
			N_("in ~/.zshrc, below compinit") },
		{ "aigenv completion fish "
		  ">~/.config/fish/completions/aigenv.fish",
			NULL }),
	.least = 1,
	.most = 1,
	.run = run,
};

/* Plumbing for the scripts: a word and its meaning on each line. */
const struct command command_complete = {
	.name = "complete",
	.arguments = "-- WORD...",
	.takes_files = true,
	.summary = N_("print what may come next, for completions"),
	.hidden = true,
	.least = 1,
	.most = SIZE_MAX,
	.run = run_complete,
};

static const struct {
	const char *name;
	const char *file; /* in completions/ */
} shells[] = {
	{ "bash", "aigenv.bash" },
	{ "zsh", "_aigenv" },
	{ "fish", "aigenv.fish" },
};

static enum status run(struct invocation *call, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(shells); i++) {
		if (!text_equal(shells[i].name, call->arguments[0]))
			continue;
		const struct asset *script =
			asset_find(commands_assets, shells[i].file);
		output_content(call->output,
			json_build("{shell:%s}", shells[i].name), script->bytes,
			script->size);
		return STATUS_OK;
	}
	error_tell(err, STATUS_USAGE,
		_("there is no completion for that shell"),
		_("the shells are bash, zsh and fish"));
	return err->status;
}

/* complete */

static void add_providers(const struct invocation *call,
	const struct completion *at, struct table *rows)
{
	(void)call;
	(void)at;
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *provider = catalogue_at(i);
		TABLE_ROW(rows, provider->slug, provider->title);
	}
}

static void add_topics(const struct invocation *call,
	const struct completion *at, struct table *rows)
{
	struct completion commands_alone = { .all = call->all, .word = "" };

	(void)at;
	complete_add(&commands_alone, rows);
	for (const struct topic *topic = topics; topic->name; topic++)
		TABLE_ROW(rows, topic->name, _(topic->summary));
}

/* Of the vault that the command line would open; none where that fails. */
static void add_profiles(const struct invocation *call,
	const struct completion *at, struct table *rows)
{
	struct session_options options = session_options(call);
	struct error err;

	options.file = at->file ? at->file : options.file;
	SCOPED(session) struct session session = SESSION(options);
	if (!session_load(&session, SESSION_READ, &err))
		return;
	for (size_t i = 0; i < vault_profile_count(session.vault); i++)
		TABLE_ROW(rows, vault_profile_name(session.vault, i), "");
}

/* What the tables of commands call a value, and what it can be. */
static const struct {
	const char *name;
	const char *words; /* ":files" and ":folders" the shell knows better */
	void (*add)(const struct invocation *call, const struct completion *at,
		struct table *rows);
} values[] = {
	{ "FILE", ":files", NULL },
	{ "VAULT", ":files", NULL },
	{ "TEMPLATE", ":files", NULL },
	{ "DIR", ":folders", NULL },
	{ "SHELL", "bash|zsh|fish", NULL },
	{ "PROFILE", NULL, add_profiles },
	{ "FROM", NULL, add_profiles },
	{ "SLUG", NULL, add_providers },
	{ "COMMAND|TOPIC", NULL, add_topics },
};

static void add_values(const struct invocation *call,
	const struct completion *at, struct table *rows)
{
	char name[64];

	if (!complete_wanted(at, name, sizeof(name)))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		if (!text_equal(values[i].name, name))
			continue;
		if (values[i].words)
			complete_choices(values[i].words, rows);
		else
			values[i].add(call, at, rows);
	}
}

/* For the shell, which wants a TAB: no screen's gate stands here, so that
 * nothing that cannot be seen goes out otherwise. */
static void print_row(const struct invocation *call,
	const struct completion *at, const char *word, const char *says)
{
	OWNED char *line = word[0] == ':'
		? memory_printf("%s\n", word)
		: memory_printf("%.*s%s\t%s\n", (int)at->joined, at->word, word,
			  says);

	if (text_is_visible(word) && text_is_visible(says))
		output_bytes(call->output, line, strlen(line));
}

static enum status run_complete(struct invocation *call, struct error *err)
{
	SCOPED(table) struct table rows = TABLE(2);
	struct completion at =
		complete_find(call->all, call->arguments, call->argument_count);

	(void)err;
	complete_add(&at, &rows);
	add_values(call, &at, &rows);
	for (size_t i = 0; i < rows.count; i += 2) {
		const char *word = rows.cells[i];
		if (word[0] == ':' ||
			text_starts_with(word, at.word + at.joined))
			print_row(call, &at, word, rows.cells[i + 1]);
	}
	return STATUS_OK;
}
