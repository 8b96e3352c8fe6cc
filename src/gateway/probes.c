/* SPDX-License-Identifier: MIT */
/* The further calls of each plan, and the facts that their answers are. */
#include "gateway/attempt_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cloudflare/cloudflare.h"

#include <stdio.h>
#include <string.h>

static void add(struct attempt *attempt, enum call_kind kind, const char *base)
{
	if (attempt->probe_count >= VERIFY_PROBES_LIMIT)
		return;
	if (!attempt->probes)
		attempt->probes = (struct call *)memory_array(
			VERIFY_PROBES_LIMIT, sizeof(*attempt->probes));
	call_init(
		&attempt->probes[attempt->probe_count++], attempt, kind, base);
}

/* Path or model: the list of models here and at the other version, and whether
 * an empty request finds an API here, there and where the catalogue says. */
static void add_path(struct attempt *attempt)
{
	OWNED char *other = base_other_version(attempt->inquiry.base);
	OWNED char *known = base_of_catalogue(&attempt->inquiry);

	add(attempt, CALL_MODELS, attempt->inquiry.base);
	add(attempt, CALL_MODELS, other);
	add(attempt, CALL_EMPTY, attempt->inquiry.base);
	add(attempt, CALL_EMPTY, other);
	if (known && !text_equal(known, other))
		add(attempt, CALL_EMPTY, known);
}

/* Once for each place that the profile names; the gateway token stays away. */
static void add_direct(struct attempt *attempt)
{
	const struct route *route = attempt->inquiry.route;

	if (!attempt->result->direct && route->direct_url &&
		attempt->inquiry.key->size > 0)
		add(attempt, CALL_DIRECT, route->direct_url);
}

static void add_key(struct attempt *attempt)
{
	OWNED char *other = base_other_version(attempt->inquiry.base);

	add(attempt, CALL_MODELS, attempt->inquiry.base);
	add(attempt, CALL_MODELS, other);
	add_direct(attempt);
	add(attempt, CALL_AGAIN, attempt->inquiry.base);
}

static void add_token(struct attempt *attempt)
{
	if (attempt->inquiry.key->size > 0 &&
		!secret_equal(attempt->inquiry.key, attempt->inquiry.token))
		add(attempt, CALL_KEY_AS_TOKEN, attempt->inquiry.base);
}

static void add_api(struct attempt *attempt, enum call_kind kind)
{
	const struct verify_options *options = attempt->options;

	if (options->api_token && options->api_token->size > 0)
		add(attempt, kind, cloudflare_origin());
}

static void add_account(struct attempt *attempt)
{
	add_api(attempt, CALL_GATEWAYS);
	add_api(attempt, CALL_ACCOUNTS);
}

static void add_providers(struct attempt *attempt)
{
	add_api(attempt, CALL_PROVIDERS);
}

/* What adds a plan's calls; NULL: it is the one call to the same base URL. */
static const struct {
	void (*add)(struct attempt *attempt);
	enum call_kind alone;
} plans[PLAN_COUNT] = {
	[PLAN_TOKEN] = { .add = add_token },
	[PLAN_AGAIN] = { .alone = CALL_AGAIN },
	[PLAN_RENAMED] = { .alone = CALL_RENAMED },
	[PLAN_KEY] = { .add = add_key },
	[PLAN_PATH] = { .add = add_path },
	[PLAN_MODEL] = { .alone = CALL_MODELS },
	[PLAN_STREAM] = { .alone = CALL_STREAM },
	[PLAN_DIRECT] = { .add = add_direct },
	[PLAN_GATEWAYS] = { .add = add_account },
	[PLAN_PROVIDERS] = { .add = add_providers },
};

bool probes_plan(struct attempt *attempt, enum plan plan)
{
	size_t before = attempt->probe_count;

	if (plan == PLAN_NONE || (attempt->plans & (1u << plan)))
		return false;
	attempt->plans |= 1u << plan;
	if (plans[plan].add)
		plans[plan].add(attempt);
	else
		add(attempt, plans[plan].alone, attempt->inquiry.base);
	return attempt->probe_count > before;
}

