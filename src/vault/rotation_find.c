/* SPDX-License-Identifier: MIT */
#include "vault/rotation.h"

#include "base/i18n.h"
#include "base/json.h"
#include "vault/structure_checks_internal.h"
#include "vault/vault_internal.h"

const char *rotation_step_word(enum rotation_step step)
{
	return rule_step_word(step);
}

json_t *rotation_secret(const struct opened *opened, const char **name)
{
	JSON_EACH_MEMBER(secret, opened_secrets(opened)) {
		if (json_object_get(secret.value, "rotation")) {
			*name = secret.name;
			return secret.value;
		}
	}
	return NULL;
}

/* Of the pending value, which is the current one from the switch on. */
static int64_t new_generation(const json_t *secret, enum rotation_step step)
{
	json_t *slot = json_object_get(
		secret, step >= ROTATION_SWITCHED ? "current" : "pending");

	return json_number(slot, "gen");
}

bool opened_find_rotation(
	const struct opened *opened, struct rotation *rotation)
{
	const char *name = NULL;
	json_t *secret = rotation_secret(opened, &name);
	json_t *record = json_object_get(secret, "rotation");

	if (!record)
		return false;
	enum rotation_step step =
		rule_step_of(json_text_or_empty(record, "step"));
	*rotation = (struct rotation){
		.name = name,
		.step = step,
		.since = json_text(record, "since"),
		.generation = new_generation(secret, step),
		.label = json_text(record, "label"),
		.old_id = json_text(record, "old_id"),
		.new_id = json_text(record, "new_id"),
		.has_previous = json_object_get(secret, "previous") != NULL,
		.previous_id =
			json_text(json_object_get(secret, "previous"), "id"),
	};
	return true;
}

bool opened_check_no_rotation(const struct opened *opened, struct error *err)
{
	struct rotation rotation;

	if (!opened_find_rotation(opened, &rotation))
		return true;
	error_set(err, STATUS_INVALID, _("%s is being rotated in profile %s"),
		rotation.name, opened->name);
	error_at(err, _("step \"%s\""), rotation_step_word(rotation.step));
	return error_next(err,
		_("finish that with `aigenv rotate %s --resume`, or take it "
		  "back with `aigenv rotate %s --abort`"),
		rotation.name, rotation.name);
}
