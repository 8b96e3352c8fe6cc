/* SPDX-License-Identifier: MIT */
#include "gateway/gateway.h"

#include "base/memory.h"
#include "base/text.h"
#include "gateway/attempt_internal.h"
#include "gateway/clean_internal.h"
#include "gateway/conclude_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define AGAIN_AFTER_MS 3000

/* All routes of a profile on their way. */
struct verification {
	struct http_client *client;
	struct attempt attempts[ROUTES_LIMIT];
	size_t count;
	struct error *err;
};

/* Chooses the calls of one round; NULL: none of this attempt. */
typedef bool chooser(struct attempt *attempt);

static void list_probe(struct attempt *attempt, const struct call *call)
{
	struct verify_result *result = attempt->result;
	struct probe *probe = &result->probes[result->probe_count];

	if (result->probe_count >= PROBES_LIMIT)
		return;
	result->probe_count++;
	call_describe(call, attempt, probe->what);
	clean_secrets(attempt->variables, probe->what, sizeof(probe->what));
	probe->http_status = call->reading.status;
}

/* Makes the test call anew where `choose` says so, all at once. */
static bool call_tests(struct verification *all, chooser *choose)
{
	struct http_transfer *transfers[ROUTES_LIMIT];
	struct attempt *called[ROUTES_LIMIT];
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		if (!all->attempts[i].settled && choose(&all->attempts[i])) {
			called[count] = &all->attempts[i];
			transfers[count++] = &all->attempts[i].test.transfer;
		}
	if (count > 0 &&
		!http_perform(
			all->client, transfers, count, NULL, NULL, all->err))
		return false;
	for (size_t i = 0; i < count; i++)
		call_read(&called[i]->test, called[i]);
	return true;
}

static bool first_time(struct attempt *attempt)
{
	/* A provider that is no chat (speech, images, signed requests) has no
	 * call that costs nothing: the token alone is proven. */
	bool chat = route_api(attempt->route) != API_OTHER;

	call_init(&attempt->test, attempt,
		chat || attempt->result->direct ? CALL_TEST : CALL_TOKEN_ALONE,
		attempt->base);
	return true;
}

static void ask_again(struct attempt *attempt, enum call_kind kind)
{
	call_release(&attempt->test);
	call_init(&attempt->test, attempt, kind, attempt->base);
}

/* The model refuses the name max_tokens: its other name is tried. */
static bool with_other_name(struct attempt *attempt)
{
	const struct reading *reading = &attempt->test.reading;

	if (route_api(attempt->route) != API_OPENAI || reading->status != 400 ||
		!reading_has(reading, "max_tokens") ||
		!(reading_has(reading, "max_completion_tokens") ||
			reading_has(reading, "unsupported")))
		return false;
	list_probe(attempt, &attempt->test);
	ask_again(attempt, CALL_RENAMED);
	return true;
}

/* What passes by itself: a 2009 under load, an answer from the cache. */
static bool is_doubtful(const struct attempt *attempt)
{
	const struct reading *reading = &attempt->test.reading;

	return !attempt->settled && !attempt->result->direct &&
		((reading->speaker == SPEAKER_GATEWAY &&
			 reading->code == 2009) ||
			(reading->speaker == SPEAKER_COMPLETION &&
				reading->from_cache));
}

static bool doubtful(struct attempt *attempt)
{
	if (!is_doubtful(attempt))
		return false;
	list_probe(attempt, &attempt->test);
	ask_again(attempt, attempt->test.kind);
	return true;
}

static void pause_ms(int64_t milliseconds)
{
	struct timespec time = {
		.tv_sec = (time_t)(milliseconds / 1000),
		.tv_nsec = (long)(milliseconds % 1000) * 1000000,
	};

	/* A signal that is handled ends the pause; that does no harm. */
	(void)nanosleep(&time, NULL);
}

static bool ask_doubtful_again(
	struct verification *all, const struct verify_options *options)
{
	bool any = false;

	for (size_t i = 0; i < all->count; i++)
		any |= is_doubtful(&all->attempts[i]);
	if (!any)
		return true;
	pause_ms(options->again_after_ms > 0 ? options->again_after_ms
					     : AGAIN_AFTER_MS);
	return call_tests(all, doubtful);
}

/* The rules over the test call's answer, and the probes that they want. */
static enum plan judge(struct attempt *attempt)
{
	const struct rule *rule = rule_find(&attempt->test.reading);

	attempt->cause =
		cause_in_context(attempt, &attempt->test.reading, rule->cause);
	/* Corrected by context: the rule's probes would ask something else. */
	if (attempt->cause != rule->cause)
		return PLAN_NONE;
	probes_plan(attempt, rule->plan);
	return rule->plan;
}

/* Any answer of the provider's, or that no key is there, means that the gateway
 * let the token pass. */