/* An empty request that is refused for what it lacks has found the API. */
static bool is_api(const struct reading *reading)
{
	return reading->speaker == SPEAKER_COMPLETION ||
		reading->speaker == SPEAKER_LIST ||
		(reading->speaker == SPEAKER_PROVIDER &&
			reading->status >= 400 && reading->status < 500 &&
			reading->status != 404 && reading->status != 405);
}

/* "a, b, c" to what sentences name, and its first as the best. */
static void take_near(struct attempt *attempt, const struct call *call)
{
	const char *near = call->reading.near;

	if (!*near || call->reading.listed)
		return;
	snprintf(attempt->inquiry.near, sizeof(attempt->inquiry.near),
		call->kind == CALL_MODELS ? _("nearest to it: %s")
					  : _("it has: %s"),
		near);
	snprintf(attempt->inquiry.best, sizeof(attempt->inquiry.best), "%.*s",
		(int)strcspn(near, ","), near);
}

/* Where the model is the one that is meant, or another server's. */
static facts learn_list(struct attempt *attempt, const struct call *call)
{
	const struct reading *reading = &call->reading;
	facts found = 0;

	if (reading->speaker != SPEAKER_LIST)
		return 0;
	if (!text_equal(call->base, attempt->inquiry.base))
		return FACT(FACT_LIST_OTHER) | FACT(FACT_API_OTHER);
	found = FACT(FACT_LIST_HERE) | FACT(FACT_API_HERE);
	if (reading->listed)
		return found | FACT(FACT_MODEL_LISTED);
	if (!reading->list_whole || reading->list_count == 0)
		return found;
	take_near(attempt, call);
	return found | FACT(FACT_MODEL_NOT_LISTED);
}

static facts learn_empty(const struct attempt *attempt, const struct call *call)
{
	if (!is_api(&call->reading))
		return 0;
	if (text_equal(call->base, attempt->inquiry.base))
		return FACT(FACT_API_HERE);
	OWNED char *other = base_other_version(attempt->inquiry.base);
	return text_equal(call->base, other) ? FACT(FACT_API_OTHER)
					     : FACT(FACT_API_KNOWN);
}

/* Any answer but 2009 means that the gateway let the value pass. */
static facts learn_token(const struct reading *reading)
{
	if (reading->speaker == SPEAKER_GATEWAY)
		return reading->code == 2009 ? FACT(FACT_KEY_IS_NO_TOKEN)
					     : FACT(FACT_KEY_IS_TOKEN);
	return reading->speaker &
			(SPEAKER_PROVIDER | SPEAKER_PLATFORM | SPEAKER_JSON |
				SPEAKER_COMPLETION)
		? FACT(FACT_KEY_IS_TOKEN)
		: 0;
}

/* The last answer is the one that counts; it goes where the first was. */
static facts learn_again(struct attempt *attempt, struct call *call)
{
	struct call first = attempt->test;
	bool same = first.reading.status == call->reading.status &&
		first.reading.speaker == call->reading.speaker &&
		first.reading.code == call->reading.code;
	facts found = call->kind == CALL_RENAMED ? FACT(FACT_RENAMED) : 0;

	if (call->kind == CALL_AGAIN && same)
		found = FACT(FACT_AGAIN);
	if (call->reading.speaker == SPEAKER_NOBODY && !same)
		return found;
	attempt->test = *call;
	*call = first;
	return found;
}

