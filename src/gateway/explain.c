/* SPDX-License-Identifier: MIT */
/*
 * The same table over an answer that somebody else got. What the paste does not
 * tell is no fact: rows that need it do not fit, and those that name two causes
 * and what would tell them apart do.
 */
#include "gateway/explain_internal.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/base_url.h"
#include "wording/notation.h"
#include "wording/sayings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct work {
	const struct explain_question *question;
	struct explanation *out;
	struct transcript heard;
	struct address address;
	struct profile profile;
	struct route route;
	struct verify_options options;
	struct attempt attempt;
	char *base; /* owned */
};

static bool refuse_provider(const struct work *work, struct error *err)
{
	const char *name = work->question->provider;
	const char *near = catalogue_nearest(name);

	error_set(err, STATUS_INVALID, _("the catalogue has no provider %.80s"),
		name);
	if (near)
		return error_next(err, _("did you mean %s?"), near);
	return error_next(err,
		_("`aigenv providers` lists them; a custom one is "
		  "custom-SLUG"));
}

/* The shape of a base URL that the address has, less the endpoint. */
static void take_base(struct work *work)
{
	const struct address *address = &work->address;

	if (!address->provider || !address->path)
		return;
	if (address->kind == ADDRESS_GATEWAY)
		work->base = memory_printf("%s/v1/%s/%s/%s%s", address->origin,
			address->account_id, address->gateway,
			address->provider, address->path);
	else if (address->kind == ADDRESS_CUSTOM_DOMAIN)
		work->base = memory_printf("%s/%s%s", address->origin,
			address->provider, address->path);
}

static bool take_provider(struct work *work, struct error *err)
{
	const char *asked = work->question->provider;
	struct route *route = &work->route;
	const struct provider *told = work->heard.provider;
	const char *name = asked ? asked : work->address.provider;

	if (!name && told)
		name = told->segment;

	if (!name)
		return true;
	route->entry = catalogue_find(name);
	if (asked && !route->entry && !text_starts_with(asked, CUSTOM_PREFIX))
		return refuse_provider(work, err);
	route->provider =
		route->entry && (asked || told) ? route->entry->segment : name;
	if (route->entry && route->entry->key_env)
		route->key_env = route->entry->key_env;
	return true;
}

/* A text of a stranger's that is printed: one clean line. */
static void keep(const char *text, char *out, size_t size)
{
	clean_line(text, strlen(text), out, size);
}

static bool take_context(struct work *work, struct error *err)
{
	struct explanation *out = work->out;
	const char *url = buf_cstring(&work->heard.url);
	const char *model = work->question->model;
	struct error ignored;

	if (*url && !address_parse(url, &work->address, &ignored))
		work->address = (struct address){ 0 };
	work->route = (struct route){ .provider = "", .path = "" };
	if (!take_provider(work, err))
		return false;
	take_base(work);
	if (work->address.path)
		work->route.path = work->address.path;
	if (!model && *work->heard.model)
		model = work->heard.model;
	if (!model && work->address.model)
		model = work->address.model;
	keep(model ? model : "", out->model, sizeof(out->model));
	keep(work->route.entry ? work->route.entry->title
			       : work->route.provider,
		out->provider, sizeof(out->provider));
	work->profile.account_id = work->address.account_id;
	work->profile.gateway = work->address.gateway;
	return true;
}

/* "/v1/v1" at the end of the base URL. */
static bool has_version_twice(const char *base)
{
	const char *last = base_version(base);
	char *rest;
	bool twice;

	if (!last)
		return false;
	rest = memory_copy(base, (size_t)(last - base));
	twice = text_ends_with(rest, last);
	free(rest);
	return twice;
}

static facts facts_of_paste(const struct work *work)
{
	const struct attempt *attempt = &work->attempt;
	facts known = facts_of_route(attempt) | FACT(FACT_PASTED);

	/* No profile says anything, and an unknown base has no version. */
	known &= ~(FACT(FACT_KEY_NEEDED));
	if (!work->base)
		known = (known &
				~(FACT(FACT_HAS_VERSION) |
					FACT(FACT_NO_VERSION))) |
			FACT(FACT_NO_BASE);
	if (work->heard.said_only)
		known |= FACT(FACT_SAID_ONLY);
	if (!*attempt->model)
		known &= ~FACT(FACT_NO_PREFIX);
	if (work->base && has_version_twice(work->base) &&
		work->heard.answer.status == 404)
		known |= FACT(FACT_SAYS_DOUBLED);
	return known | explain_facts(attempt, &work->heard);
}

