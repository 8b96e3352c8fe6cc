/* SPDX-License-Identifier: MIT */
#include "deploy/shared_app.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "drift/drift.h"
#include "os/directory.h"
#include "session/profiles.h"

#include <stdlib.h>
#include <string.h>

static bool another_names(const struct session *session, const char *app)
{
	bool named = false;

	for (size_t i = 0; !named && i < vault_profile_count(session->vault);
		i++) {
		SCOPED(profile) struct profile other = { 0 };

		if (!session_read_other(session, i, &other))
			continue;
		named = drift_names_app(other.pm2.app, app);
	}
	return named;
}

json_t *apps_given_up(json_t *apps, const struct workspace *workspace)
{
	json_t *own = json_new_list();

	JSON_EACH(app, apps) {
		const char *name = json_string_value(app.value);
		if (!drift_names_app(workspace->profile.pm2.app, name) &&
			!another_names(&workspace->session, name))
			json_push(own, json_incref(app.value));
	}
	json_decref(apps);
	return own;
}

/* A file has one owner; who has taken over all of another one's is used in its
 * place. */
static bool is_used_here(
	const struct session *session, const struct profile *profile)
{
	bool used = false;

	for (size_t i = 0; !used && i < profile->output_count; i++) {
		OWNED char *path = path_join(vault_directory(session->vault),
			profile->outputs[i].path);
		OWNED char *owner = vault_output_owner(session->vault, path);

		used = text_equal_or_null(owner, profile->name);
	}
	return used;
}

struct shared {
	const struct profile *profile, *other;
	const struct observer *observer; /* NULL: nothing is said */
	struct buf *list;                /* or NULL */
	bool found;
};

/* Nobody wants the default profile's app to have another name. */
static void warn_of_app(const struct shared *shared, const char *app)
{
	SCOPED(buf) struct buf setting = BUF(8192);
	const char *name = shared->profile->name;
	const struct profile *moved = text_equal(name, DEFAULT_PROFILE)
		? shared->other
		: shared->profile;

	own_app_setting(moved, moved->name, &setting);
	if (setting.size)
		observer_warn(shared->observer,
			_("profile %s is used on this machine, too, and names "
			  "the same app in PM2: the restart gives %s the "
			  "values of %s; `aigenv config set -p %s%s` tells "
			  "them apart"),
			shared->other->name, app, name, moved->name,
			buf_cstring(&setting));
	else
		observer_warn(shared->observer,
			_("profile %s is used on this machine, too, and names "
			  "the same app in PM2: the restart gives %s the "
			  "values of %s"),
			shared->other->name, app, name);
}

static void look_at_app(void *context, const char *app)
{
	struct shared *shared = context;

	if (!drift_names_app(shared->other->pm2.app, app))
		return;
	shared->found = true;
	if (shared->observer)
		warn_of_app(shared, app);
	if (shared->list)
		buf_printf(shared->list, "%s%s (%s)",
			shared->list->size ? ", " : "", app,
			shared->other->name);
}

/* Every app of the profile against every other profile that is used here. */
static bool look_for_shared(const struct workspace *workspace,
	const struct observer *observer, struct buf *list)
{
	const struct session *session = &workspace->session;
	struct shared shared = { .profile = &workspace->profile,
		.observer = observer,
		.list = list };

	for (size_t i = 0; i < vault_profile_count(session->vault); i++) {
		SCOPED(profile) struct profile other = { 0 };

		if (!session_read_other(session, i, &other))
			continue;
		shared.other = &other;
		if (is_used_here(session, &other))
			drift_each_app(workspace->profile.pm2.app, look_at_app,
				&shared);
	}
	return shared.found;
}

void shared_app_warn(const struct workspace *workspace)
{
	(void)look_for_shared(
		workspace, &workspace->session.options.observer, NULL);
}

bool shared_app_is_here(const struct workspace *workspace)
{
	return look_for_shared(workspace, NULL, NULL);
}

bool shared_app_needs_switch(
	const struct workspace *workspace, struct buf *list)
{
	return !text_equal(workspace->session.profile, DEFAULT_PROFILE) &&
		look_for_shared(workspace, NULL, list);
}

const char *shared_app_option(const struct workspace *workspace)
{
	return shared_app_needs_switch(workspace, NULL) ? " --switch" : "";
}

/* What the list of apps becomes, and the profile whose they are to be. */
struct own_apps {
	const char *name;
	struct buf list;
	struct buf *out;
};

static void add_own_app(void *context, const char *app)
{
	struct own_apps *own = context;

	buf_printf(&own->list, "%s%s-%s",
		own->list.size ? "," : "pm2.app=", app, own->name);
}

static void add_own_option(void *context, const char *app)
{
	struct own_apps *own = context;

	buf_printf(&own->list, "%s-%s", app, own->name);
	buf_text(own->out, " --pm2-app ");
	shell_word(buf_cstring(&own->list), own->out);
	buf_clear(&own->list);
}

/* An app of the user's own file, or one that a shell has started, has its name
 * from there. */
static bool makes_app(const struct profile *profile)
{
	const char *template = drift_ecosystem_template(profile);

	return profile->pm2.app && template &&
		!text_equal(template, "ecosystem-wrap");
}

void own_app_setting(
	const struct profile *profile, const char *name, struct buf *out)
{
	struct own_apps own = { name, BUF(4096), out };

	if (makes_app(profile)) {
		drift_each_app(profile->pm2.app, add_own_app, &own);
		buf_byte(out, ' ');
		shell_word(buf_cstring(&own.list), out);
	}
	buf_release(&own.list);
}

void own_app_option(
	const struct profile *profile, const char *name, struct buf *out)
{
	struct own_apps own = { name, BUF(4096), out };

	if (makes_app(profile))
		drift_each_app(profile->pm2.app, add_own_option, &own);
	buf_release(&own.list);
}

/* The profile's name goes before the endings, and behind a first dot. */
char *own_path(const char *path, const char *profile)
{
	const char *name = path_name(path);
	size_t stem = *name ? 1 + strcspn(name + 1, ".") : 0;
	size_t before = (size_t)(name - path) + stem;

	return memory_printf(
		"%.*s.%s%s", (int)before, path, profile, path + before);
}

/* Takes the word over. */
static void append_word(char *word, struct buf *out)
{
	shell_word(word, out);
	free(word);
}

void own_path_setting(
	size_t index, const char *path, const char *profile, struct buf *out)
{
	OWNED char *own = own_path(path, profile);

	append_word(memory_printf("outputs.%zu.path=%s", index, own), out);
}

void own_path_option(const char *template, const char *path,
	const char *profile, struct buf *out)
{
	OWNED char *own = own_path(path, profile);

	append_word(memory_printf("%s=%s", template, own), out);
}
