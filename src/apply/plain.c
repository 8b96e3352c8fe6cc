/* SPDX-License-Identifier: MIT */
#include "apply/plain.h"

#include "base/json.h"
#include "base/text.h"
#include "envfile/envfile.h"

struct file {
	const struct rendered *rendered;
	const struct variables *variables;
	bool today;
};

static bool is_plain_value(
	const struct file *file, const char *name, const char *value)
{
	const struct variable *variable = variables_find(file->variables, name);

	if (file->today)
		return rendered_wrote_plain(
			file->rendered->written, name, value);
	return variable && variable->plain &&
		text_equal(variable->plain, value);
}

/* A line of an env file, in either grammar: docker's has no quotes. */
static bool is_plain_line(const struct file *file, const char *line,
	size_t size, reader_set readers)
{
	struct envfile *document = NULL;
	struct error ignored;
	bool read = envfile_parse_for(line, size, readers, &document, &ignored);
	bool plain = false;

	if (read && envfile_count(document) == 1) {
		struct envfile_entry entry;

		envfile_entry(document, 0, &entry);
		plain = is_plain_value(file, entry.name, entry.value);
	}
	envfile_free(document);
	return plain;
}

bool plain_may_be_shown(const struct rendered *rendered,
	const struct variables *variables, bool today, const char *text,
	size_t size)
{
	const struct file file = { rendered, variables, today };

	if (rendered->builtin && rendered->builtin->edits)
		return is_plain_line(&file, text, size, 0) ||
			is_plain_line(&file, text, size, READERS_RAW);
	JSON_EACH_MEMBER(member, rendered->written)
		if (json_is_string(member.value) &&
			text_is(text, size, json_string_value(member.value)))
			return true;
	return false;
}
