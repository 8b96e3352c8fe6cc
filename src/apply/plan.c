/* SPDX-License-Identifier: MIT */
#include "apply/plan.h"

#include "apply/left_over.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/owner.h"

#include <stdlib.h>
#include <sys/stat.h>

/*
 * The names that this profile wrote into the file that an output replaces, and
 * those of the profile that wrote it last, where that is another one, as
 * opened_get_rendered has them. New reference; NULL for nothing. *owner gets
 * the other profile's name, owned, where the vault still has it; else it is
 * left alone. `opened` NULL: the profile is new.
 */
static json_t *written_before(const struct profile_output *output,
	const char *profile, const struct vault *vault,
	const struct opened *opened, char **owner)
{
	json_t *own = opened ? opened_get_rendered(opened, output->path) : NULL;
	OWNED char *path = path_join(vault_directory(vault), output->path);
	char *last = vault_output_owner(vault, path);

	if (!last || text_equal(last, profile)) {
		free(last);
		return json_incref(own);
	}
	JSON_SCOPED json_t *theirs =
		vault_rendered_by(vault, last, output->path);
	json_t *all = theirs ? json_new_shallow(theirs) : json_new_object();
	json_put_missing(all, own);
	/* What is left of a profile that is no more, nobody has to give up. */
	if (vault_has_profile(vault, last))
		*owner = last;
	else
		free(last);
	return all;
}

bool plan_render(const struct render_input *input,
	const struct profile_output *output, const struct vault *vault,
	const struct opened *opened, struct rendered *rendered,
	struct error *err)
{
	struct render_input known = *input;
	char *owner = NULL;

	known.managed_before = written_before(
		output, input->profile->name, vault, opened, &owner);
	bool ok = render_output(&known, output, rendered, err);
	json_decref(known.managed_before);
	if (ok)
		rendered->owner = owner;
	else
		free(owner);
	return ok;
}

static bool add_output(struct plan *plan, const struct profile_output *output,
	const struct render_input *input, const struct vault *vault,
	const struct opened *opened, struct error *err)
{
	struct rendered *rendered = &plan->outputs[plan->count];

	if (!plan_render(input, output, vault, opened, rendered, err))
		return false;
	if (!owner_check_output(input->directory, rendered->path, err)) {
		rendered_release(rendered);
		return false;
	}
	plan->count++;
	return true;
}

void plan_look(struct plan *plan, const struct profile *profile,
	const struct variables *variables, const struct vault *vault,
	const struct opened *opened, const struct plan_refusal *refusal)
{
	OWNED char *path =
		path_join(vault_directory(vault), path_name(vault_path(vault)));
	const struct render_input input = { .profile = profile,
		.variables = variables,
		.directory = vault_directory(vault),
		.vault = path };

	*plan = (struct plan){ 0 };
	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *output = &profile->outputs[i];
		struct error err = { 0 };

		if (!add_output(plan, output, &input, vault, opened, &err))
			refusal->tell(refusal->context, output, &err);
	}
	if (opened)
		plan->left_over = left_over_paths(opened, profile, vault);
}

struct first_error {
	struct error *err;
	bool is_there;
};

static void keep_first(void *context, const struct profile_output *output,
	const struct error *err)
{
	struct first_error *first = context;

	(void)output;
	if (!first->is_there)
		*first->err = *err;
	first->is_there = true;
}

bool plan_make(struct plan *plan, const struct profile *profile,
	const struct variables *variables, const struct vault *vault,
	const struct opened *opened, struct error *err)
{
	struct first_error first = { .err = err };

	plan_look(plan, profile, variables, vault, opened,
		&(struct plan_refusal){ keep_first, &first });
	if (first.is_there)
		plan_release(plan);
	return !first.is_there;
}

bool plan_has_changes(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->outputs[i].changed)
			return true;
	return false;
}

bool plan_takes(const struct rendered *output)
{
	return output->owner && output->exists;
}

const struct rendered *plan_next_taken(const struct plan *plan, size_t *at)
{
	while (*at < plan->count) {
		const struct rendered *output = &plan->outputs[(*at)++];
		if (plan_takes(output))
			return output;
	}
	return NULL;
}

/* A file that others may read is narrowed even where it is unchanged. */
static void narrow_mode(struct rendered *rendered)
{
	rendered->stays_open =
		rendered_is_open(rendered) && chmod(rendered->path, 0600) != 0;
}

static bool stage(const struct rendered *rendered, struct atomic_file *file,
	struct error *err)
{
	OWNED char *folder = path_directory(rendered->path);
	bool ok = directory_make(folder, err);

	return ok &&
		atomic_file_stage(file, rendered->path, ATOMIC_PRIVATE,
			buf_cstring(&rendered->after), rendered->after.size,
			err);
}

/* Somebody may have saved the file during the test call. */
static bool check_same_as_before(
	const struct rendered *rendered, struct error *err)
{
	SCOPED(buf) struct buf now = BUF(TEMPLATE_OUTPUT_LIMIT);
	bool missing = false;

	if (!file_read(rendered->path, &now, &missing, err) && !missing)
		return false;
	return (missing == !rendered->exists &&
		       buf_equal(&now, &rendered->before)) ||
		file_refuse_changed(rendered->output->path, err);
}

static bool stage_all(
	struct plan *plan, struct atomic_file *files, struct error *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *rendered = &plan->outputs[i];
		if (!check_same_as_before(rendered, err) ||
			(rendered->changed && !stage(rendered, &files[i], err)))
			return false;
	}
	return true;
}

/* Of several renames some may have happened: the words have to be true. */
static bool commit_all(
	struct plan *plan, struct atomic_file *files, struct error *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (!plan->outputs[i].changed) {
			narrow_mode(&plan->outputs[i]);
			continue;
		}
		bool ok = atomic_file_commit(&files[i], err);
		plan->begun = plan->begun || !files[i].temporary;
		if (!ok)
			return plan->begun &&
				error_next(err,
					_("the files before it are written; "
					  "check the disk and run `aigenv "
					  "apply` again, which finishes it"));
	}
	return true;
}

bool plan_write(struct plan *plan, struct error *err)
{
	struct atomic_file files[OUTPUTS_LIMIT];

	for (size_t i = 0; i < plan->count; i++)
		files[i] = ATOMIC_FILE_NONE;
	bool ok = stage_all(plan, files, err) && commit_all(plan, files, err);
	for (size_t i = 0; i < plan->count; i++)
		atomic_file_release(&files[i]);
	return ok;
}

/* The plain values that were written, so that a later diff may show them. */
static json_t *written_values(const struct variables *variables)
{
	json_t *values = json_new_object();

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		json_put(
			values, variable->name, json_new_text(variable->plain));
	}
	return values;
}

void plan_remember(const struct plan *plan, const struct variables *variables,
	struct opened *opened)
{
	JSON_SCOPED json_t *values = written_values(variables);

	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *output = &plan->outputs[i];
		opened_set_rendered(opened, output->output->path, values);
		opened_own_output(opened, output->path);
	}
}

void plan_release(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		rendered_release(&plan->outputs[i]);
	plan->count = 0;
	json_decref(plan->left_over);
	plan->left_over = NULL;
}
