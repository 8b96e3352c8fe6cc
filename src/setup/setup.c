/* SPDX-License-Identifier: MIT */
#include "setup/setup.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "import/import.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/lock.h"
#include "profile/schema.h"
#include "session/changed_routes.h"
#include "session/recipients.h"
#include "session/secret_check.h"
#include "session/workspace.h"
#include "setup/known.h"
#include "setup/new_identity.h"
#include "setup/own_file.h"
#include "setup/own_values.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void setup_release(struct setup *setup)
{
	workspace_release(&setup->workspace);
	own_file_release(&setup->heard);
	json_decref(setup->settings);
	setup->settings = NULL;
}

/* -p, else the answers' own, else AIGENV_PROFILE, else production. */
static bool choose_name(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;
	const char *option = session->options.profile;
	const char *answer = json_text(setup->answers, "profile");
	const char *variable = getenv("AIGENV_PROFILE");

	if (option && answer && !text_equal(option, answer)) {
		error_set(err, STATUS_USAGE,
			_("-p %.60s and the answers' profile \"%.60s\" differ"),
			option, answer);
		return error_next(err, _("give only one of the two"));
	}
	session_name_profile(session,
		option                          ? option
			: answer                ? answer
			: variable && *variable ? variable
						: "production");
	return setting_check_name(session->profile, err) ||
		error_at(err, "profile");
}

static bool check_folder(const char *vault_path, struct error *err)
{
	OWNED char *folder = path_directory(vault_path);

	if (file_exists(folder))
		return true;
	error_set(err, STATUS_IO, _("the vault's folder is not there"));
	error_at(err, "%s", vault_path);
	return error_next(err, _("make the folder first, or check the path"));
}

/* The vault that is there, or a new one in memory. */
static bool load_vault(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;
	OWNED char *found = NULL;

	if (!session_find_vault(&session->options, &found, err))
		return false;
	const char *path = found ? found : VAULT_FILE;
	setup->vault_is_new = !file_exists(path);
	if (!setup->vault_is_new)
		return session_load(session, SESSION_CHANGE, err);
	if (!check_folder(path, err) ||
		(!found && !vault_check_owner(path, err)))
		return false;
	session_create(session, path, SESSION_CHANGE);
	return true;
}

/* The profile that is edited, as it is today. */
static bool open_present(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;

	setup->profile_is_new =
		!vault_has_profile(session->vault, session->profile);
	return setup->profile_is_new ||
		session_open_profile(
			session, session->profile, &session->opened, err);
}

json_t *setup_present_settings(const struct setup *setup)
{
	return setup->workspace.session.opened
		? opened_settings(setup->workspace.session.opened)
		: NULL;
}

json_t *setup_known(const struct setup *setup)
{
	return known_of(setup->answers, setup_present_settings(setup),
		setup->workspace.session.opened);
}

/* Of the settings that were made, for keys that have another name now. */
static struct renaming renaming_of(const struct setup *setup)
{
	return (struct renaming){ setup->workspace.session.opened,
		setup_present_settings(setup), setup->settings };
}

static bool has_secret(const struct setup *setup, const char *name)
{
	json_t *given = json_object_get(setup->answers, "secrets");
	const struct renaming renaming = renaming_of(setup);

	return json_object_get(given, name) ||
		renamed_keys_source(&renaming, name) ||
		(setup->workspace.session.opened &&
			opened_has_secret(
				setup->workspace.session.opened, name));
}

/* What the profile's schema has and the example does not say stays. */
static void complete_schema(struct setup *setup)
{
	const json_t *present =
		json_object_get(setup_present_settings(setup), "schema");

	JSON_EACH_MEMBER(entry, json_object_get(setup->answers, "schema")) {
		JSON_SCOPED json_t *said = json_new_copy(entry.value);
		json_t *before = json_object_get(present, entry.name);
		if (!before || !json_is_object(entry.value))
			continue;
		json_put_all(entry.value, before);
		json_put_all(entry.value, said);
	}
}

