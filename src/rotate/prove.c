/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "deploy/proof.h"
#include "deploy/remedy.h"

#include <stdio.h>

#define TOKEN_NAME "CF_AIG_TOKEN"

bool rotate_uses(const struct route *route, const char *secret)
{
	return text_equal(secret, TOKEN_NAME) ||
		text_equal_or_null(route->key_env, secret);
}

/* How many routes use the secret: *only is the one, where it is one alone. */
static size_t count_routes(
	const struct profile *profile, const char *secret, const char **only)
{
	size_t count = 0;

	*only = NULL;
	for (size_t i = 0; i < profile->route_count; i++) {
		if (!rotate_uses(&profile->routes[i], secret))
			continue;
		count++;
		*only = count == 1 ? profile->routes[i].name : NULL;
	}
	return count;
}

bool rotate_has_proof(const struct profile *profile, const char *secret)
{
	const char *only = NULL;

	return count_routes(profile, secret, &only) > 0;
}

/* Whether a failed call is about this secret. */
static bool is_about(const struct verify_result *result,
	const struct profile *profile, const char *secret)
{
	const struct remedy remedy = remedy_of(result, profile);

	return text_fits_any(secret, text_equal, remedy.names, remedy.count);
}

/* The result that speaks against the secret, or NULL: another route's own
 * trouble does not keep a value from being replaced where one route works. */
static const struct verify_result *find_against(
	const struct verify_results *results, const struct profile *profile,
	const char *secret)
{
	const struct verify_result *failed = NULL;
	bool any = false;

	for (size_t i = 0; i < results->count; i++) {
		const struct verify_result *result = &results->items[i];
		any = any || result->ok;
		if (result->ok)
			continue;
		if (is_about(result, profile, secret))
			return result;
		failed = failed ? failed : result;
	}
	return any ? NULL : failed;
}

/* What is to be done is not what it is where a value was set. */
static void advise(const struct rotate *rotate, struct verify_results *results,
	const struct profile *profile)
{
	for (size_t i = 0; i < results->count; i++) {
		struct verify_result *result = &results->items[i];
		if (!result->ok && is_about(result, profile, rotate->secret))
			(void)snprintf(result->advice, sizeof(result->advice),
				_("`aigenv rotate %s` with another value"),
				rotate->secret);
	}
}

static bool refuse(const struct rotate *rotate,
	const struct verify_result *result, struct error *err)
{
	error_set(err, diagnosis_status(result->diagnosis),
		_("the test call for %s failed: %s"), rotate->secret,
		diagnosis_word(result->diagnosis));
	return error_at(err, "%s/%s", result->profile, result->route);
}

/* The gateway does not know the token. */
static bool is_unknown(const struct verify_results *results,
	const struct profile *profile, const char *secret)
{
	const struct verify_result *against =
		find_against(results, profile, secret);

	return against &&
		against->diagnosis == DIAGNOSIS_GATEWAY_TOKEN_REJECTED;
}

static bool call(const struct rotate *rotate,
	const struct rotate_member *member,
	const struct verify_options *options, struct verify_results *results,
	struct error *err)
{
	const struct workspace *workspace = &member->workspace;
	const struct verify_subject subject = { &workspace->profile,
		&workspace->variables };
	struct rotate_wait wait = rotate_wait_begin(1000);

	for (;;) {
		if (!gateway_verify(&subject, 1, options, results, err))
			return false;
		if (!member->fresh ||
			!is_unknown(
				results, &workspace->profile, rotate->secret))
			return true;
		observer_progress(&rotate->options.observer,
			_("the gateway does not know the new token yet"));
		enum rotate_outcome outcome =
			rotate_wait(rotate, member, &wait, err);
		if (outcome == STEP_WAITS)
			return true;
		verify_results_release(results);
		if (outcome == STEP_FAILED)
			return false;
	}
}

bool member_prove(struct rotate *rotate, struct rotate_member *member,
	int64_t *ms, struct error *err)
{
	struct workspace *workspace = &member->workspace;
	struct verify_results *results = &member->deployment.results;
	struct verify_options options = { .timeout_ms = rotate->timeout_ms };
	struct proof_watch watch = { .observer = &rotate->options.observer };

	*ms = -1;
	verify_results_release(results);
	if (count_routes(&workspace->profile, rotate->secret, &options.route) ==
		0)
		return true;
	proof_observe(&options, &watch);
	if (!call(rotate, member, &options, results, err))
		return false;
	advise(rotate, results, &workspace->profile);
	rotate->called(rotate->context, results);
	const struct verify_result *against =
		find_against(results, &workspace->profile, rotate->secret);
	if (against) {
		refuse(rotate, against, err);
		/* It is not this value that was refused where the old one is
		 * back: nothing is to be remembered of it. */
		verify_results_release(results);
		return false;
	}
	for (size_t i = 0; i < results->count; i++)
		if (results->items[i].ok && results->items[i].latency_ms > *ms)
			*ms = results->items[i].latency_ms;
	return true;
}
