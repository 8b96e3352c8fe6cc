/* SPDX-License-Identifier: MIT */
#include "setup/own_file.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"
#include "setup/own_values.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WRAPPER "ecosystem-wrap"

static const struct observer *observer_of(const struct setup *setup)
{
	return &setup->workspace.session.options.observer;
}

static json_t *present_settings(const struct setup *setup)
{
	const struct opened *opened = setup->workspace.session.opened;

	return opened ? opened_settings(opened) : NULL;
}

static const char *folder_of(const struct setup *setup)
{
	return vault_directory(setup->workspace.session.vault);
}

json_t *own_file_default_output(const char *folder)
{
	struct error ignored;
	const char *name = ecosystem_find(folder);
	const bool wraps = name && ecosystem_check_kind(name, &ignored);

	return json_build("{template:%s, path:%s}",
		wraps ? WRAPPER : "ecosystem",
		wraps ? ECOSYSTEM_WRAPPER : "ecosystem.config.cjs");
}

/* What answers or the present settings have; null takes it away. Borrowed. */
static json_t *get(const struct setup *setup, const char *member)
{
	json_t *given = json_object_get(setup->answers, member);

	return given ? given : json_object_get(present_settings(setup), member);
}

/* The path of the first wrapper among outputs, or NULL. Borrowed. */
static const char *find_wrapper(const json_t *outputs)
{
	return json_text(json_find(outputs, "template", WRAPPER), "path");
}

/* The file that the wrapper at that path stands for. Owned, or NULL. */
static char *find_wrapped(const char *directory, const char *wrapper)
{
	OWNED char *whole = path_join(directory, wrapper);
	OWNED char *folder = path_directory(whole);
	OWNED char *name = ecosystem_find_wrapped(folder, wrapper);

	return name ? path_join(folder, name) : NULL;
}

/* The file in whose place nobody named one; *path stays NULL where there is
 * none to be wrapped. */
static void find_file(struct setup *setup, char **path)
{
	const char *folder = folder_of(setup);
	json_t *outputs = get(setup, "outputs");
	const char *wrapper = find_wrapper(outputs);
	struct error err;

	if (wrapper)
		*path = find_wrapped(folder, wrapper);
	/* A profile that has PM2 and no outputs of its own has the default ones
	 * by now. */
	if (wrapper || json_is_array(outputs) ||
		!json_is_object(json_object_get(setup->answers, "pm2")) ||
		json_object_get(present_settings(setup), "pm2"))
		return;
	const char *name = ecosystem_find(folder);
	if (!name)
		return;
	if (ecosystem_check_kind(name, &err))
		*path = path_join(folder, name);
	else if (!setup->told_left)
		observer_warn(observer_of(setup), _("%s is left alone: %s; %s"),
			name, err.what, err.next);
	setup->told_left |= !*path;
}

/* The file that was named, as an absolute path below the vault's folder. */
static bool take_named(
	const struct setup *setup, char **path, struct error *err)
{
	OWNED char *folder = path_resolve(folder_of(setup));
	OWNED char *whole = path_resolve(setup->ecosystem);
	OWNED char *relative =
		folder && whole ? path_relative(folder, whole) : NULL;
	const bool inside = relative && relative[0] != '/' &&
		!text_starts_with(relative, "..");

	if (inside) {
		*path = path_join(folder_of(setup), relative);
		return ecosystem_check_kind(*path, err);
	}
	error_set(err, STATUS_INVALID,
		whole ? _("it is outside the vault's folder, and so would be "
			  "what is written beside it")
		      : _("there is no such file"));
	error_at(err, "%s", setup->ecosystem);
	return error_next(err,
		whole ? _("copy it there, or make a vault in the folder that "
			  "it is in")
		      : _("check the path"));
}

/* The wrapper of that file: under the name that outputs have for it, since
 * each profile may have one of its own, else under the usual one. Owned. */
static char *wrapper_of(
	const struct setup *setup, const json_t *outputs, const char *path)
{
	const char *present = find_wrapper(outputs);
	OWNED char *wrapped =
		present ? find_wrapped(folder_of(setup), present) : NULL;
	const bool is_its = text_equal_or_null(wrapped, path);

	if (is_its)
		return memory_text(present);
	OWNED char *folder = path_directory(path);
	OWNED char *name = ecosystem_wrapper_name(folder, path_name(path));
	OWNED char *whole = path_join(folder, name);
	return path_relative(folder_of(setup), whole);
}