static void judge_token_alone(struct attempt *attempt)
{
	struct reading *reading = &attempt->test.reading;

	if (attempt->test.kind != CALL_TOKEN_ALONE ||
		!((reading->speaker &
			  (SPEAKER_PROVIDER | SPEAKER_JSON |
				  SPEAKER_COMPLETION)) ||
			(reading->speaker == SPEAKER_GATEWAY &&
				reading->code == 2021)))
		return;
	attempt->cause = DIAGNOSIS_OK;
	snprintf(reading->message, sizeof(reading->message),
		"the gateway accepts the token; this provider has no chat "
		"call, so its key is not proven");
}

static bool run_probes(struct verification *all)
{
	struct http_transfer *transfers[ROUTES_LIMIT * EXTRA_REQUESTS];
	enum plan plans[ROUTES_LIMIT] = { PLAN_NONE };
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		plans[i] = attempt->settled ? PLAN_NONE : judge(attempt);
		for (size_t k = 0; k < attempt->probe_count; k++)
			transfers[count++] = &attempt->probes[k].transfer;
	}
	if (count > 0 &&
		!http_perform(
			all->client, transfers, count, NULL, NULL, all->err))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		for (size_t k = 0; k < attempt->probe_count; k++) {
			call_read(&attempt->probes[k], attempt);
			list_probe(attempt, &attempt->probes[k]);
		}
		attempt->cause =
			probes_conclude(attempt, plans[i], attempt->cause);
		judge_token_alone(attempt);
	}
	return true;
}

/* The headers that matter, values masked, for people. */
static void describe_sent(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;
	const struct provider *entry = attempt->route->entry;
	char mask[SECRET_MASK_SIZE];
	size_t used = 0;

	if (*attempt->key) {
		secret_mask(attempt->key, strlen(attempt->key), mask);
		snprintf(result->sent, sizeof(result->sent), "%s %s (%s)",
			entry ? entry->auth_header : "Authorization: Bearer",
			mask, attempt->route->key_env);
		used = strlen(result->sent);
	}
	if (*attempt->token && !result->direct) {
		secret_mask(attempt->token, strlen(attempt->token), mask);
		snprintf(result->sent + used, sizeof(result->sent) - used,
			"%scf-aig-authorization: Bearer %s",
			used > 0 ? ", " : "", mask);
	}
	clean_end(result->sent);
}

static void fill_result(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;
	const struct reading *reading = &attempt->test.reading;
	const struct http_answer *answer = &attempt->test.transfer.answer;

	result->diagnosis = attempt->cause;
	result->ok = attempt->cause == DIAGNOSIS_OK;
	result->http_status = reading->status;
	if (reading->status > 0)
		result->latency_ms = answer->whole_ms;
	memcpy(result->log_id, reading->log_id, sizeof(result->log_id));
	clean_secrets(
		attempt->variables, result->log_id, sizeof(result->log_id));
	clean_line(reading->message, strlen(reading->message), result->message,
		sizeof(result->message));
	clean_secrets(
		attempt->variables, result->message, sizeof(result->message));
	describe_sent(attempt);
	advise(attempt);
	/* No call was made: the finding is what there is to say. */
	if (!*result->message && !result->ok)
		snprintf(result->message, sizeof(result->message), "%s",
			result->means);
}

static bool prepare(struct verification *all, const struct profile *profile,
	const struct variables *variables, const struct verify_options *options,
	struct verify_result *results)
{
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];

		results[i] = (struct verify_result){
			.profile = profile->name,
			.route = route->name,
			.model = route->model ? route->model : "",
			.direct = options->direct,
			.latency_ms = -1,
			.provider = route->entry ? route->entry->title
						 : route->provider,
			.said_by = "",
		};
		all->attempts[i] = (struct attempt){
			.profile = profile,
			.route = route,
			.variables = variables,
			.options = options,
			.result = &results[i],
		};
		all->count = i + 1;
		if (!attempt_init(&all->attempts[i], all->err))
			return false;
	}
	return true;
}

static bool run(struct verification *all, const struct verify_options *options)
{
	bool needed = false;

	for (size_t i = 0; i < all->count; i++)
		needed |= !all->attempts[i].settled;
	if (!needed)
		return true;
	return http_client_open(&all->client, all->err) &&
		call_tests(all, first_time) &&
		call_tests(all, with_other_name) &&
		ask_doubtful_again(all, options) && run_probes(all);
}

bool gateway_verify(const struct profile *profile,
	const struct variables *variables, const struct verify_options *options,
	struct verify_result *results, struct error *err)
{
	/* Too large for a small stack. */
	struct verification *all =
		(struct verification *)memory_new(sizeof(*all));
	bool done;

	all->err = err;
	done = prepare(all, profile, variables, options, results) &&
		run(all, options);
	for (size_t i = 0; i < all->count; i++) {
		if (done)
			fill_result(&all->attempts[i]);
		attempt_release(&all->attempts[i]);
	}
	http_client_close(all->client);
	free(all);
	return done;
}
