/* SPDX-License-Identifier: MIT */
/*
 * Env files: a new one from its template, an existing one edited.
 */
#include "apply/render_internal.h"

#include "apply/data.h"
#include "apply/readers.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "profile/detour.h"

#include <string.h>

struct edit {
	const struct render_input *input;
	struct rendered *rendered;
	struct envfile *document; /* the file as it is, then as it will be */
	reader_set wanted;        /* declared readers */
	reader_set spelt_for;     /* those, and the ecosystem file */
};

/*
 * Readers that will read another value: an error where they were declared, else
 * a warning. docker and podman are left out of the warning: they keep any
 * quotes, and have an output of their own.
 */
static bool judge_readers(const struct edit *edit, const char *name,
	const char *value, reader_set differ, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1000);
	const char *path = edit->rendered->output->path;
	reader_set told =
		edit->wanted ? edit->spelt_for & differ : differ & ~READERS_RAW;

	if (!told)
		return true;
	if (!edit->wanted) {
		readers_format(told, &names);
		rendered_add_warning(edit->rendered,
			memory_printf(_("%s: %s will read differently in %s"),
				path, name, buf_cstring(&names)));
		return true;
	}
	envfile_refuse_reading(name, value, told, err);
	error_at(err, "%s", path);
	return error_next(err,
		_("give that reader an output of its own, or change the "
		  "value"));
}

/* Of a name that is not set yet; NULL where the file has none. */
static const char *value_before(const struct edit *edit, const char *name)
{
	return edit->rendered->exists ? envfile_get(edit->document, name)
				      : NULL;
}

/* NULL where there was none. Owned. */
static char *shown_before(
	const struct edit *edit, const char *name, const char *value)
{
	bool plain = value &&
		rendered_wrote_plain(edit->input->managed_before, name, value);

	return value ? rendered_shown_value(value, !plain) : NULL;
}

static bool set_variable(const struct edit *edit,
	const struct variable *variable, struct error *err)
{
	SCOPED(buf) struct buf spelling = BUF(ENVFILE_LIMIT);
	const char *value = variable_reveal(variable);
	reader_set differ = 0;

	if (!envfile_quote(variable->name, value, edit->spelt_for, &spelling,
		    &differ, err))
		return error_at(err, "%s: %s", edit->rendered->output->path,
			variable->name);
	if (!judge_readers(edit, variable->name, value, differ, err))
		return false;
	/* A spelling for other readers is not always what dotenv reads. */
	const char *before = value_before(edit, variable->name);
	bool same = before &&
		(text_equal(before, value) ||
			envfile_has_spelling(edit->document, variable->name,
				buf_cstring(&spelling)));
	if (!same)
		rendered_add_change(edit->rendered,
			(struct change){
				.kind = before ? CHANGE_CHANGED : CHANGE_ADDED,
				.name = memory_text(variable->name),
				.before = shown_before(
					edit, variable->name, before),
				.after = variable_shown(variable),
			});
	envfile_set(edit->document, variable->name, buf_cstring(&spelling));
	return true;
}

/* Names that aigenv wrote last time and that the profile has no more. */
static void remove_lost(const struct edit *edit)
{
	JSON_EACH_MEMBER(member, edit->input->managed_before) {
		if (variables_find(edit->input->variables, member.name))
			continue;
		const char *before = value_before(edit, member.name);
		if (before)
			rendered_add_change(edit->rendered,
				(struct change){
					.kind = CHANGE_REMOVED,
					.name = memory_text(member.name),
					.before = shown_before(
						edit, member.name, before),
				});
		envfile_remove(edit->document, member.name);
	}
}

/* `own`: the profile's variable of that name, or NULL. Owned. */
static char *detour_warning(
	const char *path, const char *name, const struct variable *own)
{
	if (!own)
		return memory_printf(
			_("%s: %s is read by SDKs themselves and goes past the "
			  "gateway: take the line out"),
			path, name);
	if (own->secret)
		return memory_printf(
			_("%s: %s is read by SDKs themselves and goes past the "
			  "gateway: `aigenv secret remove %s`"),
			path, name, name);
	return memory_printf(
		_("%s: %s is read by SDKs themselves and goes past the "
		  "gateway: `aigenv config unset vars.%s`"),
		path, name, name);
}

/* What takes an SDK past the gateway: a line of the user's own, or a variable
 * of the profile. */