static void move_secret(struct setup *setup, json_t *vars, const char *name)
{
	const json_t *value = json_object_get(vars, name);

	json_put(own_values_member(setup->answers, "secrets"), name,
		given_secret_add_text(setup->secrets, json_string_value(value),
			json_string_length(value)));
	(void)json_object_del(vars, name);
}

/* A variable of a file that is a secret though it does not look like one. */
static bool tell_secret(const struct setup *setup, const char *name)
{
	const struct opened *opened = setup->workspace.session.opened;
	const struct observer *observer =
		&setup->workspace.session.options.observer;
	const json_t *present = setup_present_settings(setup);
	const json_t *entry = json_inner(present, "schema", name);

	if (opened && opened_has_secret(opened, name)) {
		observer_note(observer,
			_("%s is a secret of the profile already, and stays "
			  "one"),
			name);
		return true;
	}
	if (!json_flag(entry, "secret") || json_inner(present, "vars", name))
		return false;
	observer_note(observer,
		_("%s is a secret by the profile's schema, and kept as one"),
		name);
	return true;
}

static void move_secrets(struct setup *setup)
{
	json_t *vars = json_object_get(setup->answers, "vars");
	const char *name = NULL;
	json_t *value = NULL;
	void *next = NULL;

	if (!setup->of_file)
		return;
	json_object_foreach_safe(vars, next, name, value) {
		if (json_string_length(value) > 0 && tell_secret(setup, name))
			move_secret(setup, vars, name);
	}
}

static void take_defaults(struct setup *setup)
{
	if (!setup->defaults)
		return;
	complete_schema(setup);
	JSON_EACH_MEMBER(member, setup->defaults)
		if (!schema_has_value(
			    setup_present_settings(setup), member.name) &&
			!schema_has_value(setup->answers, member.name) &&
			!has_secret(setup, member.name))
			json_put_shared(
				own_values_member(setup->answers, "vars"),
				member.name, member.value);
}

bool setup_begin(struct setup *setup, struct error *err)
{
	if (!choose_name(setup, err) || !load_vault(setup, err) ||
		!session_check_identity(&setup->workspace.session, err) ||
		!open_present(setup, err))
		return false;
	take_defaults(setup);
	move_secrets(setup);
	if (setup->of_file)
		known_complete_routes(
			setup->answers, setup_present_settings(setup));
	return true;
}

/* "a, b" from one name a line. */
static void join_lines(const struct buf *lines, struct buf *out)
{
	for (size_t i = 0; i < lines->size; i++) {
		if (lines->data[i] != '\n')
			buf_byte(out, lines->data[i]);
		else if (i + 1 < lines->size)
			buf_text(out, ", ");
	}
}

static bool refuse_missing(
	const struct setup *setup, const struct buf *missing, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(4096);

	join_lines(missing, &names);
	error_set(err, STATUS_USAGE, _("answers are missing: %s"),
		buf_cstring(&names));
	/* Another one may have been meant, where init is to edit. */
	if (setup->profile_is_new && !setup->vault_is_new)
		error_at(err, _("profile %s, which %s does not have yet"),
			setup->workspace.session.profile,
			setup->workspace.session.path);
	return error_next(err,
		_("give them by --answers FILE or by flags (`aigenv help "
		  "init`), or run it in a terminal to be asked"));
}

static void note_missing_secret(
	const struct setup *setup, const char *name, struct buf *missing)
{
	if (!has_secret(setup, name))
		buf_printf(missing, "%ssecrets.%s", missing->size ? "\n" : "",
			name);
}

static void note_missing_secrets(const struct setup *setup, struct buf *missing)
{
	const char *names[ROUTES_LIMIT + 1];
	size_t count = profile_required_secrets(
		&setup->workspace.profile, names, ARRAY_SIZE(names));

	for (size_t i = 0; i < count; i++)
		note_missing_secret(setup, names[i], missing);
}

/* What the schema requires: as a secret, or as a plain variable. */
static void note_missing_variables(
	const struct setup *setup, struct buf *missing)
{
	const json_t *vars = json_object_get(setup->settings, "vars");
	const char *name = NULL;
	size_t at = 0;

	while ((name = schema_next_wanted(setup->settings, &at))) {
		const char *plain = json_text(vars, name);
		if ((plain && *plain) || has_secret(setup, name))
			continue;
		if (import_will_be_secret(setup->settings, name))
			note_missing_secret(setup, name, missing);
		else
			buf_printf(missing, "%svars.%s",
				missing->size ? "\n" : "", name);
	}
}

