/* SPDX-License-Identifier: MIT */
/*
 * A machine's receipt: the document of its `status --json`, which says that the
 * new value is live there. It is the plain word of whoever hands it in, and no
 * proof: what can be told of it is that it is of this vault and this rotation,
 * made after the switch, by somebody who is waited for, and that all was in
 * sync.
 */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "deploy/service.h"
#include "os/clock.h"
#include "session/recipients.h"

#include <string.h>

/* A clock may be ahead of ours by that many seconds. */
#define CLOCK_SLACK 300
/* From the save that staged the value to the one that switched it. */
#define SAVES_TO_SWITCH 2

/* One receipt, as far as one profile goes. All borrowed. */
struct claim {
	const char *from; /* the file, for messages */
	const char *host, *at;
	int64_t seconds; /* what `at` is */
	const json_t *record;
	const char *recipient;
};

/* What the receipts of one profile are held against. */
struct judge {
	const struct rotate *rotate;
	struct rotate_member *member;
	struct rotation rotation;
	int64_t switched; /* seconds; 0: the vault does not say when */
	json_t *waited;   /* owned, as the next */
	json_t *hosts;    /* {host: recipient}, of those that count */
};

/* What it has to be, before anything in it is looked at */

/* What of it may stand in a line of ours begins no line there. */
static bool is_line(const json_t *object, const char *member)
{
	return !strchr(json_text_or_empty(object, member), '\n');
}

static bool are_lines(const json_t *list, const char *member)
{
	JSON_EACH(one, list)
		if (!is_line(one.value, member))
			return false;
	return json_is_array(list);
}

static bool is_record(const json_t *record)
{
	return json_text(record, "profile") && json_text(record, "core") &&
		json_is_integer(json_object_get(record, "generation")) &&
		is_line(record, "recipient") &&
		are_lines(json_object_get(record, "files"), "path") &&
		are_lines(json_object_get(record, "processes"), "app");
}

static bool is_receipt(const json_t *document)
{
	const char *at = json_text(document, "at");
	int64_t seconds = 0;
	size_t index;
	json_t *record;

	json_array_foreach(
		json_object_get(document, "profiles"), index, record) {
		if (!is_record(record))
			return false;
	}
	return index > 0 && json_text(document, "vault") &&
		is_line(document, "vault") && json_text(document, "host") &&
		is_line(document, "host") && at && clock_parse(at, &seconds);
}

static const json_t *find_record(
	const json_t *document, const struct rotate_member *member)
{
	return json_find(json_object_get(document, "profiles"), "profile",
		member->workspace.session.profile);
}

static bool has_any_record(const struct rotate *rotate, const json_t *document)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (find_record(document, rotate->members[i]))
			return true;
	return false;
}

/* Whether it is one of this vault and profile at all; else that is told. */
static bool belongs_here(const struct rotate *rotate, const json_t *receipt)
{
	const struct observer *observer = &rotate->options.observer;
	const struct session *first = &rotate->members[0]->workspace.session;
	const json_t *document = json_object_get(receipt, "document");
	const char *from = json_text_or_empty(receipt, "from");
	const char *vault = json_text_or_empty(document, "vault");

	if (!is_receipt(document)) {
		observer_warn(observer,
			_("%s: this is not a receipt: take what `there: aigenv "
			  "status --json` prints there, whole"),
			from);
		return false;
	}
	if (!text_equal(vault, vault_id(first->vault))) {
		observer_warn(observer,
			_("%s: the receipt is of another vault, %.8s: run "
			  "`there: aigenv status --json` there in the folder "
			  "of this one, %.8s"),
			from, vault, vault_id(first->vault));
		return false;
	}
	if (has_any_record(rotate, document))
		return true;
	observer_warn(observer,
		_("%s: profile %s is not in the receipt: run `there: aigenv "
		  "status --json` there with -p %s"),
		from, first->profile, first->profile);
	return false;
}

/* What it claims of one profile */

static bool read_claim(
	const struct judge *judge, const json_t *receipt, struct claim *claim)
{
	const json_t *document = json_object_get(receipt, "document");
	const json_t *record = find_record(document, judge->member);

	*claim = (struct claim){
		.from = json_text_or_empty(receipt, "from"),
		.host = json_text_or_empty(document, "host"),
		.at = json_text_or_empty(document, "at"),
		.record = record,
		.recipient = json_text(record, "recipient"),
	};
	/* An aigenv that does not say who it is may be on a host of the name.
	 */
	if (!claim->recipient)
		claim->recipient = claim->host;
	return record && clock_parse(claim->at, &claim->seconds);
}

static bool is_waited_for(const struct judge *judge, const struct claim *claim)
{
	if (json_lists(judge->waited, claim->recipient))
		return true;
	observer_warn(&judge->rotate->options.observer,
		_("%s: %.64s is not waited for in profile %s: leave that "
		  "receipt out"),
		claim->from, claim->recipient,
		judge->member->workspace.session.profile);
	return false;
}

