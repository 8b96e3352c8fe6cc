/* SPDX-License-Identifier: MIT */
#include "apply/left_over.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"
#include "template/builtin.h"
#include "template/template.h"

/* The file itself, where the path is a link's; owned, or NULL: it is gone. */
static char *find_file(const struct vault *vault, const char *path)
{
	OWNED char *whole = path_join(vault_directory(vault), path);

	return path_resolve(whole);
}

static bool is_output(const struct profile *profile, const struct vault *vault,
	const char *path)
{
	OWNED char *file = find_file(vault, path);
	bool found = false;

	for (size_t i = 0; profile && !found && i < profile->output_count;
		i++) {
		OWNED char *other = find_file(vault, profile->outputs[i].path);

		found = text_equal(profile->outputs[i].path, path) ||
			(file && text_equal_or_null(other, file));
	}
	return found;
}

static bool holds(const struct buf *text, const char *word)
{
	return slice_contains(
		(struct slice){ buf_cstring(text), text->size }, word);
}

/* Whatever the file's format: our mark, or a name that was written there. */
static bool holds_ours(const char *path, json_t *names)
{
	SCOPED(buf) struct buf text = BUF(TEMPLATE_OUTPUT_LIMIT);
	struct error ignored;

	if (!file_read(path, &text, NULL, &ignored))
		return false;
	if (holds(&text, BUILTIN_MARK))
		return true;
	JSON_EACH_MEMBER(member, names)
		if (holds(&text, member.name))
			return true;
	return false;
}

static bool is_left(const struct opened *opened, const struct vault *vault,
	const char *path, json_t *names)
{
	struct error ignored;

	if (!path_check_inside(vault_directory(vault), path, &ignored))
		return false;
	OWNED char *whole = path_join(vault_directory(vault), path);
	OWNED char *owner = vault_output_owner(vault, whole);

	return (!owner || text_equal(owner, opened_profile(opened))) &&
		holds_ours(whole, names);
}

json_t *left_over_paths(const struct opened *opened,
	const struct profile *profile, const struct vault *vault)
{
	json_t *paths = json_new_list();

	JSON_EACH_MEMBER(names, opened_all_rendered(opened))
		if (!is_output(profile, vault, names.name) &&
			is_left(opened, vault, names.name, names.value))
			json_push_text(paths, names.name);
	return paths;
}
