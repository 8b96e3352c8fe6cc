/* SPDX-License-Identifier: MIT */
#include "gateway/gateway.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "gateway/attempt_internal.h"
#include "gateway/chat_internal.h"
#include "os/clock.h"
#include "os/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AGAIN_AFTER_MS 3000
#define TELL_EVERY_MS 100

/* The calls of all routes, made at the same time. */
struct verification {
	const struct verify_options *options;
	struct http_client *client; /* NULL until a call is made */
	struct attempt *attempts;
	size_t count;
	struct redactor **redactors; /* owned; one for each subject */
	size_t redactor_count;
	struct http_transfer **transfers; /* of the round */
	size_t transfer_count;
	unsigned numbered;
	size_t tests; /* test calls to be made, and made */
	size_t tests_done;
	int64_t began_ms;
	struct error *err;
};

/* The first test call that has no answer yet; else the last. */
static const struct attempt *waited_for(const struct verification *all)
{
	size_t i = 0;

	while (i + 1 < all->count &&
		(!all->attempts[i].test.url ||
			all->attempts[i].test.transfer.answer.outcome !=
				HTTP_NOT_ASKED))
		i++;
	return &all->attempts[i];
}

static void tell(void *context)
{
	const struct verification *all = context;
	const struct verify_options *options = all->options;
	const struct attempt *attempt = waited_for(all);

	if (!options->progress)
		return;
	options->progress(options->progress_context,
		&(struct verify_progress){
			.done = all->tests_done,
			.all = all->tests,
			.elapsed_ms = clock_monotonic_ms() - all->began_ms,
			.provider = attempt->inquiry.route->provider,
			.model = attempt->result->model,
		});
}

/* Reads each answer as it comes, and lets its bytes go. */
static void take_answer(void *context, struct http_transfer *transfer)
{
	struct verification *all = context;
	struct call *call = (struct call *)((char *)transfer -
		offsetof(struct call, transfer));

	call_read(call, call->attempt);
	if (call != &call->attempt->test || all->tests_done == all->tests)
		return;
	all->tests_done++;
	tell(all);
}

static bool perform(struct verification *all)
{
	bool done = all->transfer_count == 0 ||
		http_perform(all->client, all->transfers, all->transfer_count,
			take_answer, all, all->err);

	all->transfer_count = 0;
	return done;
}

static void plan_call(struct verification *all, struct call *call)
{
	all->transfers[all->transfer_count++] = &call->transfer;
	call->number = ++all->numbered;
}

static void pause_until(struct verification *all, int64_t moment_ms)
{
	int64_t left = moment_ms - clock_monotonic_ms();

	while (left > 0) {
		int64_t part = left < TELL_EVERY_MS ? left : TELL_EVERY_MS;

		clock_sleep_ms(part);
		tell(all);
		left = moment_ms - clock_monotonic_ms();
	}
}

/* What is concluded from all that is known so far. */
static void judge(struct attempt *attempt)
{
	inquiry_judge(&attempt->inquiry);
	if (attempt->read_count > 0 &&
		attempt->read[attempt->read_count - 1] == attempt->inquiry.rule)
		return;
	if (attempt->read_count < ARRAY_SIZE(attempt->read))
		attempt->read[attempt->read_count++] = attempt->inquiry.rule;
}

static bool call_tests(struct verification *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		judge(attempt);
		if (attempt->inquiry.rule->cause != DIAGNOSIS_OK)
			continue;
		call_init(&attempt->test, attempt, attempt_first_call(attempt),
			attempt->inquiry.base);
		plan_call(all, &attempt->test);
	}
	all->tests = all->transfer_count;
	if (all->tests == 0)
		return true;
	all->began_ms = clock_monotonic_ms();
	if (!http_client_open(&all->client, all->err))
		return false;
	http_client_tell(all->client, tell, all);
	return perform(all);
}

static void list_probe(struct attempt *attempt, const struct call *call)
{
	struct verify_result *result = attempt->result;
	struct probe *probe = &result->probes[result->probe_count++];

	call_describe(call, attempt, probe->what);
	probe->http_status = call->reading.status;
}

/* The new probes of every attempt: those that wait, or those that do not. */
static void plan_probes(
	struct verification *all, const size_t *from, bool again)
{
	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		for (size_t k = from[i]; k < attempt->probe_count; k++)
			if ((attempt->probes[k].kind == CALL_AGAIN) == again)
				plan_call(all, &attempt->probes[k]);
	}
}

/* Of lists that go on: their next pages, after the longest pause. */
static bool plan_pages(struct verification *all, const size_t *from)
{
	int64_t pause = 0;

	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		for (size_t k = from[i]; k < attempt->probe_count; k++) {
			struct call *call = &attempt->probes[k];
			if (!call->goes_on)
				continue;
			if (call->pause_ms > pause)
				pause = call->pause_ms;
			call_turn(call);
			all->transfers[all->transfer_count++] = &call->transfer;
		}
	}
	if (all->transfer_count > 0)
		pause_until(all, clock_monotonic_ms() + pause);
	return all->transfer_count > 0;
}