/* By its generation, and what its vault has of the rotation. */
static bool is_of_the_switch(
	const struct judge *judge, const struct claim *claim)
{
	const struct observer *observer = &judge->rotate->options.observer;
	const struct opened *opened = member_opened(judge->member);
	const json_t *rotation = json_object_get(claim->record, "rotation");
	int64_t own = opened_generation(opened);
	int64_t generation = json_number(claim->record, "generation");

	if (generation > own) {
		observer_warn(observer,
			_("%s: %s has generation %lld, newer than this copy's "
			  "%lld: `git pull` here first"),
			claim->from, claim->recipient, (long long)generation,
			(long long)own);
		return false;
	}
	if (generation < judge->rotation.generation + SAVES_TO_SWITCH ||
		!text_equal(json_text_or_empty(rotation, "name"),
			judge->rotation.name) ||
		!text_equal(json_text_or_empty(rotation, "step"),
			rotation_step_word(ROTATION_SWITCHED))) {
		observer_warn(observer,
			_("%s: %s has generation %lld, in which this %s is not "
			  "switched: `git pull` there, `there: aigenv apply "
			  "--restart`, and `there: aigenv status --json` once "
			  "more"),
			claim->from, claim->recipient, (long long)generation,
			judge->rotation.name);
		return false;
	}
	if (generation < own ||
		text_equal(json_text_or_empty(claim->record, "core"),
			opened_core(opened)))
		return true;
	observer_warn(observer,
		_("%s: generation %lld is not the same at %s and here: let git "
		  "merge the two, then `aigenv seal --merge`"),
		claim->from, (long long)generation, claim->recipient);
	return false;
}

static bool is_in_time(const struct judge *judge, const struct claim *claim)
{
	const struct observer *observer = &judge->rotate->options.observer;

	if (claim->seconds < judge->switched) {
		observer_warn(observer,
			_("%s: the receipt of %s is of %s, before the switch "
			  "at %s: see that the clock there is right, and run "
			  "`there: aigenv status --json` once more"),
			claim->from, claim->recipient, claim->at,
			judge->rotation.since);
		return false;
	}
	if (claim->seconds <= clock_seconds() + CLOCK_SLACK)
		return true;
	observer_warn(observer,
		_("%s: the receipt of %s is of %s, which is yet to come: set "
		  "the clock there, and run `there: aigenv status --json` once "
		  "more"),
		claim->from, claim->recipient, claim->at);
	return false;
}

/* The first of the list whose state is another, or NULL. */
static const char *find_other_state(const json_t *list, const char *name)
{
	JSON_EACH(one, list)
		if (!text_equal(
			    json_text_or_empty(one.value, "state"), "in_sync"))
			return json_text(one.value, name)
				? json_text(one.value, name)
				: "?";
	return NULL;
}

static bool is_stale(const json_t *record, const char *member)
{
	return text_equal(json_text_or_empty(record, member), "stale");
}

/* What keeps the machine from being in sync, or NULL. */
static const char *find_drift(
	const struct profile *profile, const json_t *record)
{
	const json_t *files = json_object_get(record, "files");
	const json_t *processes = json_object_get(record, "processes");
	const char *main_process = json_text(record, "main_process");
	const char *found = find_other_state(files, "path");

	if (!found)
		found = find_other_state(processes, "app");
	if (found)
		return found;
	if (json_array_size(files) == 0 && profile->output_count > 0)
		return profile->outputs[0].path;
	if (json_array_size(processes) == 0 && profile->pm2.app)
		return profile->pm2.app;
	if (service_command(profile) &&
		!(main_process && text_equal(main_process, "in_sync")))
		return _("the main process");
	return is_stale(record, "dump") || is_stale(record, "dump_backup")
		? _("PM2's saved list")
		: NULL;
}

static bool is_in_sync(const struct judge *judge, const struct claim *claim)
{
	const struct observer *observer = &judge->rotate->options.observer;
	const struct profile *profile = &judge->member->workspace.profile;
	const char *found = find_drift(profile, claim->record);

	if (found) {
		observer_warn(observer,
			_("%s: %s is not in sync (%.128s): `there: aigenv "
			  "apply --restart` there, then `there: aigenv status "
			  "--json` once more"),
			claim->from, claim->recipient, found);
		return false;
	}
	if (!profile->pm2.app && !service_command(profile))
		observer_warn(observer,
			_("%s: %s has the files, and what runs with them it "
			  "cannot tell: the profile names no app"),
			claim->from, claim->recipient);
	return true;
}

/* What it is worth */