/* What the gateway itself says, where the form of its answer is lost. */
static void take_gateway_words(struct reading *reading)
{
	const struct saying *saying = NULL;
	size_t size = strlen(reading->words);

	while ((saying = saying_next(reading->words, size, saying)))
		if (saying->means == SAYS_GATEWAY) {
			reading->speaker = SPEAKER_GATEWAY;
			reading->code = saying->code;
			return;
		}
}

/* A known sentence whose end is missing is taken for whole. */
static void take_beginning(struct reading *reading)
{
	size_t size = strlen(reading->message);
	size_t used = strlen(reading->words);

	if (notation_text_is_cut(reading->message, size))
		size -= strlen(NOTATION_CUT);
	const struct saying *saying = saying_begun(reading->message, size);
	if (saying)
		snprintf(reading->words + used, sizeof(reading->words) - used,
			"%s%s\n", used > 0 ? "" : "\n", saying->words);
}

/* Words that the table knows, or a gateway's number, or what was asked for. */
static bool says_something(const struct reading *reading)
{
	const unsigned good = SPEAKER_COMPLETION | SPEAKER_STREAM |
		SPEAKER_GATEWAY | SPEAKER_LIST;
	size_t size = strlen(reading->message);

	return (reading->speaker & good) ||
		saying_next(reading->words, strlen(reading->words), NULL) ||
		(size > 0 && !notation_text_is_cut(reading->message, size));
}

static void read_answer(const struct work *work, struct reading *reading)
{
	const struct http_answer *answer = &work->heard.answer;
	const unsigned good = SPEAKER_COMPLETION | SPEAKER_STREAM |
		SPEAKER_LIST | SPEAKER_JSON;

	reading_take(answer, NULL, reading);
	reading_redact(reading, work->heard.redactor);
	/* Without its body an answer does not tell who gave it. */
	if (answer->body.size == 0 && answer->status >= 200 &&
		answer->fault == HTTP_FAULT_NONE)
		reading->speaker = SPEAKER_UNSEEN;
	if (work->heard.cut || work->heard.said_only)
		take_beginning(reading);
	if (work->heard.cut && !says_something(reading))
		reading->speaker = SPEAKER_UNSEEN;
	if (work->heard.said_only || reading->speaker == SPEAKER_TEXT)
		take_gateway_words(reading);
	/* A body that is an answer to what was asked for came with it. */
	if (reading->status == 0 && (reading->speaker & good))
		reading->status = 200;
	if (!*reading->message && *work->heard.reason)
		snprintf(reading->message, sizeof(reading->message), "%s",
			work->heard.reason);
}

/* Words that one provider alone says. */
static void take_provider_of_words(struct work *work)
{
	const char *words = work->attempt.test.reading.words;
	const struct saying *saying = NULL;
	struct route *route = &work->route;

	while (!*route->provider &&
		(saying = saying_next(words, strlen(words), saying))) {
		const struct provider *entry = saying->provider
			? catalogue_find(saying->provider)
			: NULL;

		if (!entry)
			continue;
		route->entry = entry;
		route->provider = entry->segment;
		route->key_env = entry->key_env;
		keep(entry->title, work->out->provider,
			sizeof(work->out->provider));
	}
}

static void judge(struct work *work)
{
	struct attempt *attempt = &work->attempt;
	struct http_answer *answer = &work->heard.answer;
	struct verify_result *result = &work->out->result;

	*result = (struct verify_result){
		.profile = "",
		.route = "",
		.model = work->out->model,
		.provider = work->out->provider,
		.direct = work->address.kind == ADDRESS_DIRECT,
		.latency_ms = -1,
		.said_by = "",
		.http_status = answer->status,
	};
	*attempt = (struct attempt){
		.profile = &work->profile,
		.route = &work->route,
		.options = &work->options,
		.result = result,
		/* Masked: what is compared with them is their end. */
		.token = work->heard.token.masked,
		.key = work->heard.key.masked,
		.model = work->out->model,
		.base = work->base ? work->base : "",
	};
	if (answer->status == 0)
		answer->status = work->heard.likely_status;
	read_answer(work, &attempt->test.reading);
	take_provider_of_words(work);
	attempt->known = facts_of_paste(work);
	attempt->sign = sign_find(&attempt->test.reading,
		attempt->known |
			facts_of_answer(attempt, &attempt->test.reading));
}

