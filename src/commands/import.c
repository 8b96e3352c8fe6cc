/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "cli/output.h"
#include "commands/setup_command.h"
#include "setup/env_file.h"
#include "ui/layout.h"

/*
 * `aigenv import`: an .env that a team has becomes a profile. The file stays
 * where it is and becomes the profile's output; from there on it is `init`.
 */

static run_command run;

const struct command command_import = {
	.name = "import",
	.arguments = "[FILE]",
	.takes_files = true,
	.summary = N_("take an existing .env into a profile"),
	.description = N_(
		"Takes account, gateway, provider, keys and model out of the "
		"file, under whatever names other tools have for them, and "
		"every other variable with it: what looks secret is encrypted, "
		"the rest is plain. A provider's own address becomes "
		"direct_url, and its line is named: an app that reads it goes "
		"past the gateway. Then it does what `init` does. The file "
		"stays in place and becomes an output of the profile: its "
		"comments, order and line ends stay, and so do the lines that "
		"could not be taken over.\n\n"
		"A .env.example (also .sample, .template, .dist, .defaults) "
		"becomes the profile's schema instead: `aigenv help schema` "
		"says what is in it.\n\n"
		"With --ecosystem it takes an ecosystem file that you have for "
		"PM2: the file stays as it is, and one that adds the variables "
		"to your apps is written beside it."),
	.options = init_options,
	.values_size = sizeof(struct init_values),
	.examples =
		EXAMPLES({ "aigenv import .env",
				 N_("asks for what the file does not say") },
			{ "aigenv import .env --model mimo-v2.5 --pm2-app api "
			  "--no-input",
				N_("asks for nothing") },
			{ "aigenv import .env --dry-run",
				N_("shows what would change") },
			{ "aigenv import --ecosystem ecosystem.config.js",
				N_("a file of your own for PM2") }),
	.statuses = deploy_statuses,
	.needs = NEEDS_VAULT | MAKES_PROFILE,
	.most = 1,
	.run = run,
};

/* Notes that go out together: a file may have as many as it has lines. */
#define NOTES_SIZE ((size_t)1 << 16)
/* Notes of a kind that are told one by one. What is missing is told whole: it
 * has to be given. */
#define NOTES_MOST 20

static void append_label(enum import_note_kind kind, struct buf *out)
{
	static const struct {
		const char *style;
		const char *label;
	} kinds[] = {
		[IMPORT_TOOK] = { STYLE_GOOD, N_("took") },
		[IMPORT_LEFT] = { STYLE_WARN, N_("left") },
		[IMPORT_MISSING] = { STYLE_BAD, N_("missing") },
	};

	buf_text(out, kinds[kind].style);
	layout_label(out, _(kinds[kind].label), 7);
	buf_text(out, STYLE_END "  ");
}

static void append_note(const struct import_note *note, struct buf *out)
{
	append_label(note->kind, out);
	buf_printf(out, "%s: %s\n", note->name, note->text);
}

/* How many there are beyond those that were told. */
static void append_rest(
	enum import_note_kind kind, size_t count, struct buf *out)
{
	if (count <= NOTES_MOST)
		return;
	count -= NOTES_MOST;
	append_label(kind, out);
	buf_printf(out,
		ngettext("%zu more variable; --verbose names it",
			"%zu more variables; --verbose names them", count),
		count);
	buf_byte(out, '\n');
}

static void tell(struct output *output, const struct imported *imported,
	const json_t *known)
{
	SCOPED(buf) struct buf text = BUF(2 * (size_t)ENVFILE_LIMIT);
	const bool all = output->verbose || output->json;
	size_t counts[IMPORT_MISSING + 1] = { 0 };

	for (size_t i = 0; i < imported->note_count; i++) {
		const struct import_note *note = &imported->notes[i];
		if (!import_note_holds(note, known))
			continue;
		if (all || note->kind == IMPORT_MISSING ||
			++counts[note->kind] <= NOTES_MOST)
			append_note(note, &text);
		if (text.size < NOTES_SIZE)
			continue;
		output_note(output, "%s", buf_cstring(&text));
		buf_clear(&text);
	}
	append_rest(IMPORT_TOOK, counts[IMPORT_TOOK], &text);
	append_rest(IMPORT_LEFT, counts[IMPORT_LEFT], &text);
	if (text.size)
		output_note(output, "%s", buf_cstring(&text));
}

/* The variables of the file, where one is named. */
static bool read_file(
	struct invocation *call, struct imported *imported, struct error *err)
{
	if (call->argument_count > 0)
		return env_file_import(call->arguments[0], imported, err);
	*imported = (struct imported){ .answers = json_new_object() };
	if (COMMAND_VALUES(init_values, call)->ecosystem)
		return true;
	error_set(err, STATUS_USAGE, _("import needs a file"));
	return error_next(err,
		_("`aigenv import .env`, or `aigenv import --ecosystem "
		  "ecosystem.config.js`"));
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct init_values *values = COMMAND_VALUES(init_values, call);
	const struct given given = init_given(values);
	SCOPED(imported) struct imported imported = { .answers = NULL };

	if (!read_file(call, &imported, err) ||
		!answers_add(imported.answers, &imported.secrets, &given, err))
		return err->status;
	const struct setup_start start = { imported.answers, &imported.secrets,
		values, imported.defaults,
		call->argument_count > 0 ? call->arguments[0] : NULL, &imported,
		tell };

	return setup_carry_out(call, &start, err);
}