static facts learn_account(struct attempt *attempt, const struct call *call)
{
	static const facts unlisted[] = {
		[CALL_ACCOUNTS] = FACT(FACT_ACCOUNT_UNLISTED),
		[CALL_GATEWAYS] = FACT(FACT_GATEWAY_UNLISTED),
		[CALL_PROVIDERS] = FACT(FACT_PROVIDER_UNLISTED),
	};
	const struct reading *reading = &call->reading;

	/* That it says nothing for now is no refusal. */
	if (reading->status == 429 || reading->status >= 500)
		return 0;
	if (reading->speaker == SPEAKER_PLATFORM)
		return call->kind == CALL_GATEWAYS ? FACT(FACT_API_DENIED) : 0;
	if (reading->speaker != SPEAKER_LIST || !reading->list_whole)
		return 0;
	if (reading->listed && call->kind == CALL_ACCOUNTS)
		return 0;
	if (reading->listed)
		return call->kind == CALL_PROVIDERS && reading->disabled
			? FACT(FACT_PROVIDER_DISABLED)
			: FACT(FACT_API_LISTED);
	/* A token that may not read accounts gets an empty list. */
	if (call->kind == CALL_ACCOUNTS && reading->list_count == 0)
		return 0;
	if (call->kind != CALL_ACCOUNTS)
		take_near(attempt, call);
	return unlisted[call->kind];
}

/* A stream that fails is what the route is judged by. */
static facts learn_stream(struct attempt *attempt, struct call *call)
{
	struct call plain = attempt->test;

	if (call->reading.speaker == SPEAKER_STREAM)
		return FACT(FACT_STREAM_WORKS);
	attempt->test = *call;
	*call = plain;
	return 0;
}

/* Anything else that it may answer tells nothing of key or provider. */
static facts learn_direct(
	const struct attempt *attempt, const struct reading *reading)
{
	if (reading->speaker == SPEAKER_COMPLETION)
		return FACT(FACT_DIRECT_WORKS);
	if (facts_have(facts_of_answer(&attempt->inquiry, reading),
		    FACT_REFUSES_KEY))
		return FACT(FACT_DIRECT_REFUSES);
	return reading->status == 0 || reading->status >= 500
		? FACT(FACT_DIRECT_FAILS)
		: 0;
}

static facts learn(struct attempt *attempt, struct call *call)
{
	switch (call->kind) {
	case CALL_TEST:
	case CALL_TOKEN_ALONE:
		return 0;
	case CALL_STREAM:
		return learn_stream(attempt, call);
	case CALL_AGAIN:
	case CALL_RENAMED:
		return learn_again(attempt, call);
	case CALL_KEY_AS_TOKEN:
		return learn_token(&call->reading);
	case CALL_EMPTY:
		return learn_empty(attempt, call);
	case CALL_MODELS:
		return learn_list(attempt, call);
	case CALL_DIRECT:
		return learn_direct(attempt, &call->reading);
	case CALL_ACCOUNTS:
	case CALL_GATEWAYS:
	case CALL_PROVIDERS:
		return learn_account(attempt, call);
	}
	return 0;
}

/* Facts that follow from several answers together. */
static facts learn_together(const struct attempt *attempt)
{
	const unsigned silent = SPEAKER_PAGE | SPEAKER_NOBODY;
	facts apis = FACT(FACT_API_HERE) | FACT(FACT_API_OTHER) |
		FACT(FACT_API_KNOWN);
	bool pages = attempt->test.reading.speaker == SPEAKER_PAGE;

	if (!(attempt->plans & (1u << PLAN_PATH)) ||
		(attempt->inquiry.known & apis))
		return 0;
	for (size_t i = 0; i < attempt->probe_count; i++)
		if (attempt->probes[i].reading.speaker & ~silent)
			pages = false;
	return FACT(FACT_NO_API) | (pages ? FACT(FACT_ONLY_PAGES) : 0);
}

void probes_learn(struct attempt *attempt, size_t from)
{
	for (size_t i = from; i < attempt->probe_count; i++)
		attempt->inquiry.known |= learn(attempt, &attempt->probes[i]);
	attempt->inquiry.known |= learn_together(attempt);
}
