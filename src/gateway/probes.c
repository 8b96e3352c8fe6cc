/* SPDX-License-Identifier: MIT */
#include "gateway/conclude_internal.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define URL_SIZE ((size_t)8 * 1024)

static struct call *add_probe(
	struct attempt *attempt, enum call_kind kind, const char *base)
{
	struct call *call;

	if (attempt->probe_count >= EXTRA_REQUESTS)
		return NULL;
	call = &attempt->probes[attempt->probe_count++];
	call_init(call, attempt, kind, base);
	return call;
}

/* Where the last part of the path is a version ("/v1", "/v4", "/v1beta"), its
 * slash; else NULL. */
static const char *version_part(const char *base)
{
	const char *slash = strrchr(base, '/');

	if (!slash || slash[1] != 'v' || !text_is_digit(slash[2]))
		return NULL;
	return strlen(slash) <= 10 ? slash : NULL;
}

char *other_version(const char *base)
{
	const char *version = version_part(base);

	return version ? memory_copy(base, (size_t)(version - base))
		       : memory_printf("%s/v1", base);
}

/* The base with the path that the catalogue has for this provider, or NULL
 * where it has none or that is the base already. Owned. */
static char *catalogue_base(const struct attempt *attempt)
{
	const struct route *route = attempt->route;
	size_t base = strlen(attempt->base);
	size_t path = strlen(route->path);

	if (!route->entry || attempt->result->direct || path > base ||
		strchr(route->entry->path, '{') ||
		text_equal(route->entry->path, route->path))
		return NULL;
	return memory_printf("%.*s%s", (int)(base - path), attempt->base,
		route->entry->path);
}

/* Path or model: the list of models here and at the other version, and whether
 * an empty request finds an API here, there and where the catalogue says. */
static void plan_path(struct attempt *attempt)
{
	char *other = other_version(attempt->base);
	char *known = catalogue_base(attempt);

	(void)add_probe(attempt, CALL_MODELS, attempt->base);
	(void)add_probe(attempt, CALL_MODELS, other);
	(void)add_probe(attempt, CALL_EMPTY, attempt->base);
	(void)add_probe(attempt, CALL_EMPTY, other);
	if (known && !text_equal(known, other))
		(void)add_probe(attempt, CALL_EMPTY, known);
	free(other);
	free(known);
}

static void plan_key(struct attempt *attempt)
{
	char *other = other_version(attempt->base);

	if (*attempt->key) {
		(void)add_probe(attempt, CALL_MODELS, attempt->base);
		(void)add_probe(attempt, CALL_MODELS, other);
	}
	free(other);
}

static void plan_direct(struct attempt *attempt)
{
	const struct route *route = attempt->route;

	if (!attempt->result->direct && route->direct_url && *attempt->key)
		(void)add_probe(attempt, CALL_DIRECT, route->direct_url);
}

void probes_plan(struct attempt *attempt, enum plan plan)
{
	switch (plan) {
	case PLAN_NONE:
		break;
	case PLAN_TOKEN:
		if (*attempt->key && !text_equal(attempt->key, attempt->token))
			(void)add_probe(
				attempt, CALL_KEY_AS_TOKEN, attempt->base);
		break;
	case PLAN_KEY:
		plan_key(attempt);
		break;
	case PLAN_PATH:
		plan_path(attempt);
		break;
	case PLAN_MODEL:
		(void)add_probe(attempt, CALL_MODELS, attempt->base);
		break;
	case PLAN_DIRECT:
		plan_direct(attempt);
		break;
	}
}

/* The probe of that kind at the base itself, or at another one. */
static const struct reading *found(
	const struct attempt *attempt, enum call_kind kind, bool at_base)
{
	static const struct reading nothing = { .speaker = SPEAKER_NOBODY };

	for (size_t i = 0; i < attempt->probe_count; i++) {
		const struct call *call = &attempt->probes[i];

		if (call->kind == kind &&
			text_equal(call->base, attempt->base) == at_base)
			return &call->reading;
	}
	return &nothing;
}

/* An empty request that is refused for what it lacks has found the API. */
static bool is_api(const struct reading *reading)
{
	return reading->speaker == SPEAKER_COMPLETION ||
		(reading->speaker == SPEAKER_PROVIDER &&
			reading->status >= 400 && reading->status < 500 &&
			reading->status != 404 && reading->status != 405);
}

static bool is_list(const struct reading *reading)
{
	return reading->speaker == SPEAKER_LIST;
}

static enum diagnosis version_cause(const struct attempt *attempt)
{
	return version_part(attempt->base) ? DIAGNOSIS_BASE_URL_DOUBLED_VERSION
					   : DIAGNOSIS_BASE_URL_MISSING_VERSION;
}

static bool all_are_pages(const struct attempt *attempt)
{
	for (size_t i = 0; i < attempt->probe_count; i++)
		if (attempt->probes[i].reading.speaker &
			~(unsigned)(SPEAKER_PAGE | SPEAKER_NOBODY))
			return false;
	return attempt->test.reading.speaker == SPEAKER_PAGE;
}

static enum diagnosis conclude_path(const struct attempt *attempt)
{
	const struct reading *list = found(attempt, CALL_MODELS, true);
	char *other = other_version(attempt->base);
	bool other_is_api = is_list(found(attempt, CALL_MODELS, false));

	for (size_t i = 0; i < attempt->probe_count; i++)
		if (attempt->probes[i].kind == CALL_EMPTY &&
			text_equal(attempt->probes[i].base, other) &&
			is_api(&attempt->probes[i].reading))
			other_is_api = true;
	free(other);
	if (is_list(list) || is_api(found(attempt, CALL_EMPTY, true)))
		return DIAGNOSIS_MODEL_NOT_FOUND;
	if (other_is_api)
		return version_cause(attempt);
	return all_are_pages(attempt) ? DIAGNOSIS_NOT_AN_API
				      : DIAGNOSIS_BASE_URL_WRONG_PATH;
}

enum diagnosis probes_conclude(
	const struct attempt *attempt, enum plan plan, enum diagnosis cause)
{
	const struct reading *list = found(attempt, CALL_MODELS, true);
	const struct reading *swapped = found(attempt, CALL_KEY_AS_TOKEN, true);

	switch (plan) {
	case PLAN_TOKEN:
		/* Any answer but 2009 means that the gateway let it pass. */
		if ((swapped->speaker == SPEAKER_GATEWAY &&
			    swapped->code != 2009) ||
			(swapped->speaker &
				(SPEAKER_PROVIDER | SPEAKER_PLATFORM |
					SPEAKER_COMPLETION)))
			return DIAGNOSIS_KEYS_SWAPPED;
		return cause;
	case PLAN_KEY:
		if (!is_list(list) &&
			is_list(found(attempt, CALL_MODELS, false)))
			return version_cause(attempt);
		return cause;
	case PLAN_PATH:
		return conclude_path(attempt);
	case PLAN_MODEL:
		return is_list(list) && !list->model_listed
			? DIAGNOSIS_MODEL_NOT_FOUND
			: cause;
	case PLAN_NONE:
	case PLAN_DIRECT:
		break;
	}
	return cause;
}