/* Another one by the same recipient that is younger. */
static bool has_later(
	const struct judge *judge, const bool *good, const struct claim *claim)
{
	JSON_EACH(receipt, judge->rotate->receipts) {
		struct claim other;

		if (!good[receipt.index] ||
			!read_claim(judge, receipt.value, &other) ||
			!text_equal(other.recipient, claim->recipient) ||
			other.seconds <= claim->seconds)
			continue;
		observer_warn(&judge->rotate->options.observer,
			_("%s: a later receipt of %s counts in its place, %s"),
			claim->from, claim->recipient, other.from);
		return true;
	}
	return false;
}

/* Two recipients on one machine may be two accounts, or a copied file. */
static void tell_same_host(struct judge *judge, const struct claim *claim)
{
	const char *other = json_text(judge->hosts, claim->host);

	if (!other)
		json_put_text(judge->hosts, claim->host, claim->recipient);
	else if (!text_equal(other, claim->recipient))
		observer_warn(&judge->rotate->options.observer,
			_("%s: %s and %s are both on host %.64s: see that "
			  "these are two accounts, and none was copied"),
			claim->from, other, claim->recipient, claim->host);
}

static void judge_claim(
	struct judge *judge, const bool *good, const struct claim *claim)
{
	struct rotate_member *member = judge->member;

	if (!is_waited_for(judge, claim) || has_later(judge, good, claim) ||
		!is_of_the_switch(judge, claim) || !is_in_time(judge, claim) ||
		!is_in_sync(judge, claim))
		return;
	tell_same_host(judge, claim);
	member->has_receipt = true;
	if (json_lists(member->vouched, claim->recipient))
		return;
	json_push_text(member->vouched, claim->recipient);
	rotate_tell(judge->rotate, member, "receipt",
		_("%s on host %.64s has it, by its word of %s"),
		claim->recipient, claim->host, claim->at);
}

static void take_for(
	struct rotate *rotate, struct rotate_member *member, const bool *good)
{
	struct judge judge = { .rotate = rotate, .member = member };

	(void)opened_find_rotation(member_opened(member), &judge.rotation);
	if (judge.rotation.since)
		(void)!clock_parse(judge.rotation.since, &judge.switched);
	judge.waited = session_waited_for(&member->workspace.session);
	judge.hosts = json_new_object();
	JSON_EACH(receipt, rotate->receipts) {
		struct claim claim;

		if (good[receipt.index] &&
			read_claim(&judge, receipt.value, &claim))
			judge_claim(&judge, good, &claim);
	}
	json_decref(judge.waited);
	json_decref(judge.hosts);
}

/* By somebody's word */

static bool waits_for(const struct rotate_member *member, const char *name)
{
	JSON_SCOPED json_t *waited =
		session_waited_for(&member->workspace.session);

	return json_lists(waited, name);
}

static bool check_waited_for(
	const struct rotate *rotate, const char *name, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++)
		if (waits_for(rotate->members[i], name))
			return true;
	error_set(err, STATUS_INVALID, _("%.64s is not waited for"), name);
	error_at(err, "--except");
	return error_next(
		err, _("`aigenv status` says whom the rotation waits for"));
}

static void give_up(struct rotate *rotate, const char *name)
{
	for (size_t i = 0; i < rotate->count; i++) {
		struct rotate_member *member = rotate->members[i];

		if (!waits_for(member, name))
			continue;
		json_push_once(member->vouched, name);
		rotate_tell(rotate, member, "given_up",
			_("%s is not waited for, by your word: whatever it "
			  "still runs loses the old value"),
			name);
	}
}

static bool check_switched(const struct rotate *rotate, struct error *err)
{
	for (size_t i = 0; i < rotate->count; i++) {
		int step = member_step(rotate->members[i]);

		if (step == ROTATE_NONE || step >= ROTATION_SWITCHED)
			continue;
		error_set(err, STATUS_INVALID,
			_("%s is not switched yet, so no machine can have its "
			  "new value"),
			rotate->secret);
		return error_next(err,
			_("`aigenv rotate %s --resume` goes on to the switch"),
			rotate->secret);
	}
	return true;
}

bool receipts_take(struct rotate *rotate, struct error *err)
{
	size_t count = json_array_size(rotate->receipts);

	if (count == 0 && json_array_size(rotate->given_up) == 0)
		return true;
	if (!check_switched(rotate, err))
		return false;
	JSON_EACH(one, rotate->given_up)
		if (!check_waited_for(
			    rotate, json_string_value(one.value), err))
			return false;
	JSON_EACH(one, rotate->given_up)
		give_up(rotate, json_string_value(one.value));
	OWNED bool *good = memory_array(count + 1, sizeof(*good));
	JSON_EACH(one, rotate->receipts)
		good[one.index] = belongs_here(rotate, one.value);
	for (size_t i = 0; i < rotate->count; i++)
		if (member_step(rotate->members[i]) == ROTATION_SWITCHED)
			take_for(rotate, rotate->members[i], good);
	return true;
}