/* Of settings that are no profile yet: a key's name is known once its provider
 * is. */
static void note_missing_early(const struct setup *setup, struct buf *missing)
{
	json_t *routes = json_object_get(setup->settings, "routes");

	note_missing_secret(setup, "CF_AIG_TOKEN", missing);
	JSON_EACH(route, routes) {
		const char *name = json_text(route.value, "key_env");
		if (name)
			note_missing_secret(setup, name, missing);
	}
	note_missing_variables(setup, missing);
}

/* It may be settled again, with other answers. */
static void forget_settled(struct setup *setup)
{
	variables_release(&setup->workspace.variables);
	profile_release(&setup->workspace.profile);
	json_decref(setup->settings);
	setup->settings = NULL;
}

/* A plain answer to what the schema has for a secret: said before the settings
 * are refused that would have it. */
static bool check_places(const struct setup *setup, struct error *err)
{
	JSON_EACH_MEMBER(member, json_object_get(setup->answers, "vars")) {
		const json_t *entry =
			json_inner(setup->settings, "schema", member.name);
		if (!json_flag(entry, "secret") ||
			json_string_length(member.value) == 0)
			continue;
		error_set(err, STATUS_INVALID,
			_("%s is given as a plain variable, and the schema "
			  "asks for a secret"),
			member.name);
		error_at(err, "vars.%.100s", member.name);
		return error_next(err,
			_("give it by --secret %s=SOURCE instead, or under "
			  "secrets of the answers"),
			member.name);
	}
	return true;
}

/* Settings from the answers; all that is missing is named at once. */
static bool make_settings(struct setup *setup, struct error *err)
{
	SCOPED(buf) struct buf missing = BUF(65536);

	setup->settings = profile_settings_from_answers(
		setup->answers, setup_present_settings(setup), &missing, err);
	if (!setup->settings)
		return false;
	if (missing.size) {
		note_missing_early(setup, &missing);
		return refuse_missing(setup, &missing, err);
	}
	if (!check_places(setup, err))
		return false;
	const struct session *session = &setup->workspace.session;
	if (!user_templates_record(vault_directory(session->vault),
		    setup->settings, HASH_MISSING, err) ||
		!profile_from_settings(&setup->workspace.profile,
			session->profile, setup->settings, err) ||
		!schema_accepts(setup->settings, err))
		return false;
	note_missing_secrets(setup, &missing);
	note_missing_variables(setup, &missing);
	return missing.size == 0 || refuse_missing(setup, &missing, err);
}

/* NULL where it was not given. */
static const struct secret *given_secret(
	const struct setup *setup, const char *name)
{
	return given_secret_find(setup->secrets, setup->answers, name);
}

static bool check_given_secrets(const struct setup *setup, struct error *err)
{
	json_t *given = json_object_get(setup->answers, "secrets");

	JSON_EACH_MEMBER(member, given) {
		const struct provider *entry = NULL;
		enum secret_kind kind = profile_secret_kind(
			&setup->workspace.profile, member.name, &entry);
		if (!variable_name_is_allowed(member.name)) {
			variable_name_refuse(member.name, err);
			return error_at(err, "secrets.%.100s", member.name);
		}
		if (!profile_check_secret(kind, member.name, entry,
			    given_secret(setup, member.name), err))
			return false;
		if (kind == SECRET_PROVIDER_KEY)
			secret_warn_of_owner(
				&setup->workspace.session.options.observer,
				member.name, entry,
				given_secret(setup, member.name));
	}
	return true;
}

static const struct secret *look_up(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	const struct setup *setup = context;
	const struct secret *given = given_secret(setup, name);
	const struct renaming renaming = renaming_of(setup);
	const char *source = renamed_keys_source(&renaming, name);

	return given
		? given
		: opened_get_secret(setup->workspace.session.opened,
			  source ? source : name, SLOT_CURRENT, arena, err);
}

