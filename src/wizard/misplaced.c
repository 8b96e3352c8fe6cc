/* SPDX-License-Identifier: MIT */
/*
 * Answers to another question: what people type a question too early or too
 * late. Each would pass as a name, and be refused by a call only.
 */
#include "wizard/wizard_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "profile/profile.h"

#include <string.h>

enum {
	ACCOUNT_ID = 1,
	ADDRESS = 2,
	YES_OR_NO = 4,
	MODEL = 8,
	PROVIDER = 16,
	PATH = 32,
	FILE_NAME = 64,
	SHOWN_NAME = 128,
	DASH = 256,
};

/* What nobody can mean at a question. */
static const struct {
	enum setting_id asked;
	unsigned kinds;
} misplaced[] = {
	{ SETTING_GATEWAY, ACCOUNT_ID | YES_OR_NO | MODEL },
	{ SETTING_PROVIDER, ACCOUNT_ID | MODEL | YES_OR_NO },
	{ SETTING_ALIAS, ACCOUNT_ID | YES_OR_NO },
	{ SETTING_MODEL,
		ACCOUNT_ID | ADDRESS | YES_OR_NO | PROVIDER | PATH |
			SHOWN_NAME | DASH },
	{ SETTING_PM2_APP,
		ACCOUNT_ID | ADDRESS | YES_OR_NO | MODEL | PATH | FILE_NAME },
};

/* Also one that lost a digit or two, or has some too many. */
static bool is_account_id(const struct asking *asking, const char *answer)
{
	size_t size = strlen(answer);

	(void)asking;
	return size >= 30 && size <= 34 &&
		text_only(answer, "0123456789abcdefABCDEF");
}

static bool is_address(const struct asking *asking, const char *answer)
{
	(void)asking;
	return strstr(answer, "://") != NULL;
}

static bool is_yes_or_no(const struct asking *asking, const char *answer)
{
	bool yes = false;

	(void)asking;
	return prompt_yes_or_no(answer, &yes);
}

const struct provider *answer_find_model(const char *answer)
{
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		for (size_t at = 0; entry->example_models[at]; at++)
			if (text_equal_ignoring_case(
				    answer, entry->example_models[at]))
				return entry;
	}
	return NULL;
}

static bool is_model(const struct asking *asking, const char *answer)
{
	(void)asking;
	return answer_find_model(answer) != NULL;
}

/* A server of one's own may call its model whatever it likes. */
static bool is_provider(const struct asking *asking, const char *answer)
{
	const struct provider *entry =
		draft_entry(&asking->draft, asking->route);
	const char *said = asking_said(asking, SETTING_PROVIDER);

	return text_equal_or_null(said, answer) ||
		(entry && catalogue_find(answer) == entry);
}

static bool is_path(const struct asking *asking, const char *answer)
{
	return text_equal(answer, "/v1") ||
		(*answer &&
			text_equal_or_null(
				asking_said(asking, SETTING_PATH), answer));
}

/* "GPT 5 mini". A provider that nobody knows may have blanks in its names. */
static bool is_shown_name(const struct asking *asking, const char *answer)
{
	return strchr(answer, ' ') != NULL &&
		draft_entry(&asking->draft, asking->route) != NULL;
}

static bool is_dash(const struct asking *asking, const char *answer)
{
	(void)asking;
	return text_equal(answer, "-");
}

/* One that is there, or that is called as a script or ecosystem file is. */
static bool is_file(const struct asking *asking, const char *answer)
{
	OWNED char *path =
		memory_printf("%s/%s", asking->draft.wizard->directory, answer);

	return (strchr(answer, '.') && file_exists(path)) ||
		text_fits_any(answer, text_ends_with,
			WORDS(".js", ".cjs", ".mjs", ".ts", ".json", ".yml",
				".yaml"));
}

static const struct {
	unsigned kind;
	bool (*is)(const struct asking *asking, const char *answer);
	const char *what;
} kinds[] = {
	{ ACCOUNT_ID, is_account_id,
		N_("that is an account ID, not what is asked here") },
	{ ADDRESS, is_address,
		N_("that is an address, not what is asked here") },
	{ YES_OR_NO, is_yes_or_no, N_("neither yes nor no is an answer here") },
	{ MODEL, is_model, N_("that is a model, not what is asked here") },
	{ PROVIDER, is_provider,
		N_("that is a provider, not what is asked here") },
	{ PATH, is_path, N_("that is a path, not what is asked here") },
	{ FILE_NAME, is_file,
		N_("that is the name of a file, not what is asked here") },
	{ SHOWN_NAME, is_shown_name,
		N_("that is the name that people see; the API has another, "
		   "without blanks") },
	{ DASH, is_dash, N_("the model cannot be left out") },
};

static unsigned kinds_at(const struct setting *setting)
{
	for (size_t i = 0; i < ARRAY_SIZE(misplaced); i++)
		if (setting == &settings_table[misplaced[i].asked])
			return misplaced[i].kinds;
	return 0;
}

static bool advise(
	const struct question *question, const char *answer, struct error *err)
{
	const struct provider *owner =
		question->setting == &settings_table[SETTING_PROVIDER]
		? answer_find_model(answer)
		: NULL;

	if (owner)
		return error_next(err, _("type its provider: %s"), owner->slug);
	return error_next(err,
		question->none == NONE_IS_ABSENT
			? _("type its name, or - for none; ? says more")
			: _("? says what is asked for, and where it is found"));
}

bool answer_is_in_place(const struct asking *asking,
	const struct question *question, const char *answer, struct error *err)
{
	unsigned refused = kinds_at(question->setting);

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (!(refused & kinds[i].kind) || !kinds[i].is(asking, answer))
			continue;
		error_set(err, STATUS_INVALID, "%s", _(kinds[i].what));
		return advise(question, answer, err);
	}
	return true;
}
