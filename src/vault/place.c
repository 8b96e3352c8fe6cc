/* SPDX-License-Identifier: MIT */
#include "vault/place_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "vault/encoding_internal.h"
#include "vault/remembered_internal.h"
#include "vault/structure_internal.h"

#include <stdlib.h>

#define PLACE_VERSION 1
#define FOLDER "places"

static bool check(json_t *root, struct error *err)
{
	struct json_path version_path = { NULL, "aigenv_place", 0 };
	struct json_path vault_path = { NULL, "vault", 0 };
	json_int_t version = 0;
	const char *path = NULL;
	const char *vault = NULL;

	if (!json_get_integer(
		    root, NULL, "aigenv_place", JSON_REQUIRED, &version, err) ||
		!json_get_text(root, NULL, "path", JSON_REQUIRED, &path, err) ||
		!json_get_text(root, NULL, "vault", JSON_REQUIRED, &vault, err))
		return false;
	if (version != PLACE_VERSION)
		return json_refuse(err, &version_path,
			_("it has version %lld, and this aigenv knows version "
			  "%d"),
			(long long)version, PLACE_VERSION);
	return hex_is_valid(vault, VAULT_ID_SIZE) ||
		json_refuse(err, &vault_path,
			_("this must be 32 digits of lower-case hex"));
}

/* Loading */

/* Takes the path over. */
static bool add(struct place *place, char *path, struct error *err)
{
	json_t *root = NULL;

	if (!path)
		return true;
	if (place->count > 0 && text_equal(place->paths[0].path, path)) {
		free(path);
		return true;
	}
	struct place_path *added = &place->paths[place->count++];
	*added = (struct place_path){ .path = path,
		.name = remembered_name(FOLDER, path) };
	if (!remembered_read(added->name, check, &root, err))
		return false;
	if (root)
		added->vault = memory_text(json_text(root, "vault"));
	json_decref(root);
	return true;
}

/* Where descriptors have names, what is behind a name changes by the process.
 */
static bool is_lasting(const char *path)
{
	return !text_starts_with(path, "/dev/") &&
		!text_starts_with(path, "/proc/");
}

bool place_load(struct place *place, const char *vault_path, struct error *err)
{
	char *reached = path_logical(vault_path);

	if (reached && !is_lasting(reached)) {
		free(reached);
		return true;
	}
	return add(place, reached, err) &&
		add(place, path_resolve(vault_path), err);
}

void place_release(struct place *place)
{
	for (size_t i = 0; i < place->count; i++) {
		free(place->paths[i].path);
		free(place->paths[i].name);
		free(place->paths[i].vault);
	}
	*place = (struct place){ .count = 0 };
}

bool place_is_known(const struct place *place)
{
	for (size_t i = 0; i < place->count; i++)
		if (place->paths[i].vault)
			return true;
	return false;
}

bool place_had_another(const struct place *place, const char *id)
{
	for (size_t i = 0; i < place->count; i++)
		if (place->paths[i].vault &&
			!text_equal(place->paths[i].vault, id))
			return true;
	return false;
}

/* Saving */

static bool save_one(
	const struct place_path *path, const char *id, struct error *err)
{
	/* A path that is not UTF-8 is told apart by its hash all the same. */
	JSON_SCOPED json_t *root =
		json_build("{aigenv_place:%i, path:%s, vault:%s}",
			PLACE_VERSION, path->path, id);

	return remembered_write(path->name, root, ATOMIC_PRIVATE, err);
}

bool place_save(struct place *place, const char *id, struct error *err)
{
	for (size_t i = 0; i < place->count; i++) {
		struct place_path *path = &place->paths[i];
		if (path->vault && text_equal(path->vault, id))
			continue;
		if (!save_one(path, id, err))
			return false;
		free(path->vault);
		path->vault = memory_text(id);
	}
	return true;
}

/* Others */

struct search {
	const char *path; /* for which neighbours are looked for */
	const char *id;
	char *nearest; /* owned; its path */
	size_t common; /* bytes that it begins with as `path` does */
};

static size_t common_size(const char *a, const char *b)
{
	size_t size = 0;

	while (a[size] && a[size] == b[size])
		size++;
	return size;
}

static void consider(struct search *search, json_t *root)
{
	const char *path = json_text(root, "path");
	const char *id = json_text(root, "vault");

	if (text_equal(id, search->id) ||
		!text_equal(path_name(path), path_name(search->path)))
		return;
	size_t common = common_size(path, search->path);
	if (search->nearest && common <= search->common)
		return;
	free(search->nearest);
	search->nearest = memory_text(path);
	search->common = common;
}

static bool visit(void *context, const char *file, struct error *err)
{
	struct error ignored;
	OWNED char *name = memory_printf(FOLDER "/%s", file);
	JSON_SCOPED json_t *root = NULL;

	(void)err;
	/* A hint alone: what is wrong with another place is told there. */
	if (remembered_read(name, check, &root, &ignored) && root)
		consider(context, root);
	return true;
}

char *place_find_another(const struct place *place, const char *id)
{
	struct search search = { .id = id };
	struct error ignored;

	if (place->count == 0)
		return NULL;
	search.path = place->paths[0].path;
	if (remembered_each(FOLDER, visit, &search, &ignored))
		return search.nearest;
	free(search.nearest);
	return NULL;
}
