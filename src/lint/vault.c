/* SPDX-License-Identifier: MIT */
/* A vault as those can look at it who have the file, and see more with an
 * identity: every word of what is wrong is its own readers'. */
#include "lint/lint.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "import/import.h"
#include "profile/profile.h"
#include "profile/schema.h"
#include "vault/vault.h"
#include "vault/versions.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct looking {
	struct report *report;
	const char *path;
	struct vault *vault;
	const struct vault_access *access; /* NULL: no identity */
};

/* Behind the file's name: ":LINE:COLUMN", or ": " and a key. */
static const char *find_place(
	const struct looking *looking, const char *where, struct place *place)
{
	const char *rest = text_starts_with(where, looking->path)
		? where + strlen(looking->path)
		: where;
	char *end = NULL;

	if (*rest != ':')
		return rest;
	rest++;
	if (!text_is_digit(*rest))
		return rest + strspn(rest, " ");
	place->line = (size_t)strtoul(rest, &end, 10);
	if (*end == ':')
		place->column = (size_t)strtoul(end + 1, NULL, 10);
	return "";
}

/* `profile` is said where the words do not say it themselves; or NULL. */
static void tell(struct looking *looking, enum rule_id rule,
	const char *profile, const struct error *err)
{
	struct place place = { .line = 0 };
	const char *key = find_place(looking, err->where, &place);
	struct finding *finding = NULL;

	if (profile && *key)
		finding = report_add(looking->report, rule, &place,
			_("profile %s, %s: %s"), profile, key, err->what);
	else if (profile)
		finding = report_add(looking->report, rule, &place,
			_("profile %s: %s"), profile, err->what);
	else if (*key)
		finding = report_add(looking->report, rule, &place, "%s: %s",
			key, err->what);
	else
		finding = report_add(
			looking->report, rule, &place, "%s", err->what);
	if (err->next[0])
		finding_advise(finding, "%s", err->next);
}

static enum rule_id rule_of(const struct error *err)
{
	return err->status == STATUS_LOCKED_OUT ? RULE_VAULT_TAMPERED
						: RULE_VAULT_INVALID;
}

/* Plain variables: what is encrypted elsewhere stands here to be read. */
static void check_variables(
	struct looking *looking, const char *profile, json_t *settings)
{
	JSON_EACH_MEMBER(member, json_object_get(settings, "vars")) {
		const char *text = json_string_value(member.value);
		if (!text || !import_is_secret(member.name, text))
			continue;
		struct finding *finding =
			report_add(looking->report, RULE_PLAIN_SECRET, NULL,
				_("profile %s has %s in plain text"), profile,
				member.name);
		OWNED char *fix = rule_fix(RULE_PLAIN_SECRET, member.name);
		finding_advise(finding, "%s", fix);
	}
}

/* What can be seen without the secrets. */
static void check_schema(
	struct looking *looking, const char *profile, json_t *settings)
{
	struct error err;

	if (!schema_accepts(settings, &err))
		tell(looking, RULE_SETTING_INVALID, profile, &err);
	JSON_EACH_MEMBER(member, json_object_get(settings, "vars")) {
		const char *text = json_string_value(member.value);
		if (text &&
			!schema_check_plain(settings, member.name, text, &err))
			tell(looking, RULE_SCHEMA_VALUE, profile, &err);
	}
}

/* Also what only the data key can tell: whether the settings are those that
 * were sealed. */
static bool verify(
	const struct looking *looking, const char *name, struct error *err)
{
	struct opened *opened = NULL;

	if (!vault_check_profile(looking->vault, name, err))
		return false;
	if (!looking->access ||
		!vault_is_shared_with(
			looking->vault, name, looking->access->identity))
		return true;
	if (!vault_open_version(
		    looking->vault, name, looking->access, &opened, err))
		return false;
	vault_close(opened);
	return true;
}

static void check_profile(struct looking *looking, const char *name)
{
	const size_t first = looking->report->count;
	struct profile profile = { 0 };
	json_t *settings = NULL;
	struct error err = { 0 };

	if (!verify(looking, name, &err))
		tell(looking, rule_of(&err), NULL, &err);
	if (vault_peek_settings(looking->vault, name, &settings, &err)) {
		if (!profile_from_settings(&profile, name, settings, &err))
			tell(looking, RULE_SETTING_INVALID, name, &err);
		else
			check_schema(looking, name, settings);
		profile_release(&profile);
		check_variables(looking, name, settings);
	}
	report_concerns(looking->report, first, name);
}

static void check_rights(struct looking *looking)
{
	struct error err;

	if (vault_check_owner(looking->path, &err))
		return;
	OWNED char *word = shell_quoted(looking->path);
	OWNED char *fix = rule_fix(RULE_VAULT_WRITABLE, word);
	finding_advise(report_add(looking->report, RULE_VAULT_WRITABLE, NULL,
			       "%s", err.what),
		"%s", fix);
}

void lint_vault(struct report *report, const char *path,
	const struct vault_access *access)
{
	struct looking looking = {
		.report = report, .path = path, .access = access
	};
	struct error err = { 0 };

	report_begin(report, path);
	check_rights(&looking);
	if (!vault_load(path, &looking.vault, &err)) {
		tell(&looking, rule_of(&err), NULL, &err);
		return;
	}
	for (size_t i = 0; i < vault_profile_count(looking.vault); i++)
		check_profile(&looking, vault_profile_name(looking.vault, i));
	vault_free(looking.vault);
	report_end(report);
}