static bool call_probes(struct verification *all, const size_t *from)
{
	int64_t pause = all->options->again_after_ms > 0
		? all->options->again_after_ms
		: AGAIN_AFTER_MS;
	int64_t moment = clock_monotonic_ms() + pause;

	plan_probes(all, from, false);
	if (!perform(all))
		return false;
	while (plan_pages(all, from))
		if (!perform(all))
			return false;
	plan_probes(all, from, true);
	if (all->transfer_count > 0)
		pause_until(all, moment);
	if (!perform(all))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		for (size_t k = from[i]; k < attempt->probe_count; k++)
			list_probe(attempt, &attempt->probes[k]);
		probes_learn(attempt, from[i]);
		judge(attempt);
	}
	return true;
}

/* Until no row of the table wants to know more; each plan is followed once. */
static bool call_all_probes(struct verification *all)
{
	OWNED size_t *from =
		(size_t *)memory_array(all->count + 1, sizeof(*from));
	bool done = true;
	bool more = true;

	while (done && more) {
		more = false;
		for (size_t i = 0; i < all->count; i++) {
			struct attempt *attempt = &all->attempts[i];

			from[i] = attempt->probe_count;
			if (attempt->test.url)
				judge(attempt);
			more |= attempt->test.url &&
				probes_plan(
					attempt, attempt->inquiry.rule->plan);
		}
		if (more)
			done = call_probes(all, from);
	}
	return done;
}

static bool wants_stream(const struct attempt *attempt)
{
	return attempt->inquiry.rule->cause == DIAGNOSIS_OK &&
		attempt->test.url && route_has_chat(attempt->inquiry.route) &&
		route_has_stream(attempt->inquiry.route);
}

/* Where the plain call works, the same as server-sent events. */
static bool call_streams(struct verification *all)
{
	OWNED size_t *from =
		(size_t *)memory_array(all->count + 1, sizeof(*from));
	bool done;

	for (size_t i = 0; i < all->count; i++) {
		struct attempt *attempt = &all->attempts[i];

		from[i] = attempt->probe_count;
		if (wants_stream(attempt))
			(void)probes_plan(attempt, PLAN_STREAM);
	}
	done = call_probes(all, from);
	return done;
}

/* The headers that matter, values masked, for people. */
static void describe_sent(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;
	char mask[SECRET_MASK_SIZE];
	size_t used = 0;

	if (attempt->inquiry.key->size > 0) {
		secret_mask(attempt->inquiry.key, mask);
		snprintf(result->sent, sizeof(result->sent), "%s %s (%s)",
			route_auth_header(attempt->inquiry.route), mask,
			attempt->inquiry.route->key_env);
		used = strlen(result->sent);
	}
	if (attempt->inquiry.token->size > 0 && !result->direct) {
		secret_mask(attempt->inquiry.token, mask);
		snprintf(result->sent + used, sizeof(result->sent) - used,
			"%scf-aig-authorization: Bearer %s",
			used > 0 ? ", " : "", mask);
	}
	clean_end(result->sent);
}

/* The call that was asked next after number `after`, or NULL. */
static const struct call *next_call(
	const struct attempt *attempt, unsigned after)
{
	const struct call *next = NULL;

	if (attempt->test.number > after)
		next = &attempt->test;
	for (size_t i = 0; i < attempt->probe_count; i++) {
		const struct call *call = &attempt->probes[i];

		if (call->number > after &&
			(!next || call->number < next->number))
			next = call;
	}
	return next;
}

/* The numbers of the rules that fitted, the conclusion last. */
static json_t *rules_read(const struct attempt *attempt)
{
	json_t *rows = json_new_list();

	for (size_t i = 0; i < attempt->read_count; i++)
		json_push(rows,
			json_new_number(
				(json_int_t)rule_number(attempt->read[i])));
	return rows;
}

static json_t *explain(const struct attempt *attempt)
{
	json_t *calls = json_new_list();
	const struct call *call = NULL;

	while ((call = next_call(attempt, call ? call->number : 0)))
		json_push_all(calls, call->traces);
	return json_build("{evidence:%o, rows:%o, calls:%o}",
		evidence_list(&attempt->inquiry), rules_read(attempt), calls);
}