/* A key under another name than in the vault. */
static void rename_secrets(
	const struct setup *setup, struct secret_names *names)
{
	const struct renaming renaming = renaming_of(setup);
	const char *needed[ROUTES_LIMIT + 1];
	size_t count = profile_required_secrets(
		&setup->workspace.profile, needed, ARRAY_SIZE(needed));
	size_t kept = 0;

	for (size_t i = 0; i < names->count; i++)
		if (!renamed_keys_leave(&renaming, names->items[i]))
			names->items[kept++] = names->items[i];
	names->count = kept;
	for (size_t i = 0; i < count; i++)
		if (renamed_keys_source(&renaming, needed[i]))
			secret_names_add(names, needed[i]);
}

/* Names of secrets, given and present, each once. */
static bool collect(struct setup *setup, struct error *err)
{
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;

	secret_names_add_all(&names, setup->workspace.session.opened);
	rename_secrets(setup, &names);
	JSON_EACH_MEMBER(member, json_object_get(setup->answers, "secrets"))
		secret_names_add(&names, member.name);
	return variables_collect(&setup->workspace.variables,
		&setup->workspace.profile, names.items, names.count, look_up,
		setup, err);
}

bool setup_settle(struct setup *setup, struct error *err)
{
	const bool has_outputs = json_object_get(setup->answers, "outputs");

	forget_settled(setup);
	/* What was said since may have made it an app of PM2. */
	return (has_outputs || own_file_take(setup, err)) &&
		make_settings(setup, err) && check_given_secrets(setup, err) &&
		collect(setup, err) && own_file_check(setup, err);
}

static bool add_profile(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;
	struct vault_access access = session_access(session);
	OWNED char *writer = choose_writer_name();

	return vault_add_profile(session->vault, session->profile, &access,
		writer, &session->opened, err);
}

static bool put_secrets(struct setup *setup, struct error *err)
{
	JSON_EACH_MEMBER(given, json_object_get(setup->answers, "secrets")) {
		bool changed = false;
		if (!opened_set_secret(setup->workspace.session.opened,
			    given.name, given_secret(setup, given.name),
			    &changed, err))
			return false;
	}
	return true;
}

static bool move_keys(const struct setup *setup, struct error *err)
{
	const struct renaming renaming = renaming_of(setup);

	return setup->profile_is_new ||
		renamed_keys_move(&renaming,
			&setup->workspace.session.options.observer, err);
}

static bool put_settings(struct setup *setup, struct error *err)
{
	struct opened *opened = setup->workspace.session.opened;

	return (!setup->profile_is_new &&
		       json_equal(opened_settings(opened), setup->settings)) ||
		opened_set_settings(opened, setup->settings, err);
}

bool setup_changes_vault(const struct setup *setup)
{
	return setup->profile_is_new ||
		json_object_size(json_object_get(setup->answers, "secrets")) ||
		!json_equal(setup_present_settings(setup), setup->settings);
}

/* 0 before the profile is there. */
static int64_t generation_of(const struct session *session)
{
	return session->opened ? opened_generation(session->opened) : 0;
}

static bool save(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;
	const int64_t before = generation_of(session);

	if (session_begin_change(session, err) &&
		new_identity_keep(session, &setup->identity_is_new, err) &&
		(!setup->profile_is_new || add_profile(setup, err)) &&
		move_keys(setup, err) && put_settings(setup, err) &&
		put_secrets(setup, err) && session_save(session, err)) {
		setup->vault_is_new = setup->profile_is_new = false;
		setup->vault_was_changed = generation_of(session) != before;
		session_be_patient(session);
		return true;
	}
	(void)new_identity_drop(session, &setup->identity_is_new, err);
	lock_release(&session->lock);
	return false;
}

bool setup_save(struct setup *setup, struct error *err)
{
	struct session *session = &setup->workspace.session;
	SCOPED(lock) struct lock lock = LOCK_NONE;

	return new_identity_load(session, err) &&
		new_identity_lock(session, &lock, err) && save(setup, err);
}
