/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/memory.h"
#include "catalogue/catalogue.h"
#include "cli/output.h"
#include "commands/secret_names.h"
#include "commands/session.h"
#include "commands/verify_report.h"
#include "gateway/gateway.h"
#include "os/clock.h"
#include "profile/profile.h"
#include "profile/variables.h"

#include <stdlib.h>

/* `aigenv verify`: the test call alone. */

#define LONGEST_TIMEOUT 3600

struct values {
	bool all, direct;
	int64_t timeout; /* seconds; 0: not given */
};

/* What is found on the way through the profiles. */
struct verification {
	struct session *session;
	struct catalogue *catalogue;
	struct verify_options options;
	json_t *results;
	enum status worst;
	struct error first; /* of a profile that could not be opened */
};

/* An absent secret is an empty value: that is a finding with a name, not an
 * error. */
static const char *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	if (!opened_has_secret(context, name))
		return "";
	return secret_names_look_up(context, name, arena, err);
}

/* All secrets of the profile, then those that it needs and lacks. */
static bool collect(const struct profile *profile, struct opened *opened,
	struct variables *variables, struct error *err)
{
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;
	const char *required[ROUTES_LIMIT + 1];
	size_t needed = profile_required_secrets(
		profile, required, ARRAY_SIZE(required));

	secret_names_add_all(&names, opened);
	for (size_t i = 0; i < needed; i++)
		secret_names_add(&names, required[i]);
	return variables_collect(variables, profile, names.items, names.count,
		look_up, opened, err);
}

/* 5 before 6 before 0 (DESIGN "verify --json"). */
static enum status worse(enum status a, enum status b)
{
	if (a == STATUS_REFUSED || b == STATUS_REFUSED)
		return STATUS_REFUSED;
	return a == STATUS_OK ? b : a;
}

static void report(struct verification *all, const struct profile *profile,
	const struct verify_result *results)
{
	for (size_t i = 0; i < profile->route_count; i++) {
		report_verify_result(
			all->session->call->output, &results[i], true);
		json_array_append_new(
			all->results, verify_result_json(&results[i]));
	}
	all->worst =
		worse(all->worst, verify_status(results, profile->route_count));
	output_flush(all->session->call->output);
}

/* For `status`: when each route was last proven. Not being able to remember
 * does not make the call less proven. */
static void remember(struct opened *opened, const struct profile *profile,
	const struct verify_result *results)
{
	struct error ignored;
	char now[CLOCK_TEXT_SIZE];
	bool any = false;

	clock_now(now);
	for (size_t i = 0; i < profile->route_count; i++)
		if (results[i].ok && !results[i].direct)
			any |= opened_set_proven(opened, results[i].route, now,
				results[i].log_id, &ignored);
	if (any && !opened_save_state(opened, &ignored))
		return;
}

static bool call_routes(struct verification *all, struct opened *opened,
	const struct profile *profile, struct error *err)
{
	SCOPED(variables) struct variables variables = { 0 };
	struct verify_result *results;
	bool called;

	if (!collect(profile, opened, &variables, err))
		return false;
	results = (struct verify_result *)memory_array(
		profile->route_count + 1, sizeof(*results));
	called = gateway_verify(
		profile, &variables, &all->options, results, err);
	if (called) {
		report(all, profile, results);
		remember(opened, profile, results);
	}
	free(results);
	return called;
}

static bool verify_profile(
	struct verification *all, const char *name, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct opened *opened = NULL;
	bool verified;

	if (!session_open_profile(all->session, name, &opened, err))
		return false;
	verified = profile_from_settings(&profile, name,
			   opened_settings(opened), all->catalogue, err) &&
		call_routes(all, opened, &profile, err);
	vault_close(opened);
	return verified;
}

/* A profile that is not shared with this machine does not keep the others from
 * being verified; its error is told at the end. */
static void verify_all(struct verification *all)
{
	const struct vault *vault = all->session->vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *name = vault_profile_name(vault, i);
		struct error err = { 0 };

		if (verify_profile(all, name, &err))
			continue;
		if (all->first.status == STATUS_OK)
			all->first = err;
		output_warning(
			all->session->call->output, "%s: %s\n", name, err.what);
	}
}

static bool check_timeout(int64_t timeout, struct error *err)
{
	if (timeout <= LONGEST_TIMEOUT)
		return true;
	error_set(err, STATUS_USAGE, "--timeout is at most %d seconds",
		LONGEST_TIMEOUT);
	return error_next(err, "the default is 60");
}

static enum status conclude(struct verification *all, struct error *err)
{
	output_json(all->session->call->output,
		json_pack("{s:O}", "results", all->results));
	if (all->worst != STATUS_OK || all->first.status == STATUS_OK)
		return all->worst;
	*err = all->first;
	return err->status;
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	SCOPED(session) struct session session = SESSION_NONE;
	struct verification all = {
		.session = &session,
		.options = { .direct = values->direct,
			.timeout_ms = values->timeout * 1000 },
	};
	enum status status;

	if (!check_timeout(values->timeout, err) ||
		!session_load(&session, call, SESSION_READ, err) ||
		(!values->all && !session_choose(&session, err)))
		return err->status;
	all.catalogue = catalogue_load();
	all.results = json_array();
	if (values->all)
		verify_all(&all);
	status = values->all || verify_profile(&all, session.profile, err)
		? conclude(&all, err)
		: err->status;
	json_decref(all.results);
	catalogue_free(all.catalogue);
	return status;
}

#define AT(field) offsetof(struct values, field)

static const struct option options[] = {
	{ .name = "all",
		.type = OPTION_FLAG,
		.offset = AT(all),
		.help = "every profile of the vault" },
	{ .name = "direct",
		.type = OPTION_FLAG,
		.offset = AT(direct),
		.help = "call the provider (direct_url) without the gateway" },
	{ .name = "timeout",
		.value = "SECONDS",
		.type = OPTION_NUMBER,
		.offset = AT(timeout),
		.help = "limit for the whole call (60)" },
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv verify", "each route of the profile, at once" },
	{ "aigenv verify --all --json", "every profile, for a script" },
	{ "aigenv verify --direct", "is it the gateway or the provider?" },
	{ NULL, NULL },
};

static const enum status statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_REFUSED, STATUS_UNREACHABLE, STATUS_IO,
	STATUS_OK };

const struct command command_verify = {
	.name = "verify",
	.summary = "make the test call and name the one cause of a refusal",
	.description =
		"Makes a real, tiny chat completion through each route, with "
		"exactly the variables that would be rendered. A refusal is "
		"diagnosed, by further probes where needed, down to one cause "
		"and what to do about it.\n\n"
		"Keys go to the profile's own gateway alone (with --direct to "
		"its direct_url, without the gateway token); redirects are not "
		"followed.",
	.options = options,
	.values_size = sizeof(struct values),
	.examples = examples,
	.statuses = statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};
