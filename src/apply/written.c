/* SPDX-License-Identifier: MIT */
#include "apply/written.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"

#include <stdlib.h>

/* Adds what is in `from` and not in `into`, which may be NULL. */
static json_t *joined(json_t *into, json_t *from)
{
	json_t *all = into ? json_new_shallow(into) : json_new_object();

	JSON_EACH_MEMBER(member, from) {
		if (!json_object_get(all, member.name))
			json_put(all, member.name, json_incref(member.value));
	}
	return all;
}

json_t *written_before(const struct profile_output *output, const char *profile,
	const struct vault *vault, const struct opened *opened, char **owner)
{
	json_t *own = opened ? opened_get_rendered(opened, output->path) : NULL;
	OWNED char *path = path_join(vault_directory(vault), output->path);
	char *last = vault_output_owner(vault, path);
	json_t *names = NULL;

	if (!last || text_equal(last, profile)) {
		free(last);
		return json_incref(own);
	}
	names = vault_rendered_by(vault, last, output->path);
	json_t *all = joined(names, own);
	json_decref(names);
	/* What is left of a profile that is no more, nobody has to give up. */
	if (vault_has_profile(vault, last))
		*owner = last;
	else
		free(last);
	return all;
}
