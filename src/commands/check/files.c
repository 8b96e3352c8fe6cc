/* SPDX-License-Identifier: MIT */
/* Which files `aigenv check` looks at, and for which readers. */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "lint/lint.h"

#include <dirent.h>
#include <stdlib.h>

/* The names of --for, or the default. */
bool check_read_readers(const struct check_values *values, reader_set *readers,
	struct error *err)
{
	struct slice rest = slice_of(values->readers ? values->readers : "");
	struct slice item;

	*readers = values->readers ? 0 : lint_default_readers();
	while (slice_take_item(&rest, &item)) {
		if (slice_trimmed(item).size == 0)
			continue;
		OWNED char *name = slice_text(slice_trimmed(item));
		enum reader reader = reader_find(name);
		if (reader == READER_COUNT) {
			error_set(err, STATUS_USAGE,
				_("no env-file reader is called \"%.40s\""),
				name);
			return error_next(
				err, _("`aigenv help readers` lists them"));
		}
		*readers |= (reader_set)1 << reader;
	}
	if (*readers)
		return true;
	return error_tell(err, STATUS_USAGE, _("--for names no reader"),
		_("give the names of those who read the file, with commas "
		  "between them: `aigenv help readers` lists them"));
}

bool check_find_files(bool (*wanted)(const char *name), char ***found,
	size_t *count, struct error *err)
{
	DIR *folder = opendir(".");
	char **names = NULL;

	if (!folder)
		return error_set(
			err, STATUS_IO, _("the folder cannot be read"));
	*count = 0;
	for (const struct dirent *entry = readdir(folder); entry;
		entry = readdir(folder))
		if (wanted(entry->d_name))
			MEMORY_PUSH(names, *count, memory_text(entry->d_name));
	(void)closedir(folder);
	if (names)
		qsort(names, *count, sizeof(*names), text_compare);
	*found = names;
	return true;
}