static void warn_of_detours(const struct edit *edit)
{
	const char *path = edit->rendered->output->path;

	for (size_t i = 0; detour_names[i]; i++) {
		const char *name = detour_names[i];
		const char *value = envfile_get(edit->document, name);
		const struct variable *own =
			variables_find(edit->input->variables, name);

		if (!value || !detour_is_elsewhere(edit->input->profile, value))
			continue;
		rendered_add_warning(
			edit->rendered, detour_warning(path, name, own));
	}
}

/*
 * What was written is read again, as an app will: the test call is made with
 * exactly these values.
 */
static bool check_reads_back(const struct edit *edit, struct error *err)
{
	const char *path = edit->rendered->output->path;

	if (!envfile_reads_back(edit->document, err)) {
		char where[sizeof(err->where)];
		memcpy(where, err->where, sizeof(where));
		error_at(err, "%s, %.100s", path, where);
		return error_next(err,
			_("correct that line by hand: a quote in it swallows "
			  "what follows"));
	}
	/* With declared readers it is those that judge_readers asked about. */
	if (edit->wanted)
		return true;
	for (size_t i = 0; i < edit->input->variables->count; i++) {
		const struct variable *variable =
			&edit->input->variables->items[i];
		const char *value = envfile_get(edit->document, variable->name);
		if (value && text_equal(value, variable_reveal(variable)))
			continue;
		error_set(err, STATUS_INVALID,
			_("%s would not read back as it was written"),
			variable->name);
		error_at(err, "%s", path);
		return error_next(err,
			_("give it another value, or encode it as Base64"));
	}
	return true;
}

static bool edit_document(const struct edit *edit, struct error *err)
{
	const struct variables *variables = edit->input->variables;

	envfile_declare(edit->document, edit->wanted);
	for (size_t i = 0; i < variables->count; i++)
		if (!set_variable(edit, &variables->items[i], err))
			return false;
	remove_lost(edit);
	if (!check_reads_back(edit, err))
		return false;
	warn_of_stops(
		edit->input, edit->document, edit->wanted, edit->rendered);
	warn_of_detours(edit);
	envfile_format(edit->document, &edit->rendered->after);
	return true;
}

/* What a file that is not there yet starts from. */
static bool render_template(
	const struct edit *edit, struct buf *text, struct error *err)
{
	const struct builtin_template *builtin = edit->rendered->builtin;
	const struct asset *asset = builtin_asset(builtin);
	SCOPED(template_secrets) struct template_secrets secrets = { 0 };
	struct template_options options = { .strict = true,
		.name = builtin->file,
		.secrets = &secrets,
		.escaping = builtin->escaping };

	/* The template quotes; a raw file has no quotes. */
	if (readers_are_raw(edit->wanted))
		return true;
	JSON_SCOPED json_t *data =
		template_data(edit->input, edit->rendered->output, &secrets);
	return template_render(
		asset->bytes, asset->size, data, &options, text, err);
}

/* An ecosystem file reads it too, and no declared reader may have a value
 * spelt in a way that PM2 then brings into the app as another. */
static reader_set add_ecosystem(const struct edit *edit)
{
	const struct profile *profile = edit->input->profile;
	const struct rendered *rendered = edit->rendered;
	const reader_set pm2 = (reader_set)1 << READER_PM2;

	if (!edit->wanted || readers_are_raw(edit->wanted) ||
		find_env_output(profile) != rendered->output)
		return edit->wanted;
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_starts_with(profile->outputs[i].template, "ecosystem"))
			return edit->wanted | pm2;
	return edit->wanted;
}

bool render_env(const struct render_input *input, struct rendered *rendered,
	struct error *err)
{
	SCOPED(buf) struct buf start = BUF(ENVFILE_LIMIT);
	struct edit edit = { .input = input, .rendered = rendered };

	if (!declared_readers(
		    input->profile, rendered->output, &edit.wanted, err))
		return false;
	edit.spelt_for = add_ecosystem(&edit);
	if (!rendered->exists && !render_template(&edit, &start, err))
		return false;
	const struct buf *text = rendered->exists ? &rendered->before : &start;
	if (!envfile_parse_for(buf_cstring(text), text->size, edit.wanted,
		    &edit.document, err))
		return error_at(err, "%s", rendered->output->path);
	bool ok = edit_document(&edit, err);
	envfile_free(edit.document);
	return ok;
}
