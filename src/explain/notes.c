/* SPDX-License-Identifier: MIT */
/* What a paste tells beside its answer, added to what is concluded from it. */
#include "explain/explain_internal.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* What a refusal shows of the key that arrived. */
static const struct {
	const char *clause;
	const char *advice;
} shown[] = {
	[SHOWN_EMPTY] = { N_("the key that went out is empty: its variable is "
			     "empty or not set where the app runs"),
		NULL },
	[SHOWN_UNDEFINED] = { N_("the key that went out is the word "
				 "\"undefined\": its variable is not set where "
				 "the app runs"),
		NULL },
	[SHOWN_NULL] = { N_("the key that went out ends in \"null\": its "
			    "variable "
			    "is empty or not set where the app runs"),
		NULL },
	[SHOWN_NONE] = { N_("the key that went out is the word \"None\": its "
			    "variable is not set where the app runs"),
		NULL },
	[SHOWN_REFERENCE] = { N_("the key that went out is the name of a "
				 "variable, not its value"),
		N_("nothing fills the name in where it stands: write the value "
		   "there, or read the variable in the app's code") },
	[SHOWN_PLACEHOLDER] = { N_("the key that went out is a placeholder"),
		N_("put the key itself in its place") },
	[SHOWN_QUOTED] = { N_("the key that went out has quotes around it"),
		N_("take the quotes off: what reads the variable keeps them") },
	[SHOWN_ADDRESS] = { N_("the key that went out is an address: key and "
			       "base URL are swapped, or the address stands "
			       "in the key's variable"),
		N_("put the key itself into its variable, and the address into "
		   "the base URL's") },
	[SHOWN_BEARER] = { N_("the key that went out begins with Bearer"),
		N_("SDKs add Bearer by themselves: give only the value") },
};

/* Of a variable that is not there: PM2 keeps its old environment. */
static const char unset_advice[] = N_(
	"make sure that .env is loaded before the client is made, and restart "
	"the "
	"app with its new environment (`aigenv apply` prints the command for "
	"PM2, which keeps the old one)");

static bool is_about_key(enum diagnosis diagnosis)
{
	return diagnosis == DIAGNOSIS_PROVIDER_KEY_MISSING ||
		diagnosis == DIAGNOSIS_PROVIDER_KEY_REJECTED;
}

/* A sentence of the catalogue's begins one; no text ends in a full stop. */
static void add_to(char *text, size_t size, const char *clause)
{
	size_t used = strlen(text);
	bool sentence = *clause >= 'A' && *clause <= 'Z';
	const char *mark = sentence ? ". " : _("; ");

	snprintf(
		text + used, size - used, "%s%s", used > 0 ? mark : "", clause);
	clean_end(text);
	used = strlen(text);
	if (used > 0 && text[used - 1] == '.')
		text[used - 1] = '\0';
}

static void add_clause(
	struct verify_result *result, json_t *evidence, const char *clause)
{
	json_push(evidence, json_new_text(clause));
	add_to(result->means, sizeof(result->means), clause);
}

static void note_shown(const struct transcript *transcript,
	struct verify_result *result, json_t *evidence)
{
	enum shown_kind kind = transcript->shown.kind;

	if (!is_about_key(result->diagnosis) || kind >= SHOWN_TOKEN ||
		!shown[kind].clause)
		return;
	add_clause(result, evidence, _(shown[kind].clause));
	/* The header itself is in the paste, and its fault is told. */
	if (transcript->key.placeholder || transcript->key.quoted ||
		transcript->key.empty || transcript->key.twice)
		return;
	snprintf(result->advice, sizeof(result->advice), "%s",
		_(shown[kind].advice ? shown[kind].advice : unset_advice));
}

/* Another provider's key. */
static void note_issuer(const struct inquiry *inquiry,
	const struct transcript *transcript, struct verify_result *result,
	json_t *evidence)
{
	const struct provider *issuer = transcript->shown.issuer;
	const struct provider *entry = inquiry->route->entry;
	char clause[160];

	if (!issuer || issuer == entry || !is_about_key(result->diagnosis))
		return;
	if (entry)
		snprintf(clause, sizeof(clause),
			_("the key that went out has the form of a key of %s, "
			  "not of %s"),
			issuer->title, entry->title);
	else
		snprintf(clause, sizeof(clause),
			_("the key that went out has the form of a key of %s"),
			issuer->title);
	add_clause(result, evidence, clause);
	snprintf(result->advice, sizeof(result->advice),
		_("see which variable the key is read from, and that the base "
		  "URL is that of %s (`aigenv providers show %s`)"),
		issuer->title, issuer->slug);
}

/* The sentences of a note that are about keys, and hosts that have their own.
 */
static void take_key_notes(const char *notes, char *out, size_t size)
{
	*out = '\0';
	while (*notes) {
		const char *stop = strstr(notes, ". ");
		size_t length =
			stop ? (size_t)(stop - notes) + 1 : strlen(notes);
		char sentence[256];
		size_t used = strlen(out);

		snprintf(
			sentence, sizeof(sentence), "%.*s", (int)length, notes);
		if (strstr(sentence, "eys ") || strstr(sentence, "https://"))
			snprintf(out + used, size - used, "%s%s",
				used > 0 ? " " : "", sentence);
		notes += length;
		notes += *notes == ' ';
	}
}

/* Keys that are bound to a host or a plan: the catalogue says so. */
static void note_catalogue(const struct inquiry *inquiry,
	struct verify_result *result, json_t *evidence)
{
	const struct provider *entry = inquiry->route->entry;
	char note[400];

	if (!entry || !entry->notes ||
		result->diagnosis != DIAGNOSIS_PROVIDER_KEY_REJECTED ||
		facts_have(inquiry->known, FACT_SAME_VALUE))
		return;
	take_key_notes(entry->notes, note, sizeof(note));
	if (!*note)
		return;
	json_push(evidence,
		json_new_printf(
			_("the catalogue on %s: %s"), entry->title, note));
	add_to(result->advice, sizeof(result->advice), note);
}

/* The provider was called itself: the gateway had no part in it. */
static void note_direct(struct verify_result *result)
{
	if (!result->direct || result->ok)
		return;
	add_to(result->advice, sizeof(result->advice),
		_("the call went past the gateway: to go through it, give the "
		  "client CF_AIG_BASE_URL as its base URL"));
}

void explain_notes(const struct inquiry *inquiry,
	const struct transcript *transcript, struct verify_result *result,
	json_t *evidence)
{
	note_shown(transcript, result, evidence);
	note_issuer(inquiry, transcript, result, evidence);
	note_catalogue(inquiry, result, evidence);
	note_direct(result);
}
