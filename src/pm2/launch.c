/* SPDX-License-Identifier: MIT */
#include "pm2/launch.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "pm2/sealed.h"

#include <stdlib.h>

static char *find_folder(const char *directory, const json_t *pm2)
{
	const char *cwd = json_text(pm2, "cwd");

	return cwd && !text_equal(cwd, ".") ? path_join(directory, cwd)
					    : memory_text(directory);
}

/* tsx as a setting is what it is to npm: the one of node_modules, if any. */
static void settle_interpreter(struct launch *launch)
{
	const char *named = json_text(launch->settings, "interpreter");
	OWNED char *file =
		named ? package_find_program(launch->folder, named) : NULL;

	if (file)
		json_put_text(launch->settings, "interpreter", file);
}

static bool is_sealed(const struct profile *profile)
{
	for (size_t i = 0; i < profile->output_count; i++)
		if (sealed_is(profile->outputs[i].template))
			return true;
	return false;
}

void launch_find(const struct profile *profile, const char *directory,
	struct launch *launch)
{
	json_t *pm2 = json_object_get(profile->settings, "pm2");

	*launch = (struct launch){
		.folder = find_folder(directory, pm2),
		.sealed = is_sealed(profile),
		.script_is_set = profile->pm2.script != NULL,
	};
	if (launch->script_is_set) {
		launch->settings = json_new_copy(pm2);
	} else {
		package_find_start(launch->folder, &launch->start);
		launch->settings = json_new_copy(launch->start.launch);
		json_put_all(launch->settings, pm2);
	}
	settle_interpreter(launch);
}

void launch_release(struct launch *launch)
{
	free(launch->folder);
	json_decref(launch->settings);
	package_start_release(&launch->start);
	*launch = (struct launch){ 0 };
}
