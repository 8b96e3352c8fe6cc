/* SPDX-License-Identifier: MIT */
#include "apply/rendered.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void rendered_add_change(struct rendered *rendered, struct change change)
{
	MEMORY_PUSH(rendered->changes, rendered->change_count, change);
}

void rendered_add_warning(struct rendered *rendered, char *warning)
{
	MEMORY_PUSH(rendered->warnings, rendered->warning_count, warning);
}

char *rendered_shown_value(const char *value, bool secret)
{
	char mask[SECRET_MASK_SIZE];

	if (!secret)
		return memory_text(value);
	secret_mask_text(value, strlen(value), mask);
	return memory_text(mask);
}

bool rendered_wrote_plain(
	const json_t *written, const char *name, const char *value)
{
	const char *text = json_text(written, name);

	return text && text_equal(text, value);
}

bool rendered_is_open(const struct rendered *rendered)
{
	struct stat status;

	return stat(rendered->path, &status) == 0 &&
		(status.st_mode & 0077) != 0;
}

json_t *rendered_record(const struct rendered *rendered, const char *state)
{
	json_t *names = json_new_list();

	for (size_t i = 0; i < rendered->change_count; i++)
		json_push_text(names, rendered->changes[i].name);
	return json_build("{path:%s, state:%s, names:%o}",
		rendered->output->path, state, names);
}

void rendered_release(struct rendered *rendered)
{
	for (size_t i = 0; i < rendered->change_count; i++) {
		free(rendered->changes[i].name);
		free(rendered->changes[i].before);
		free(rendered->changes[i].after);
	}
	free(rendered->changes);
	memory_free_texts(rendered->warnings, rendered->warning_count);
	free(rendered->path);
	free(rendered->owner);
	json_decref(rendered->written);
	buf_release(&rendered->before);
	buf_release(&rendered->after);
	*rendered = (struct rendered){ 0 };
}