/* Other outputs than for PM2, and the wrapper. */
static void put_outputs(struct setup *setup, const char *path)
{
	json_t *before = get(setup, "outputs");
	OWNED char *wrapper = wrapper_of(setup, before, path);
	json_t *outputs = json_new_list();

	JSON_EACH(output, before) {
		const char *template = json_text(output.value, "template");
		if (template && !text_starts_with(template, "ecosystem"))
			json_push_shared(outputs, output.value);
	}
	if (json_array_size(outputs) == 0)
		json_push(outputs, json_build("{template:'env', path:'.env'}"));
	json_push(outputs,
		json_build("{template:%s, path:%s}", WRAPPER, wrapper));
	json_put(setup->answers, "outputs", outputs);
	/* What the restart command names, where it was another. */
	if (json_object_get(get(setup, "pm2"), "ecosystem"))
		json_put_text(own_values_member(setup->answers, "pm2"),
			"ecosystem", wrapper);
}

static json_t *answered_app(const struct setup *setup)
{
	json_t *given = json_inner(setup->answers, "pm2", "app");

	return given ? given
		     : json_inner(present_settings(setup), "pm2", "app");
}

/* The only app's name, unless one was given. */
static void put_app(const struct setup *setup, const json_t *apps)
{
	const char *name = json_text(json_array_get(apps, 0), "name");

	if (!answered_app(setup) && json_array_size(apps) == 1)
		json_put_text(
			own_values_member(setup->answers, "pm2"), "app", name);
	if (!answered_app(setup) && json_array_size(apps) > 1) {
		OWNED char *names = ecosystem_names(apps);
		observer_note(observer_of(setup),
			_("%s has the apps %s; pm2.app says which of them get "
			  "the variables"),
			setup->ecosystem, names);
	}
}

void own_file_release(struct heard *heard)
{
	free(heard->path);
	json_decref(heard->apps);
	*heard = (struct heard){ .path = NULL };
}

void own_file_hear_again(struct heard *heard)
{
	if (heard->apps || heard->why.status != STATUS_IO)
		own_file_release(heard);
}

static bool is_heard(
	const struct heard *heard, const char *path, const struct stat *status)
{
	const struct stat *before = &heard->status;

	return text_equal_or_null(heard->path, path) &&
		before->st_ino == status->st_ino &&
		before->st_size == status->st_size &&
		before->st_mtim.tv_sec == status->st_mtim.tv_sec &&
		before->st_mtim.tv_nsec == status->st_mtim.tv_nsec;
}

/* What the file says; NULL where it cannot be asked here, which own_file_take
 * tells. What is no ecosystem file is an error. Borrowed from setup->heard. */
static bool ask(
	struct setup *setup, const char *path, json_t **apps, struct error *err)
{
	struct heard *heard = &setup->heard;
	struct stat status = { 0 };

	/* node would wait for a pipe, and takes a folder for a module. */
	if (stat(path, &status) == 0 &&
		!file_check_regular(path, status.st_mode, err))
		return false;
	if (!is_heard(heard, path, &status)) {
		own_file_release(heard);
		observer_progress(observer_of(setup), _("node reads %s"),
			path_name(path));
		heard->apps = ecosystem_ask(path, &heard->why);
		heard->path = memory_text(path);
		heard->status = status;
	}
	*apps = heard->apps;
	if (*apps)
		return true;
	*err = heard->why;
	return err->status == STATUS_IO;
}

/* "api, worker" of one name or a list. Owned. */
static char *app_words(const json_t *app)
{
	struct buf names = BUF(8192);

	if (json_is_string(app))
		buf_text(&names, json_string_value(app));
	for (size_t i = 0; i < json_array_size(app); i++)
		buf_listed(&names, json_string_value(json_array_get(app, i)));
	return buf_take(&names, NULL);
}

/* Whether the file has each app of a name or a list; what it has is not known
 * where it was not read. */
static bool has_apps(const json_t *apps, const json_t *app)
{
	bool has = !json_is_string(app) || !apps ||
		ecosystem_app(apps, json_string_value(app));

	for (size_t i = 0; i < json_array_size(app) && has; i++)
		has = has_apps(apps, json_array_get(app, i));
	return has;
}

