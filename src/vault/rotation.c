/* SPDX-License-Identifier: MIT */
#include "vault/rotation.h"

#include "base/i18n.h"
#include "base/json.h"
#include "os/clock.h"
#include "vault/structure_checks_internal.h"
#include "vault/vault_internal.h"

/* A copy of the secret, to be changed and put back; NULL: there is none. */
static json_t *begin(
	const struct opened *opened, const char *name, struct error *err)
{
	json_t *secret = json_object_get(opened_secrets(opened), name);

	if (secret)
		return json_new_shallow(secret);
	error_set(err, STATUS_INVALID, _("profile %s has no secret \"%.128s\""),
		opened->name, name);
	error_next(err, _("`aigenv secret list` shows the names"));
	return NULL;
}

static void put_step(json_t *record, enum rotation_step step)
{
	char now[CLOCK_TEXT_SIZE];

	clock_now(now);
	json_put_shape(
		record, "{step:%s, since:%s}", rotation_step_word(step), now);
}

static json_t *new_record(enum rotation_step step)
{
	json_t *record = json_new_object();

	put_step(record, step);
	return record;
}

bool opened_request_rotation(struct opened *opened, const char *name,
	const char *label, const char *old_id, struct error *err)
{
	if (!opened_check_no_rotation(opened, err))
		return false;
	json_t *secret = begin(opened, name, err);
	if (!secret)
		return false;
	json_t *record = new_record(ROTATION_REQUESTED);
	json_put_shape(record, "{label:%s, old_id:%s*}", label, old_id);
	json_put(secret, "rotation", record);
	opened_put_secret(opened, name, secret);
	return true;
}

void opened_request_again(struct opened *opened, const char *label)
{
	const char *name = NULL;
	json_t *secret = json_new_shallow(rotation_secret(opened, &name));
	json_t *record = json_new_shallow(json_object_get(secret, "rotation"));

	put_step(record, ROTATION_REQUESTED);
	json_put_shape(record, "{label:%s*}", label);
	(void)json_object_del(record, "new_id");
	(void)json_object_del(secret, "pending");
	json_put(secret, "rotation", record);
	opened_put_secret(opened, name, secret);
}

/* The record of a rotation that begins now or was requested. New reference. */
static json_t *staged_record(const struct opened *opened, const char *name)
{
	json_t *requested =
		json_inner(opened_secrets(opened), name, "rotation");

	if (!requested)
		return new_record(ROTATION_STAGED);
	json_t *record = json_new_shallow(requested);
	put_step(record, ROTATION_STAGED);
	return record;
}

bool opened_stage_rotation(struct opened *opened, const char *name,
	const struct rotation_value *value, struct error *err)
{
	struct rotation rotation;
	bool requested = opened_find_rotation(opened, &rotation) &&
		rotation.step == ROTATION_REQUESTED;

	if (!requested && !opened_check_no_rotation(opened, err))
		return false;
	if (!opened_check_new_value(opened, name, value->value, err))
		return false;
	json_t *secret = begin(opened, name, err);
	if (!secret)
		return false;
	json_t *slot = opened_encrypt(opened, name, value->value);
	json_put_shape(
		slot, "{expires:%s*, id:%s*}", value->expires, value->id);
	json_t *record = staged_record(opened, name);
	json_put_shape(record, "{new_id:%s*}", value->id);
	json_put_shape(secret, "{pending:%o, rotation:%o}", slot, record);
	opened_put_secret(opened, name, secret);
	return true;
}

static void move(json_t *secret, const char *from, const char *to)
{
	json_put_shared(secret, to, json_object_get(secret, from));
	(void)json_object_del(secret, from);
}

void opened_advance_rotation(struct opened *opened)
{
	const char *name = NULL;
	json_t *secret = json_new_shallow(rotation_secret(opened, &name));
	json_t *record = json_new_shallow(json_object_get(secret, "rotation"));
	enum rotation_step next =
		rule_step_of(json_text_or_empty(record, "step")) + 1;

	put_step(record, next);
	json_put(secret, "rotation", record);
	if (next == ROTATION_SWITCHED) {
		move(secret, "current", "previous");
		move(secret, "pending", "current");
	}
	opened_put_secret(opened, name, secret);
}

void opened_end_rotation(struct opened *opened, bool drop_previous)
{
	const char *name = NULL;
	json_t *secret = json_new_shallow(rotation_secret(opened, &name));

	(void)json_object_del(secret, "rotation");
	if (drop_previous)
		(void)json_object_del(secret, "previous");
	opened_put_secret(opened, name, secret);
}

void opened_give_up_rotation(struct opened *opened)
{
	struct rotation rotation;
	const char *name = NULL;

	if (!opened_find_rotation(opened, &rotation))
		return;
	json_t *secret = json_new_shallow(rotation_secret(opened, &name));
	(void)json_object_del(secret, "rotation");
	(void)json_object_del(secret, "pending");
	if (rotation.step >= ROTATION_SWITCHED) {
		json_t *old = json_incref(json_object_get(secret, "previous"));
		move(secret, "current", "previous");
		json_put(secret, "current", old);
	}
	opened_put_secret(opened, name, secret);
}
