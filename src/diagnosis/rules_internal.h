/* SPDX-License-Identifier: MIT */
/*
 * How a rule is written, and the groups of them in the order of the table.
 *
 * Codes are AI Gateway's and those of Cloudflare's REST API; words are those
 * that providers keep stable. Where a row with a plan stands below rows with
 * what the plan finds out, the first pass reaches the plan, the second the
 * conclusion.
 */
#ifndef DIAGNOSIS_RULES_INTERNAL_H
#define DIAGNOSIS_RULES_INTERNAL_H

#include "base/i18n.h"
#include "diagnosis/rules.h"

/*
 * A sentence, and one for two causes; of one file, or of several. Where a text
 * names what may not be known, FIRST_OF has others behind it that do without:
 * whole texts, since a phrase in the place of a name could not be translated.
 */
#define FIRST_OF(...) __VA_ARGS__
#define SHARED(name, means_, advice_)                                          \
	const struct sentence sentence_##name = { { means_ }, { advice_ },     \
		NULL, DIAGNOSIS_OK }
#define SHARED_EITHER(name, means_, advice_, other, tell_)                     \
	const struct sentence sentence_##name = { { means_ }, { advice_ },     \
		(tell_), DIAGNOSIS_##other }
#define SENTENCE static SHARED
#define EITHER static SHARED_EITHER

#define PROVIDERS (SPEAKER_PROVIDER | SPEAKER_PLATFORM)
#define UPSTREAM (PROVIDERS | SPEAKER_TEXT)
#define PAGES (SPEAKER_PAGE | SPEAKER_TEXT)
#define NO_API (SPEAKER_PAGE | SPEAKER_TEXT | SPEAKER_JSON | SPEAKER_LIST)

#define GATEWAY(number) .speakers = SPEAKER_GATEWAY, .code = (number)
#define PLATFORM(number) .speakers = SPEAKER_PLATFORM, .code = (number)
#define FROM(who) .speakers = (who)
#define STATUS(from, to) .least = (from), .most = (to)
#define SAYS(word) .says = (word)
#define FAILED(outcome) .speakers = SPEAKER_NOBODY, .no = (outcome)
#define BY(what) .fault = (what)
#define NEEDS(set) .needs = (set)
#define LACKS(set) .lacks = (set)
#define F(name) FACT(FACT_##name)
#define ASK(name) .plan = PLAN_##name
#define IS(name, words) .cause = DIAGNOSIS_##name, .sentence = &sentence_##words

/* What a paste lacks that shows less than the whole answer. */
#define SHOW_BODY                                                              \
	N_("paste what the same call gives with `curl -i`, or run `aigenv "    \
	   "verify`")
#define THE_BODY N_("the answer's body")

struct rule_group {
	const struct rule *rules;
	size_t count;
};

extern const struct rule_group rules_answered, rules_gateway, rules_key,
	rules_unseen, rules_model, rules_elsewhere;

extern const struct sentence sentence_key_rejected_directly,
	sentence_token_missing, sentence_key_missing, sentence_key_unseen,
	sentence_key_not_stored, sentence_not_sold, sentence_key_direct,
	sentence_key_is_token, sentence_refused_unseen, sentence_failed_unseen,
	sentence_forbidden, sentence_forbidden_unseen, sentence_version_missing,
	sentence_version_missing_perhaps, sentence_version_doubled,
	sentence_path_or_model, sentence_version_repeated,
	sentence_model_unknown, sentence_rate_gateway, sentence_rate_provider,
	sentence_quota_provider, sentence_provider_failed,
	sentence_provider_failed_both, sentence_provider_closed_to_gateway,
	sentence_gateway_failed, sentence_gateway_price, sentence_page,
	sentence_redirect;

#endif
