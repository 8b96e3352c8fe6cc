/* SPDX-License-Identifier: MIT */
#include "vault/state_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "vault/encoding_internal.h"
#include "vault/remembered_internal.h"
#include "vault/structure_internal.h"

#include <stdlib.h>
#include <string.h>

#define STATE_VERSION 1
#define ENDING ".json"

/* Checking */

static bool check_tag(
	json_t *value, const struct json_path *path, struct error *err)
{
	unsigned char bytes[TAG_SIZE];

	return (json_is_string(value) &&
		       base64_decode(json_string_value(value), bytes,
			       sizeof(bytes))) ||
		json_refuse(err, path, _("this must be 32 bytes in Base64"));
}

static bool check_tags(json_t *root, struct error *err)
{
	struct json_path core = { NULL, "core", 0 };
	struct json_path settings = { NULL, "settings_tag", 0 };
	json_t *settings_tag = json_object_get(root, "settings_tag");

	return check_tag(json_object_get(root, "core"), &core, err) &&
		(!settings_tag || check_tag(settings_tag, &settings, err));
}

static bool check_writers(json_t *root, struct error *err)
{
	struct json_path path = { NULL, "writers", 0 };
	json_t *writers = NULL;

	if (!json_get_object(
		    root, NULL, "writers", JSON_REQUIRED, &writers, err))
		return false;
	if (json_object_size(writers) == 0)
		return json_refuse(err, &path, _("nobody is remembered"));
	JSON_EACH_MEMBER(sign, writers) {
		struct json_path at = { &path, "(a writer)", 0 };
		if (structure_is_recipient_name(sign.name))
			at.member = sign.name;
		if (!check_tag(sign.value, &at, err))
			return false;
	}
	return true;
}

/* Of each output the names that were written, with their plain values. */
static bool check_rendered(json_t *rendered, struct error *err)
{
	struct json_path path = { NULL, "rendered", 0 };

	JSON_EACH_MEMBER(names, rendered) {
		struct json_path at = { &path, names.name, 0 };
		if (!json_is_object(names.value))
			return json_refuse(
				err, &at, _("this must be an object"));
		JSON_EACH_MEMBER(member, names.value)
			if (!json_is_string(member.value) &&
				!json_is_null(member.value))
				return json_refuse(err, &at,
					_("this must have strings and null "
					  "alone"));
	}
	return true;
}

static bool check_objects(json_t *root, struct error *err)
{
	static const char *const members[] = { "settings", "deployed",
		"rolled_back", "rendered" };
	json_t *object = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		if (!json_get_object(root, NULL, members[i], JSON_OPTIONAL,
			    &object, err))
			return false;
	return check_rendered(json_object_get(root, "rendered"), err);
}

static bool check_generation(json_t *root, struct error *err)
{
	struct json_path path = { NULL, "generation", 0 };
	json_int_t generation = 0;

	if (!json_get_integer(
		    root, NULL, "generation", JSON_REQUIRED, &generation, err))
		return false;
	return (generation >= 1 && generation <= GENERATION_LIMIT) ||
		json_refuse(err, &path, _("this must be from 1 to 2^53-1"));
}

static bool check(json_t *root, struct error *err)
{
	struct json_path path = { NULL, "aigenv_state", 0 };
	json_int_t version = 0;

	if (!json_get_integer(
		    root, NULL, "aigenv_state", JSON_REQUIRED, &version, err))
		return false;
	if (version != STATE_VERSION)
		return json_refuse(err, &path,
			_("it has version %lld, and this aigenv knows version "
			  "%d"),
			(long long)version, STATE_VERSION);
	return check_generation(root, err) && check_tags(root, err) &&
		check_writers(root, err) && check_objects(root, err);
}

/* Reading */

bool state_load(struct state *state, const char *vault_id, const char *profile,
	struct error *err)
{
	char *name = memory_printf("vaults/%s/%s" ENDING, vault_id, profile);
	json_t *root = NULL;

	if (!remembered_read(name, check, &root, err)) {
		free(name);
		return false;
	}
	*state = (struct state){ .name = name, .root = root };
	return true;
}

struct walk {
	state_visit *visit;
	void *context;
};

static bool visit_file(void *context, const char *file, struct error *err)
{
	const struct walk *walk = context;

	if (!text_ends_with(file, ENDING))
		return true;
	OWNED char *profile = memory_copy(file, strlen(file) - strlen(ENDING));
	return !structure_is_profile_name(profile) ||
		walk->visit(walk->context, profile, err);
}

bool state_each(const char *vault_id, state_visit *visit, void *context,
	struct error *err)
{
	struct walk walk = { visit, context };
	OWNED char *folder = memory_printf("vaults/%s", vault_id);

	return remembered_each(folder, visit_file, &walk, err);
}

void state_release(struct state *state)
{
	free(state->name);
	json_decref(state->root);
	json_decref(state->news);
	*state = (struct state){ 0 };
}

int64_t state_generation(const struct state *state)
{
	return json_number(state->root, "generation");
}

const char *state_text(const struct state *state, const char *member)
{
	return json_text(state->root, member);
}

json_t *state_writers(const struct state *state)
{
	return json_object_get(state->root, "writers");
}

json_t *state_settings(const struct state *state)
{
	return json_object_get(state->root, "settings");
}

json_t *state_entry(
	const struct state *state, const char *member, const char *name)
{
	return json_inner(state->root, member, name);
}

/* Changing */

void state_put(struct state *state, const char *member, json_t *value)
{
	if (json_equal(json_object_get(state->root, member), value)) {
		json_decref(value);
		return;
	}
	if (!state->root) {
		state->root = json_new_object();
		state_put(
			state, "aigenv_state", json_new_number(STATE_VERSION));
	}
	if (!state->news)
		state->news = json_new_object();
	json_put(state->root, member, json_incref(value));
	json_put(state->news, member, value);
}

void state_put_entry(struct state *state, const char *member, const char *name,
	json_t *value)
{
	json_t *object = json_object_get(state->root, member);
	json_t *copy = object ? json_new_shallow(object) : json_new_object();

	if (value)
		json_put(copy, name, value);
	else
		(void)json_object_del(copy, name);
	state_put(state, member, copy);
}

/* Another process may have moved the mark on since we looked. */
static void keep_higher_mark(struct state *state, json_t *now)
{
	static const char *const mark[] = { "generation", "core",
		"settings_tag", "signature", "writers", "settings" };

	if (json_number(now, "generation") <= state_generation(state))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(mark); i++)
		(void)json_object_del(state->news, mark[i]);
}

bool state_save(struct state *state, struct error *err)
{
	struct error ignored;
	json_t *now = NULL;

	if (!state->news)
		return true;
	if (remembered_read(state->name, check, &now, &ignored) && now) {
		keep_higher_mark(state, now);
		JSON_EACH_MEMBER(member, state->news)
			json_put(now, member.name, json_incref(member.value));
		json_decref(state->root);
		state->root = now;
	}
	json_decref(state->news);
	state->news = NULL;
	return remembered_write(state->name, state->root, ATOMIC_PRIVATE, err);
}