/* What aigenv concluded when it made the call counts for more. */
static void take_own(struct work *work, json_t *evidence)
{
	struct verify_result *result = &work->out->result;

	for (int i = 0; i < DIAGNOSIS_COUNT; i++) {
		if (!text_equal(work->heard.diagnosis,
			    diagnosis_word((enum diagnosis)i)))
			continue;
		json_push_text(evidence,
			"it is a result of aigenv's, which made "
			"the call itself");
		if (result->diagnosis == (enum diagnosis)i)
			return;
		result->diagnosis = (enum diagnosis)i;
		result->or_else = result->diagnosis;
		snprintf(result->means, sizeof(result->means), "%s",
			result->said);
		snprintf(result->advice, sizeof(result->advice),
			"its own advice stands beside it, under \"advice\"");
	}
}

/* What there is breaks off before it says anything. */
static bool refuse_cut(const struct work *work, struct error *err)
{
	const struct reading *reading = &work->attempt.test.reading;

	if (reading->speaker != SPEAKER_UNSEEN || reading->status > 0)
		return true;
	error_set(err, STATUS_INVALID,
		_("the answer in the paste is cut off before it says what is "
		  "wrong"));
	return error_next(err,
		_("paste all of it, or what `curl -i` prints, with its status "
		  "line and headers"));
}

static void fill(struct work *work)
{
	const struct reading *reading = &work->attempt.test.reading;
	struct verify_result *result = &work->out->result;
	json_t *evidence = evidence_list(&work->attempt);
	char clause[128];

	result->diagnosis = work->attempt.sign->cause;
	if (!work->profile.gateway &&
		result->diagnosis != DIAGNOSIS_GATEWAY_NOT_FOUND)
		work->profile.gateway = "your gateway";
	keep(reading->log_id, result->log_id, sizeof(result->log_id));
	keep(reading->message, result->said, sizeof(result->said));
	explain_describe_sent(&work->heard, result->sent, sizeof(result->sent));
	sentence_say(&work->attempt);
	if (result->http_status == 0 && work->heard.likely_status > 0) {
		snprintf(clause, sizeof(clause),
			"no status is told; the error's name stands for %d",
			work->heard.likely_status);
		json_push_text(evidence, clause);
	}
	explain_faults(&work->heard, result, evidence);
	explain_notes(&work->attempt, &work->heard, evidence);
	take_own(work, evidence);
	result->ok = result->diagnosis == DIAGNOSIS_OK;
	result->answered = result->ok &&
		reading->speaker & (SPEAKER_COMPLETION | SPEAKER_STREAM);
	result->explained = JSON_RECORD(JSON_VALUE("evidence", evidence));
}

bool gateway_explain(const struct explain_question *question,
	struct explanation *explanation, struct error *err)
{
	struct work work = {
		.question = question,
		.out = explanation,
	};

	*explanation = (struct explanation){ 0 };
	bool read = transcript_read(
			    question->text, question->size, &work.heard, err) &&
		take_context(&work, err);
	if (read)
		judge(&work);
	read = read && refuse_cut(&work, err);
	if (read)
		fill(&work);
	transcript_release(&work.heard);
	address_release(&work.address);
	free(work.base);
	return read;
}

void explanation_release(struct explanation *explanation)
{
	json_decref(explanation->result.explained);
	explanation->result.explained = NULL;
}

json_t *explanation_json(const struct explanation *explanation)
{
	const struct verify_result *result = &explanation->result;
	char message[VERIFY_MESSAGE_SIZE];
	json_t *status = result->http_status > 0
		? json_new_number(result->http_status)
		: json_null();

	verify_result_message(result, message, sizeof(message));
	return JSON_RECORD(JSON_FLAG("ok", result->ok),
		JSON_TEXT("diagnosis", diagnosis_word(result->diagnosis)),
		JSON_VALUE("http_status", status),
		JSON_TEXT("message", message),
		JSON_TEXT("means", result->means),
		JSON_TEXT("advice", result->advice),
		JSON_TEXT("log_id", result->log_id),
		JSON_VALUE("evidence",
			json_incref(json_object_get(
				result->explained, "evidence"))));
}
