/* SPDX-License-Identifier: MIT */
#include "deploy/verify_scope.h"

#include "base/memory.h"
#include "base/text.h"
#include "session/workspace.h"

#include <stdlib.h>

/* An absent secret is an empty value: that is a finding with a name, not an
 * error. */
static const struct secret *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	static const struct secret none = { NULL, 0 };

	if (!opened_has_secret(context, name))
		return &none;
	return opened_get_secret(context, name, SLOT_CURRENT, arena, err);
}

/* All secrets of the profile, then those that it needs and lacks. */
static bool collect(struct verify_target *target, struct error *err)
{
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;

	secret_names_add_all(&names, target->opened);
	secret_names_add_required(&names, &target->profile);
	return variables_collect(&target->variables, &target->profile,
		names.items, names.count, look_up, target->opened, err);
}

static void target_release(struct verify_target *target)
{
	variables_release(&target->variables);
	profile_release(&target->profile);
	if (target->opened)
		vault_close(target->opened);
	*target = (struct verify_target){ 0 };
}

static bool open_target(struct verify_scope *scope, struct session *session,
	const char *name, const struct verify_options *options,
	struct error *err)
{
	struct verify_target *target = &scope->targets[scope->count];
	struct verify_subject *subject = &scope->subjects[scope->count];

	*subject =
		(struct verify_subject){ &target->profile, &target->variables };
	if (session_open_profile(session, name, &target->opened, err) &&
		profile_from_settings(&target->profile, name,
			opened_settings(target->opened), err) &&
		collect(target, err) &&
		gateway_can_verify(subject, options, err)) {
		scope->count++;
		return true;
	}
	target_release(target);
	return false;
}

static void open_all(struct verify_scope *scope, size_t most,
	struct session *session, const struct verify_options *options)
{
	const char *name = NULL;

	/* The file that is read may become another one, with fewer of them. */
	for (size_t i = 0;
		i < most && (name = vault_profile_name(session->vault, i));
		i++) {
		struct error err = { 0 };

		if (open_target(scope, session, name, options, &err))
			continue;
		if (scope->first.status == STATUS_OK)
			scope->first = err;
		observer_warn(
			&session->options.observer, "%s: %s", name, err.what);
	}
}

bool verify_scope_open(struct verify_scope *scope, struct session *session,
	bool all, const struct verify_options *options, struct error *err)
{
	size_t most = all ? vault_profile_count(session->vault) : 1;

	scope->targets = (struct verify_target *)memory_array(
		most + 1, sizeof(*scope->targets));
	scope->subjects = (struct verify_subject *)memory_array(
		most + 1, sizeof(*scope->subjects));
	if (!all)
		return open_target(
			scope, session, session->profile, options, err);
	open_all(scope, most, session, options);
	return true;
}

bool verify_scope_call(struct verify_scope *scope,
	struct verify_options *options, struct proof_watch *watch,
	struct verify_results *results, struct error *err)
{
	proof_observe(options, watch);
	bool called = gateway_verify(
		scope->subjects, scope->count, options, results, err);
	proof_over(watch);
	for (size_t i = 0; called && i < scope->count; i++) {
		proof_remember(scope->targets[i].opened, results, i,
			&scope->targets[i].profile);
		opened_save_state(scope->targets[i].opened);
	}
	return called;
}

enum status verify_scope_conclude(const struct verify_scope *scope,
	const struct verify_results *results, struct error *err)
{
	enum status status = verify_status(results->items, results->count);

	if (status != STATUS_OK || scope->first.status == STATUS_OK)
		return status;
	*err = scope->first;
	return err->status;
}

bool verify_may_recover(enum status status)
{
	return status == STATUS_REFUSED || status == STATUS_UNREACHABLE;
}

bool verify_scope_curl(const struct verify_scope *scope,
	const struct verify_options *options, struct buf *text,
	verify_curl_seen *seen, void *context, struct error *err)
{
	for (size_t i = 0; i < scope->count; i++) {
		const struct verify_subject *subject = &scope->subjects[i];
		const struct profile *profile = subject->profile;

		for (size_t k = 0; k < profile->route_count; k++) {
			const char *route = profile->routes[k].name;
			size_t before = text->size;

			if (options->route &&
				!text_equal(options->route, route))
				continue;
			if (!gateway_curl(subject, options, route, text, err))
				return false;
			struct slice all = { buf_cstring(text), text->size };
			seen(context, profile->name, route,
				slice_from(all, before));
		}
	}
	return true;
}

void verify_scope_release(struct verify_scope *scope)
{
	for (size_t i = 0; i < scope->count; i++)
		target_release(&scope->targets[i]);
	free(scope->targets);
	free(scope->subjects);
	*scope = VERIFY_SCOPE_NONE;
}