static void fill_result(struct attempt *attempt)
{
	struct verify_result *result = attempt->result;
	const struct reading *reading = &attempt->test.reading;

	result->diagnosis = attempt->inquiry.rule->cause;
	result->ok = result->diagnosis == DIAGNOSIS_OK;
	result->answered = result->ok && reading->speaker == SPEAKER_COMPLETION;
	result->streamed =
		facts_have(attempt->inquiry.known, FACT_STREAM_WORKS) &&
		result->ok;
	result->http_status = reading->status;
	if (reading->status > 0)
		result->latency_ms = attempt->test.transfer.answer.whole_ms;
	snprintf(result->log_id, sizeof(result->log_id), "%s", reading->log_id);
	snprintf(result->said, sizeof(result->said), "%s", reading->message);
	describe_sent(attempt);
	inquiry_say(&attempt->inquiry, attempt->result);
	if (attempt->options->explain)
		result->explained = explain(attempt);
}

static bool is_wanted(
	const struct route *route, const struct verify_options *options)
{
	return !options->route || text_equal(options->route, route->name);
}

static void attempt_fill(struct attempt *attempt,
	const struct verify_subject *subject, const struct route *route,
	const struct verify_options *options, struct verify_result *result)
{
	*result = (struct verify_result){
		.profile = subject->profile->name,
		.route = route->name,
		.direct = options->direct,
		.latency_ms = -1,
		.provider =
			route->entry ? route->entry->title : route->provider,
		.said_by = "",
	};
	*attempt = (struct attempt){
		.inquiry = { .profile = subject->profile,
			.route = route,
			.direct = options->direct,
			.provider = result->provider,
			.reading = &attempt->test.reading },
		.variables = subject->variables,
		.options = options,
		.result = result,
	};
}

bool gateway_can_verify(const struct verify_subject *subject,
	const struct verify_options *options, struct error *err)
{
	const struct profile *profile = subject->profile;
	bool any = false;

	for (size_t i = 0; i < profile->route_count; i++) {
		struct verify_result result;
		struct attempt attempt;

		if (!is_wanted(&profile->routes[i], options))
			continue;
		any = true;
		attempt_fill(&attempt, subject, &profile->routes[i], options,
			&result);
		if (!attempt_init(&attempt, err))
			return false;
	}
	if (any)
		return true;
	if (options->route)
		error_set(err, STATUS_INVALID, _("profile %s has no route %s"),
			profile->name, options->route);
	else
		error_set(err, STATUS_INVALID, _("profile %s has no route"),
			profile->name);
	return error_next(err, _("`aigenv profile show %s` lists its routes"),
		profile->name);
}

/* Whatever the profile keeps secret, not what this route sends alone. */
static struct redactor *know_secrets(const struct verify_subject *subject,
	const struct verify_options *options)
{
	struct redactor *redactor = variables_redactor(subject->variables);

	if (options->api_token)
		redactor_add(redactor, options->api_token);
	return redactor;
}

static bool prepare(struct verification *all,
	const struct verify_subject *subjects, size_t count,
	struct verify_results *results)
{
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		most += subjects[i].profile->route_count;
	all->attempts = (struct attempt *)memory_array(
		most + 1, sizeof(*all->attempts));
	all->transfers = (struct http_transfer **)memory_array(
		most * (VERIFY_PROBES_LIMIT + 1) + 1,
		sizeof(struct http_transfer *));
	all->redactors = (struct redactor **)memory_array(
		count + 1, sizeof(struct redactor *));
	results->items = (struct verify_result *)memory_array(
		most + 1, sizeof(*results->items));
	for (size_t i = 0; i < count; i++) {
		const struct profile *profile = subjects[i].profile;

		all->redactors[all->redactor_count++] =
			know_secrets(&subjects[i], all->options);

		for (size_t k = 0; k < profile->route_count; k++) {
			struct attempt *attempt = &all->attempts[all->count];

			if (!is_wanted(&profile->routes[k], all->options))
				continue;
			attempt_fill(attempt, &subjects[i], &profile->routes[k],
				all->options, &results->items[all->count]);
			results->items[all->count].subject = i;
			attempt->redactor = all->redactors[i];
			results->count = ++all->count;
			if (!attempt_init(attempt, all->err))
				return false;
		}
	}
	return true;
}

bool gateway_verify(const struct verify_subject *subjects, size_t count,
	const struct verify_options *options, struct verify_results *results,
	struct error *err)
{
	struct verification all = { .options = options, .err = err };
	bool done;

	*results = (struct verify_results){ 0 };
	done = prepare(&all, subjects, count, results) && call_tests(&all) &&
		call_all_probes(&all) &&
		(!all.options->stream || call_streams(&all));
	for (size_t i = 0; i < all.count; i++) {
		if (done)
			fill_result(&all.attempts[i]);
		attempt_release(&all.attempts[i]);
	}
	http_client_close(all.client);
	for (size_t i = 0; i < all.redactor_count; i++)
		redactor_free(all.redactors[i]);
	free(all.redactors);
	free(all.transfers);
	free(all.attempts);
	if (!done)
		verify_results_release(results);
	return done;
}