/* An app that is not in it is refused later, and not named before. */
static void tell_wrapped(
	const struct setup *setup, const char *path, const json_t *in_file)
{
	const json_t *app = answered_app(setup);
	OWNED char *apps = app_words(has_apps(in_file, app) ? app : NULL);

	const char *wrapper =
		find_wrapper(json_object_get(setup->answers, "outputs"));

	if (*apps)
		observer_note(observer_of(setup),
			ngettext("%s is yours and stays as it is: %s adds the "
				 "variables to its app %s",
				"%s is yours and stays as it is: %s adds the "
				"variables to its apps %s",
				json_is_array(app) ? json_array_size(app) : 1),
			path_name(path), wrapper, apps);
	else
		observer_note(observer_of(setup),
			_("%s is yours and stays as it is: %s adds the "
			  "variables"),
			path_name(path), wrapper);
}

static bool take(struct setup *setup, const char *path, struct error *err)
{
	json_t *apps = NULL;

	if (!ask(setup, path, &apps, err))
		return false;
	if (!apps)
		observer_warn(observer_of(setup), _("%s was not read: %s; %s"),
			path_name(path), err->what, err->next);
	put_outputs(setup, path);
	if (setup->ecosystem && apps)
		put_app(setup, apps);
	if (apps)
		own_values_take(setup, apps, answered_app(setup));
	tell_wrapped(setup, path, apps);
	return true;
}

bool own_file_take(struct setup *setup, struct error *err)
{
	OWNED char *path = NULL;
	bool ok = true;

	if (setup->ecosystem)
		ok = take_named(setup, &path, err);
	else
		find_file(setup, &path);
	ok = ok && (!path || take(setup, path, err));
	return ok;
}

/* Whether a script is where the wrapper looks for it, or in PATH. */
static bool has_script(
	const struct setup *setup, const char *path, const json_t *app)
{
	const char *script = json_text(app, "script");
	const char *cwd = json_text(app, "cwd");
	OWNED char *beside = path_directory(path);
	const char *const folders[] = { beside, folder_of(setup) };
	OWNED char *program = process_find(script);
	/* With a blank in it bash runs it. */
	bool found = program || strchr(script, ' ');

	for (size_t i = 0; i < ARRAY_SIZE(folders) && !found; i++) {
		OWNED char *folder = path_join(folders[i], cwd ? cwd : ".");
		OWNED char *whole = path_join(folder, script);
		found = file_exists(whole);
	}
	return found;
}

static bool check_app(const struct setup *setup, const char *path,
	const json_t *apps, const char *name, struct error *err)
{
	const json_t *app = ecosystem_app(apps, name);

	if (app && !has_script(setup, path, app))
		observer_warn(observer_of(setup),
			_("%s: the script of app %s is not there: %s"),
			path_name(path), name, json_text(app, "script"));
	if (app)
		return true;
	OWNED char *names = ecosystem_names(apps);
	error_set(err, STATUS_INVALID, _("%.200s has no app \"%.64s\""),
		path_name(path), name);
	error_at(err, "pm2.app");
	error_next(err, _("its apps are: %s"), names);
	return false;
}

static bool check_file(struct setup *setup, const char *path, struct error *err)
{
	json_t *apps = NULL;
	const json_t *app = json_inner(setup->settings, "pm2", "app");
	const size_t count = json_is_array(app) ? json_array_size(app) : 1;
	bool ok = ask(setup, path, &apps, err);

	for (size_t i = 0; apps && ok && i < count; i++) {
		const char *name = json_string_value(
			json_is_array(app) ? json_array_get(app, i) : app);
		ok = !name || check_app(setup, path, apps, name, err);
	}
	if (ok && apps)
		own_values_warn(setup, path_name(path), apps, app);
	own_file_hear_again(&setup->heard);
	return ok;
}

bool own_file_check(struct setup *setup, struct error *err)
{
	const char *wrapper =
		find_wrapper(json_object_get(setup->settings, "outputs"));
	OWNED char *path =
		wrapper ? find_wrapped(folder_of(setup), wrapper) : NULL;

	return !path || check_file(setup, path, err);
}
