/* SPDX-License-Identifier: MIT */
#include "vault/proven_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "vault/remembered_internal.h"

#include <stdlib.h>

#define PROVEN_VERSION 1

static bool check(json_t *root, struct error *err)
{
	json_int_t version = 0;
	json_t *routes = NULL;

	return json_get_integer(root, NULL, "aigenv_proven", JSON_REQUIRED,
		       &version, err) &&
		json_get_object(
			root, NULL, "proven", JSON_REQUIRED, &routes, err);
}

void proven_load(
	struct proven *proven, const char *vault_id, const char *profile)
{
	struct error ignored;

	proven_release(proven);
	proven->name =
		memory_printf("vaults/%s/%s.proven.json", vault_id, profile);
	if (!remembered_read(proven->name, check, &proven->root, &ignored) ||
		!proven->root)
		proven->root = json_build(
			"{aigenv_proven:%i, proven:{}}", PROVEN_VERSION);
}

void proven_release(struct proven *proven)
{
	free(proven->name);
	json_decref(proven->root);
	*proven = (struct proven){ 0 };
}

json_t *proven_get(const struct proven *proven, const char *route)
{
	return json_inner(proven->root, "proven", route);
}

void proven_put(struct proven *proven, const char *route, json_t *proof)
{
	json_put(json_object_get(proven->root, "proven"), route, proof);
	proven->changed = true;
}

json_t *proven_refusals(const struct proven *proven)
{
	return json_object_get(proven->root, "refused");
}

void proven_put_refused(struct proven *proven, const char *route, json_t *names)
{
	json_t *refused = json_object_get(proven->root, "refused");

	if (!names && !json_object_get(refused, route))
		return;
	if (!json_is_object(refused)) {
		refused = json_new_object();
		json_put(proven->root, "refused", refused);
	}
	if (names)
		json_put(refused, route, names);
	else
		(void)json_object_del(refused, route);
	proven->changed = true;
}

bool proven_save(struct proven *proven, struct error *err)
{
	if (!proven->changed)
		return true;
	proven->changed = false;
	return remembered_write(
		proven->name, proven->root, ATOMIC_PASSING, err);
}
