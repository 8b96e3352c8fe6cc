/* SPDX-License-Identifier: MIT */
#include "apply/plan.h"

#include "base/json.h"
#include "base/text.h"
#include "os/atomic_file.h"
#include "os/directory.h"

#include <stdlib.h>
#include <sys/stat.h>

static bool check_paths_differ(const struct profile *profile, struct error *err)
{
	for (size_t i = 0; i < profile->output_count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (!text_equal(profile->outputs[i].path,
				    profile->outputs[j].path))
				continue;
			error_set(err, STATUS_INVALID,
				"two outputs have the same path");
			return error_at(err, "outputs[%zu].path: %s", i,
				profile->outputs[i].path);
		}
	}
	return true;
}

bool plan_make(struct plan *plan, const struct profile *profile,
	const struct variables *variables, const char *directory,
	const struct opened *opened, struct error *err)
{
	struct render_input input = { .profile = profile,
		.variables = variables,
		.directory = directory };

	*plan = (struct plan){ 0 };
	if (!check_paths_differ(profile, err))
		return false;
	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *output = &profile->outputs[i];
		input.managed_before = opened
			? opened_get_rendered(opened, output->path)
			: NULL;
		if (!render_output(
			    &input, output, &plan->outputs[plan->count], err)) {
			plan_release(plan);
			return false;
		}
		plan->count++;
	}
	return true;
}

bool plan_has_changes(const struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (plan->outputs[i].changed)
			return true;
	}
	return false;
}

/* An unchanged file that others may read is still a leak. */
static void narrow_mode(const struct rendered *rendered)
{
	struct stat status;

	if (stat(rendered->path, &status) == 0 && (status.st_mode & 0077))
		(void)chmod(rendered->path, 0600);
}

static bool stage(const struct rendered *rendered, struct atomic_file *file,
	struct error *err)
{
	char *folder = path_directory(rendered->path);
	bool ok = directory_make(folder, err);

	free(folder);
	if (!ok)
		return false;
	atomic_file_sweep(rendered->path);
	return atomic_file_stage(file, rendered->path, ATOMIC_PRIVATE,
		buf_cstring(&rendered->after), rendered->after.size, err);
}

bool plan_write(struct plan *plan, struct error *err)
{
	struct atomic_file files[OUTPUTS_LIMIT];
	bool ok = true;

	for (size_t i = 0; i < plan->count; i++)
		files[i] = ATOMIC_FILE_NONE;
	for (size_t i = 0; i < plan->count && ok; i++) {
		if (plan->outputs[i].changed)
			ok = stage(&plan->outputs[i], &files[i], err);
	}
	for (size_t i = 0; i < plan->count && ok; i++) {
		if (plan->outputs[i].changed)
			ok = atomic_file_commit(&files[i], err);
		else
			narrow_mode(&plan->outputs[i]);
	}
	for (size_t i = 0; i < plan->count; i++)
		atomic_file_release(&files[i]);
	return ok;
}

bool plan_remember(const struct plan *plan, const struct variables *variables,
	struct opened *opened, struct error *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		JSON_SCOPED json_t *names = json_array();
		for (size_t j = 0; j < variables->count; j++)
			(void)json_array_append_new(
				names, json_string(variables->items[j].name));
		if (!opened_set_rendered(
			    opened, plan->outputs[i].output->path, names, err))
			return false;
	}
	return true;
}

void plan_release(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		rendered_release(&plan->outputs[i]);
	plan->count = 0;
}
