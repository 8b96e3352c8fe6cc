/* SPDX-License-Identifier: MIT */
/*
 * The same table over an answer that somebody else got. What the paste does not
 * tell is no fact: rows that need it do not fit, and those that name two causes
 * and what would tell them apart do.
 */
#include "explain/explain_internal.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/base_url.h"
#include "wording/notation.h"
#include "wording/sayings.h"
#include "wording/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pasted {
	const struct explain_question *question;
	struct explanation *out;
	struct transcript transcript;
	struct address address;
	struct profile profile;
	struct route route;
	struct reading reading;
	struct inquiry inquiry;
	struct secret_arena ends; /* of token and key, as they were masked */
	char *base;               /* owned */
};

/* What is known of a key that was masked: the end of it. */
static const struct secret *end_of(struct pasted *pasted, const char *masked)
{
	return secret_arena_add(&pasted->ends, masked, strlen(masked));
}

static bool refuse_provider(const struct pasted *pasted, struct error *err)
{
	const char *name = pasted->question->provider;
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
static void take_base(struct pasted *pasted)
{
	const struct address *address = &pasted->address;

	if (!address->provider || !address->path)
		return;
	if (address->kind == ADDRESS_GATEWAY)
		pasted->base = memory_printf("%s/v1/%s/%s/%s%s",
			address->origin, address->account_id, address->gateway,
			address->provider, address->path);
	else if (address->kind == ADDRESS_CUSTOM_DOMAIN)
		pasted->base = memory_printf("%s/%s%s", address->origin,
			address->provider, address->path);
}

static bool take_provider(struct pasted *pasted, struct error *err)
{
	const char *asked = pasted->question->provider;
	struct route *route = &pasted->route;
	const struct provider *told = pasted->transcript.provider;
	const char *name = asked ? asked : pasted->address.provider;

	if (!name && told)
		name = told->segment;

	if (!name)
		return true;
	route->entry = catalogue_find(name);
	if (asked && !route->entry && !text_starts_with(asked, CUSTOM_PREFIX))
		return refuse_provider(pasted, err);
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

static bool take_context(struct pasted *pasted, struct error *err)
{
	struct explanation *out = pasted->out;
	const char *url = buf_cstring(&pasted->transcript.url);
	const char *model = pasted->question->model;
	struct error ignored;

	if (*url && !address_parse(url, &pasted->address, &ignored))
		pasted->address = (struct address){ 0 };
	pasted->route = (struct route){ .provider = "", .path = "" };
	if (!take_provider(pasted, err))
		return false;
	take_base(pasted);
	if (pasted->address.path)
		pasted->route.path = pasted->address.path;
	if (!model && *pasted->transcript.model)
		model = pasted->transcript.model;
	if (!model && pasted->address.model)
		model = pasted->address.model;
	keep(model ? model : "", out->model, sizeof(out->model));
	keep(pasted->route.entry ? pasted->route.entry->title
				 : pasted->route.provider,
		out->provider, sizeof(out->provider));
	pasted->profile.account_id = pasted->address.account_id;
	pasted->profile.gateway = pasted->address.gateway;
	return true;
}

/* "/v1/v1" at the end of the base URL. */
static bool has_version_twice(const char *base)
{
	const char *last = base_version(base);

	if (!last)
		return false;
	OWNED char *shorter = memory_copy(base, (size_t)(last - base));
	return text_ends_with(shorter, last);
}

static facts facts_of_paste(const struct pasted *pasted)
{
	const struct inquiry *inquiry = &pasted->inquiry;
	facts known = facts_of_route(inquiry) | FACT(FACT_PASTED);

	/* No profile says anything, and an unknown base has no version. */
	known &= ~(FACT(FACT_KEY_NEEDED));
	if (!pasted->base)
		known = (known &
				~(FACT(FACT_HAS_VERSION) |
					FACT(FACT_NO_VERSION))) |
			FACT(FACT_NO_BASE);
	if (pasted->transcript.said_only)
		known |= FACT(FACT_SAID_ONLY);
	if (!*inquiry->model)
		known &= ~FACT(FACT_NO_PREFIX);
	if (pasted->base && has_version_twice(pasted->base) &&
		pasted->transcript.answer.status == 404)
		known |= FACT(FACT_SAYS_DOUBLED);
	return known | explain_facts(inquiry, &pasted->transcript);
}

/* "AiGatewayError: 2021: Invalid User Credentials": 2021. */
static int code_in_words(const char *words)
{
	static const char name[] = "aigatewayerror: ";
	struct slice rest = slice_of(words);
	uint64_t code = 0;

	while (rest.size > 0 && !slice_begins_ignoring_case(rest, name))
		rest = slice_from(rest, 1);
	rest = slice_from(rest, strlen(name));
	return rest.size >= 4 && number_parse(rest.at, 4, 2000, 2999, &code)
		? (int)code
		: 0;
}

/* What the gateway itself says, where the form of its answer is lost. */
static void take_gateway_words(struct reading *reading)
{
	const struct saying *saying = NULL;
	size_t size = strlen(reading->words);

	while ((saying = saying_next(reading->words, size, saying))) {
		int code = saying->code > 0 ? saying->code
					    : code_in_words(reading->words);

		if (saying->means != SAYS_GATEWAY || code == 0)
			continue;
		reading->speaker = SPEAKER_GATEWAY;
		reading->code = code;
		return;
	}
}

/* A known sentence whose end is missing is taken for whole. */
static void take_beginning(struct reading *reading)
{
	size_t size = strlen(reading->message);
	size_t used = strlen(reading->words);

	/* What they say is whole. */
	if (saying_next(reading->words, used, NULL))
		return;
	if (notation_text_is_cut(reading->message, size))
		size -= strlen(NOTATION_CUT);
	const struct saying *saying = saying_begun(reading->message, size);
	if (saying)
		snprintf(reading->words + used, sizeof(reading->words) - used,
			"%s%s\n", used > 0 ? "" : "\n", saying->words);
}

/* An answer inside of the words was cut off. */
static bool has_open_brace(const char *text)
{
	int open = 0;

	for (; *text; text++)
		open += (*text == '{') - (*text == '}');
	return open > 0;
}

/* Words that the table knows, or a gateway's number, or what was asked for. */
static bool says_something(const struct reading *reading)
{
	const unsigned good = SPEAKER_COMPLETION | SPEAKER_STREAM |
		SPEAKER_GATEWAY | SPEAKER_LIST;
	size_t size = strlen(reading->message);

	return (reading->speaker & good) ||
		saying_next(reading->words, strlen(reading->words), NULL) ||
		(size > 0 && !has_open_brace(reading->message) &&
			!notation_text_is_cut(reading->message, size));
}

/* Of words that were cut off, a status may be left: "failed with 401: {". */
static void take_status_alone(
	const struct http_answer *answer, struct reading *reading)
{
	const char *body = buf_cstring(&answer->body);
	size_t behind;

	reading->speaker = SPEAKER_UNSEEN;
	if (reading->status == 0)
		reading->status =
			status_in_line(body, answer->body.size, &behind);
	if (reading->status == 0)
		reading->status =
			status_of_class(body, answer->body.size, &behind);
}

/* Its head says that it has no body. */
static bool is_empty(const struct http_answer *answer)
{
	size_t size;
	const char *length =
		http_answer_header(answer, "content-length", &size);

	return length && slice_is((struct slice){ length, size }, "0");
}

static void read_answer(const struct pasted *pasted, struct reading *reading)
{
	const struct http_answer *answer = &pasted->transcript.answer;
	const unsigned good = SPEAKER_COMPLETION | SPEAKER_STREAM |
		SPEAKER_LIST | SPEAKER_JSON;

	reading_take(answer, NULL, reading);
	reading_redact(reading, pasted->transcript.redactor);
	/* Without its body an answer does not tell who gave it. */
	if (answer->body.size == 0 && answer->status >= 200 &&
		!(answer->status == 200 && is_empty(answer)) &&
		answer->fault == HTTP_FAULT_NONE)
		reading->speaker = SPEAKER_UNSEEN;
	if (pasted->transcript.cut || pasted->transcript.said_only)
		take_beginning(reading);
	if (pasted->transcript.cut && !says_something(reading))
		take_status_alone(answer, reading);
	/* Or where a relay quotes it. */
	if (reading->code <= 0 &&
		(reading->speaker &
			(SPEAKER_PROVIDER | SPEAKER_TEXT | SPEAKER_GATEWAY)))
		take_gateway_words(reading);
	/* A body that is an answer to what was asked for came with it. */
	if (reading->status == 0 && (reading->speaker & good))
		reading->status = 200;
	if (!*reading->message && *pasted->transcript.reason)
		snprintf(reading->message, sizeof(reading->message), "%s",
			pasted->transcript.reason);
}

/* Words that one provider alone says. */
static void take_provider_of_words(struct pasted *pasted)
{
	const char *words = pasted->reading.words;
	const struct saying *saying = NULL;
	struct route *route = &pasted->route;

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
		keep(entry->title, pasted->out->provider,
			sizeof(pasted->out->provider));
	}
}

/* The name of an error's class is the client's; what the answer itself says
 * counts more ("RateLimitError: The server had an error"). */
static void doubt_class(struct reading *reading)
{
	const struct saying *saying = NULL;
	size_t size = strlen(reading->words);

	while ((saying = saying_next(reading->words, size, saying)))
		if (saying->means == SAYS_BUSY)
			reading->status = 0;
}

/* Whatever address stands beside it. */
static bool is_of_gateway(const struct reading *reading)
{
	return reading->speaker == SPEAKER_GATEWAY ||
		facts_have(reading->facts, FACT_THROUGH_GATEWAY);
}

static void judge(struct pasted *pasted)
{
	struct inquiry *inquiry = &pasted->inquiry;
	struct http_answer *answer = &pasted->transcript.answer;
	struct verify_result *result = &pasted->out->result;

	*result = (struct verify_result){
		.profile = "",
		.route = "",
		.model = pasted->out->model,
		.provider = pasted->out->provider,
		.direct = pasted->address.kind == ADDRESS_DIRECT,
		.latency_ms = -1,
		.said_by = "",
		.http_status = answer->status,
	};
	*inquiry = (struct inquiry){
		.profile = &pasted->profile,
		.route = &pasted->route,
		.direct = result->direct,
		.provider = result->provider,
		.token = end_of(pasted, pasted->transcript.token.masked),
		.key = end_of(pasted, pasted->transcript.key.masked),
		.model = pasted->out->model,
		.base = pasted->base ? pasted->base : "",
		.reading = &pasted->reading,
	};
	if (answer->status == 0)
		answer->status = pasted->transcript.likely_status;
	read_answer(pasted, &pasted->reading);
	if (result->http_status == 0)
		doubt_class(&pasted->reading);
	/* ai-gateway-provider's errors show the address that it replaced. */
	if (is_of_gateway(&pasted->reading))
		result->direct = inquiry->direct = false;
	take_provider_of_words(pasted);
	inquiry->known = facts_of_paste(pasted);
	inquiry_judge(inquiry);
}

/* What aigenv concluded when it made the call counts for more. */
static void take_own(struct pasted *pasted, json_t *evidence)
{
	struct verify_result *result = &pasted->out->result;

	for (int i = 0; i < DIAGNOSIS_COUNT; i++) {
		if (!text_equal(pasted->transcript.diagnosis,
			    diagnosis_word((enum diagnosis)i)))
			continue;
		json_push_text(evidence,
			_("aigenv made this call itself, and this is "
			  "its result"));
		if (result->diagnosis == (enum diagnosis)i)
			return;
		result->diagnosis = (enum diagnosis)i;
		result->or_else = result->diagnosis;
		snprintf(result->means, sizeof(result->means), "%s",
			result->said);
		snprintf(result->advice, sizeof(result->advice),
			_("see the advice that stands beside it, under "
			  "\"advice\""));
	}
}

/* Words of a program that failed, and of nobody else, or which leave no doubt
 * of that. */
static bool is_crash(const struct reading *reading)
{
	size_t size = strlen(reading->words);
	const struct saying *saying = NULL;
	size_t others = 0;
	bool crash = false;

	while ((saying = saying_next(reading->words, size, saying))) {
		if (saying->means != SAYS_CRASH)
			others++;
		else if (saying->rank == SAYING_ALONE)
			return reading->status == 0;
		else
			crash = true;
	}
	return reading->status == 0 && crash && others == 0;
}

static bool refuse_crash(const struct reading *reading, struct error *err)
{
	if (reading->speaker != SPEAKER_PROVIDER || !is_crash(reading))
		return true;
	error_set(err, STATUS_INVALID,
		_("the paste shows that a program failed by itself, and no "
		  "answer of an API"));
	return error_next(err,
		_("paste what `curl -i` prints for the call that the program "
		  "makes"));
}

/* {"error":{}}: no status, and no words, or what a program writes for want of
 * them. */
static bool is_silent(const struct reading *reading)
{
	struct slice said = slice_of(reading->message);

	return reading->speaker == SPEAKER_PROVIDER && reading->status == 0 &&
		((said.size == 0 && slice_is_blank(slice_of(reading->words))) ||
			slice_fits_any(said, slice_is,
				WORDS("unknown", "undefined", "null", "error",
					"Error", "[object Object]")));
}

static bool refuse_silent(const struct reading *reading, struct error *err)
{
	if (!is_silent(reading))
		return true;
	error_set(err, STATUS_INVALID,
		_("the error in the paste is empty: it does not say what is "
		  "wrong"));
	return error_next(err,
		_("paste what `curl -i` prints for the same call, with its "
		  "status line and headers"));
}

/* What there is breaks off before it says anything. */
static bool refuse_cut(const struct pasted *pasted, struct error *err)
{
	const struct reading *reading = &pasted->reading;

	if (reading->speaker != SPEAKER_UNSEEN || reading->status > 0)
		return true;
	error_set(err, STATUS_INVALID,
		_("the answer in the paste is cut off before it says what is "
		  "wrong"));
	return error_next(err,
		_("paste all of it, or what `curl -i` prints, with its status "
		  "line and headers"));
}

static void fill(struct pasted *pasted)
{
	const struct reading *reading = &pasted->reading;
	struct verify_result *result = &pasted->out->result;
	json_t *evidence = evidence_list(&pasted->inquiry);
	char clause[128];

	result->diagnosis = pasted->inquiry.rule->cause;
	keep(reading->log_id, result->log_id, sizeof(result->log_id));
	keep(reading->message, result->said, sizeof(result->said));
	explain_describe_sent(
		&pasted->transcript, result->sent, sizeof(result->sent));
	inquiry_say(&pasted->inquiry, result);
	if (result->http_status == 0 && pasted->transcript.likely_status > 0) {
		snprintf(clause, sizeof(clause),
			_("the paste shows no status; what it says stands for "
			  "%d"),
			pasted->transcript.likely_status);
		json_push_text(evidence, clause);
	}
	explain_faults(&pasted->transcript, result, evidence);
	explain_notes(&pasted->inquiry, &pasted->transcript, result, evidence);
	take_own(pasted, evidence);
	result->ok = result->diagnosis == DIAGNOSIS_OK;
	result->answered = result->ok &&
		reading->speaker & (SPEAKER_COMPLETION | SPEAKER_STREAM);
	result->explained = json_build("{evidence:%o}", evidence);
}

static void pasted_release(struct pasted *pasted)
{
	transcript_release(&pasted->transcript);
	address_release(&pasted->address);
	secret_arena_release(&pasted->ends);
	free(pasted->base);
}

bool explain_paste(const struct explain_question *question,
	struct explanation *explanation, struct error *err)
{
	SCOPED(pasted)
	struct pasted pasted = {
		.question = question,
		.out = explanation,
	};

	*explanation = (struct explanation){ 0 };
	if (!transcript_read(
		    question->text, question->size, &pasted.transcript, err) ||
		!take_context(&pasted, err))
		return false;
	judge(&pasted);
	if (!refuse_silent(&pasted.reading, err) ||
		!refuse_crash(&pasted.reading, err) ||
		!refuse_cut(&pasted, err))
		return false;
	fill(&pasted);
	return true;
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

	verify_result_message(result, message, sizeof(message));
	return json_build("{ok:%b, diagnosis:%s, http_status:%o, message:%s, "
			  "means:%s, advice:%s, log_id:%s, evidence:%O*}",
		result->ok, diagnosis_word(result->diagnosis),
		json_number_if(result->http_status > 0, result->http_status),
		message, result->means, result->advice, result->log_id,
		json_object_get(result->explained, "evidence"));
}
