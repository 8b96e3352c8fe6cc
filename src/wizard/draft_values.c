/* SPDX-License-Identifier: MIT */
#include "wizard/draft_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"
#include "profile/schema.h"
#include "wizard/draft.h"

/* The secrets and variables of a draft, and which of them are wanted. */

static const struct wizard_secret *find_present(
	const struct draft *draft, const char *name)
{
	const struct wizard_secret *secret = draft->wizard->present_secrets;

	while (secret && secret->name && !text_equal(secret->name, name))
		secret++;
	return secret && secret->name ? secret : NULL;
}

/* Also under the name that a key's variable had: the value goes along. */
const struct wizard_secret *draft_present_secret(
	const struct draft *draft, const char *name)
{
	const struct wizard_secret *secret = find_present(draft, name);
	const json_t *routes = json_object_get(draft->said, "routes");

	for (size_t i = 0; !secret && i < draft_route_count(draft); i++) {
		OWNED char *key = draft_key_name(draft, i);
		const char *old = renamed_key(
			draft->wizard->present, json_array_get(routes, i));
		if (old && text_equal_or_null(key, name))
			secret = find_present(draft, old);
	}
	return secret;
}

enum secret_state draft_secret_state(
	const struct draft *draft, const char *name)
{
	if (json_inner(draft->said, "secrets", name))
		return SECRET_SAID;
	return draft_present_secret(draft, name) ? SECRET_PRESENT
						 : SECRET_MISSING;
}

bool draft_secret_is_given(const struct draft *draft, const char *name)
{
	return json_inner(draft->given, "secrets", name);
}

const struct secret *draft_get_secret(
	const struct draft *draft, const char *name)
{
	static const struct secret none = { NULL, 0 };
	const struct secret *said =
		given_secret_find(draft->wizard->secrets, draft->said, name);

	return said ? said : &none;
}

void draft_set_secret(
	struct draft *draft, const char *name, const struct secret *value)
{
	json_t *secrets = json_object_get(draft->said, "secrets");

	if (!secrets) {
		secrets = json_new_object();
		json_put(draft->said, "secrets", secrets);
	}
	json_put(
		secrets, name, given_secret_add(draft->wizard->secrets, value));
}

/* What is wanted depends on what the routes make. New reference. */
static json_t *schema_and_routes(const struct draft *draft)
{
	json_t *settings = json_new_shallow(draft->schema);

	json_put(settings, "routes",
		json_new_copy(json_object_get(draft->said, "routes")));
	profile_complete_routes(settings);
	return settings;
}

bool draft_wants(const struct draft *draft, const char *name)
{
	JSON_SCOPED json_t *settings = schema_and_routes(draft);

	return schema_wants(settings, name);
}

const char *draft_wanted(const struct draft *draft, size_t index)
{
	JSON_SCOPED json_t *settings = schema_and_routes(draft);
	const char *name = NULL;
	size_t at = 0;

	do
		name = schema_next_wanted(settings, &at);
	while (name && index--);
	return name;
}

const char *draft_variable(const struct draft *draft, const char *name)
{
	const char *said =
		json_text(json_object_get(draft->said, "vars"), name);

	return said ? said
		    : json_text(json_object_get(draft->wizard->present, "vars"),
			      name);
}

bool draft_variable_is_given(const struct draft *draft, const char *name)
{
	return json_inner(draft->given, "vars", name);
}

static void put_variable(json_t *answers, const char *name, const char *value)
{
	if (!json_object_get(answers, "vars"))
		json_put(answers, "vars", json_new_object());
	json_put_text(json_object_get(answers, "vars"), name, value);
}

/* Commands are no answer to a question. */
static bool advise(struct error *err)
{
	return error_next(err, _("? says what it has to be"));
}

bool draft_would_take_variable(struct draft *draft, const char *name,
	const char *value, struct error *err)
{
	JSON_SCOPED json_t *tried = draft_trial(draft);

	put_variable(tried, name, value);
	return (schema_check_plain(draft->schema, name, value, err) ||
		       advise(err)) &&
		draft_stands(draft, tried, err);
}

bool draft_would_take_secret(const struct draft *draft, const char *name,
	const struct secret *value, struct error *err)
{
	return schema_check_secret(draft->schema, name, value, err) ||
		advise(err);
}

bool draft_set_variable(struct draft *draft, const char *name,
	const char *value, struct error *err)
{
	if (!draft_would_take_variable(draft, name, value, err))
		return false;
	put_variable(draft->said, name, value);
	return true;
}

/* What of the draft becomes answers, once all is said. */

static bool is_needed(const struct draft *draft, const char *name)
{
	bool needed = text_equal(name, TOKEN_NAME) ||
		json_inner(draft->first, "secrets", name);

	for (size_t i = 0; i < draft_route_count(draft) && !needed; i++) {
		OWNED char *key = draft_key_name(draft, i);
		needed = text_equal_or_null(key, name);
	}
	return needed || draft_wants(draft, name);
}

/* Without PM2 nothing is to be rendered for it. */
static void leave_ecosystem(const struct draft *draft, json_t *answers)
{
	json_t *said = json_object_get(answers, "outputs");
	json_t *outputs = said
		? said
		: json_object_get(draft->wizard->present, "outputs");
	JSON_SCOPED json_t *kept = json_new_list();

	JSON_EACH(output, outputs) {
		const char *template = json_text(output.value, "template");
		if (!template || !text_starts_with(template, "ecosystem"))
			json_push_shared(kept, output.value);
	}
	bool fewer = json_array_size(kept) < json_array_size(outputs);
	if (fewer && json_array_size(kept) > 0)
		json_put_shared(answers, "outputs", kept);
	else if (fewer)
		json_put(answers, "outputs", json_null());
}

json_t *draft_finish(const struct draft *draft)
{
	json_t *answers = json_new_copy(draft->said);
	json_t *secrets = json_object_get(answers, "secrets");
	const char *name = NULL;
	json_t *value = NULL;
	void *next = NULL;

	json_object_foreach_safe(secrets, next, name, value) {
		if (!is_needed(draft, name))
			(void)json_object_del(secrets, name);
	}
	if (json_is_null(json_object_get(answers, "pm2")) &&
		!json_object_get(draft->given, "outputs"))
		leave_ecosystem(draft, answers);
	return answers;
}
