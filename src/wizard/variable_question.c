/* SPDX-License-Identifier: MIT */
/* A variable that the profile's schema requires, plain or secret: one question
 * for each. */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "import/import.h"
#include "profile/profile.h"
#include "profile/schema.h"

struct wanted_variable {
	struct asking *asking;
	const char *name;
	const json_t *entry; /* what the schema says */
	bool hidden;
};

static const json_t *allowed_by(const struct wanted_variable *wanted)
{
	return json_object_get(wanted->entry, "one_of");
}

/* Where the schema leaves it open, the value may show that it is a secret. */
static bool is_secret(const struct wanted_variable *wanted, const char *value)
{
	return wanted->hidden ||
		(!json_object_get(wanted->entry, "secret") &&
			import_is_secret(wanted->name, value));
}

/* One that is a secret already stays one. */
static bool is_hidden(const struct draft *draft, const char *name)
{
	return draft_secret_state(draft, name) != SECRET_MISSING ||
		import_will_be_secret(draft->schema, name);
}

/* What stands there today, and is right. */
static bool is_settled(const struct draft *draft, const char *name)
{
	const bool said = json_inner(draft->said, "vars", name);
	const char *present = draft_variable(draft, name);
	struct error ignored;

	if (said || draft_secret_state(draft, name) != SECRET_MISSING)
		return !said &&
			draft_secret_state(draft, name) == SECRET_PRESENT;
	return present && *present &&
		schema_check_plain(draft->schema, name, present, &ignored);
}

bool variable_applies(const struct asking *asking)
{
	const struct draft *draft = &asking->draft;
	const char *name = draft_wanted(draft, asking->route);

	return name && !draft_variable_is_given(draft, name) &&
		!draft_secret_is_given(draft, name) &&
		(asking->revises || !is_settled(draft, name));
}

static bool check(
	const char *answer, size_t size, void *context, struct error *err)
{
	const struct wanted_variable *wanted = context;
	struct draft *draft = &wanted->asking->draft;
	SCOPED(secret) struct secret value = { 0 };

	if (!question_check_bytes(answer, size, err))
		return false;
	if (!is_secret(wanted, answer))
		return draft_would_take_variable(
			draft, wanted->name, answer, err);
	secret_copy(&value, answer, size);
	return profile_check_secret(
		       SECRET_OTHER, wanted->name, NULL, &value, err) &&
		draft_would_take_secret(draft, wanted->name, &value, err);
}

/* What Enter takes: what was said, else what is there today; a secret masked.
 * NULL where there is none. */
static const char *initial_of(
	const struct wanted_variable *wanted, char mask[SECRET_MASK_SIZE])
{
	const struct draft *draft = &wanted->asking->draft;
	const struct secret *said = draft_get_secret(draft, wanted->name);
	const struct wizard_secret *present =
		draft_present_secret(draft, wanted->name);

	if (!wanted->hidden) {
		const char *plain = draft_variable(draft, wanted->name);
		return plain && *plain ? plain : NULL;
	}
	if (said->size == 0)
		return present ? present->mask : NULL;
	secret_mask(said, mask);
	return mask;
}

static bool take(struct wanted_variable *wanted,
	const struct prompt_answer *answer, const char *initial,
	struct error *err)
{
	struct draft *draft = &wanted->asking->draft;

	const bool typed = answer->outcome == PROMPT_ANSWER;
	const char *value = typed ? secret_reveal(&answer->value) : initial;

	if (answer->outcome == PROMPT_BACK || (wanted->hidden && !typed))
		return true;
	if (!typed || !is_secret(wanted, value))
		return draft_set_variable(draft, wanted->name, value, err);
	if (!wanted->hidden)
		say_paragraph(wanted->asking->prompt, 2,
			_("it looks like a secret, and is kept as one"));
	draft_set_secret(draft, wanted->name, &answer->value);
	return true;
}

/* "LOG_LEVEL (debug, info)". Owned. */
static char *text_of(const struct wanted_variable *wanted)
{
	if (!allowed_by(wanted))
		return memory_text(wanted->name);
	OWNED char *words = json_listed(allowed_by(wanted));
	return memory_printf("%s (%s)", wanted->name, words);
}

static void tell_schema(struct asking *asking)
{
	if (asking->told_schema)
		return;
	asking->told_schema = true;
	prompt_say(asking->prompt, "\n");
	say_paragraph(asking->prompt, 0,
		_("The profile's schema requires these of every app; ? says "
		  "what each is for."));
}

static bool ask(struct wanted_variable *wanted, enum prompt_outcome *outcome,
	struct error *err)
{
	const struct asking *asking = wanted->asking;
	const char *completions[65] = { NULL };
	char mask[SECRET_MASK_SIZE];
	OWNED char *text = text_of(wanted);
	OWNED char *help = schema_help(asking->draft.schema, wanted->name);
	const char *initial = initial_of(wanted, mask);

	for (size_t i = 0; i + 1 < ARRAY_SIZE(completions); i++)
		completions[i] = json_string_value(
			json_array_get(allowed_by(wanted), i));
	const struct prompt_question asked = {
		.text = text,
		.initial = initial,
		.help = help,
		.hidden = wanted->hidden,
		.required = true,
		.first = asking->is_first,
		.completions = *completions ? completions : NULL,
		.check = check,
		.context = wanted,
	};
	SCOPED(prompt_answer) struct prompt_answer answer = { 0 };

	bool ok = prompt_ask(asking->prompt, &asked, &answer, err) &&
		take(wanted, &answer, initial, err);

	*outcome = answer.outcome;
	return ok;
}

bool ask_variable(struct asking *asking, const struct question *question,
	enum prompt_outcome *outcome, struct error *err)
{
	const struct draft *draft = &asking->draft;
	const char *name = draft_wanted(draft, asking->route);
	struct wanted_variable wanted = {
		.asking = asking,
		.name = name,
		.entry = schema_entry(draft->schema, name),
		.hidden = is_hidden(draft, name),
	};

	(void)question;
	tell_schema(asking);
	return ask(&wanted, outcome, err);
}
