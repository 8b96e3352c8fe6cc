/* SPDX-License-Identifier: MIT */
/* What is this user's own: the identity, what aigenv remembers, variables. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "cloudflare/cloudflare.h"
#include "git/sight.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/hardening.h"
#include "os/home.h"
#include "os/owner.h"
#include "url/url.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A variable that is set to something; else NULL. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* The folder could have been anybody's work. */
static void look_at_owner(struct doctor *doctor, const char *folder)
{
	struct stat status;
	struct error err = { 0 };

	if (stat(folder, &status) != 0 || owner_check(folder, &status, &err))
		return;
	OWNED char *word = shell_quoted(folder);
	doctor_add_error(
		doctor, DOCTOR_PERMISSIONS, DOCTOR_ERROR, folder, &err);
	doctor_advise(doctor,
		_("see what is in it, and who can write it: `ls -ld -- %s`"),
		word);
}

/* The identity */

static bool is_below(const char *path, const char *folder)
{
	OWNED char *real = path_resolve(path);
	OWNED char *top = path_resolve(folder);
	OWNED char *from = real && top ? path_relative(top, real) : NULL;

	return from && from[0] != '/' && !text_equal(from, "..") &&
		!text_starts_with(from, "../");
}

static bool is_beside_vault(const struct doctor *doctor, const char *path)
{
	const char *vault = doctor->workspace.session.path;
	OWNED char *folder = vault ? path_directory(vault) : NULL;

	return folder && is_below(path, folder);
}

/* Who gets the folder that it lies in gets all that it opens. */
static void look_at_place(struct doctor *doctor, const char *path)
{
	const enum git_sight sight =
		doctor->git_is_silent ? GIT_KNOWS_NOTHING : git_look(path);

	if (sight == GIT_TRACKS)
		doctor_tell(doctor, TOLD_IDENTITY_TRACKED, path);
	else if (sight == GIT_WOULD_TAKE)
		doctor_tell(doctor, TOLD_IDENTITY_NOT_IGNORED, path);
	else if (is_beside_vault(doctor, path))
		doctor_tell(doctor, TOLD_IDENTITY_BESIDE_VAULT, path);
}

static bool remember_lock(
	void *context, struct secret *passphrase, struct error *err)
{
	bool *is_locked = context;

	(void)passphrase;
	*is_locked = true;
	return error_tell(err, STATUS_LOCKED_OUT,
		_("the identity is locked with a passphrase"),
		_("name a file with the passphrase in "
		  "AIGENV_PASSPHRASE_FILE"));
}

/* A machine that has none yet is fine without a vault. */
static enum doctor_severity severity_of_failure(
	const struct doctor *doctor, const char *path, bool is_locked)
{
	const bool is_unborn = !file_exists(path) &&
		!environment("AIGENV_IDENTITY") &&
		!doctor->workspace.session.path;

	return is_locked || is_unborn ? DOCTOR_INFO : DOCTOR_ERROR;
}

static void load(struct doctor *doctor, const char *path)
{
	struct session *keeper = &doctor->keeper;
	bool is_locked = false;
	const struct identity_prompt prompt = { remember_lock, &is_locked };
	struct error err = { 0 };

	keeper->has_identity =
		identity_load(path, &prompt, &keeper->identity, &err);
	if (!keeper->has_identity) {
		doctor_add_error(doctor, DOCTOR_IDENTITY,
			severity_of_failure(doctor, path, is_locked), path,
			&err);
		return;
	}
	doctor_tell(doctor,
		identity_can_sign(&keeper->identity) ? TOLD_IDENTITY_USED
						     : TOLD_IDENTITY_READS,
		path);
	if (!keeper->identity.warning)
		return;
	doctor_add(doctor, DOCTOR_PERMISSIONS, DOCTOR_WARNING, path, "%s",
		keeper->identity.warning);
	doctor_advise(doctor, _("have its owner give it the mode 600"));
}

/* What is no file gives its bytes once, or waits for who writes them. */
static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) != 0 || S_ISREG(status.st_mode) ||
		S_ISDIR(status.st_mode);
}

void doctor_look_at_identity(struct doctor *doctor)
{
	struct error err = { 0 };
	OWNED char *path = identity_path(&err);

	if (!path) {
		doctor_add_error(
			doctor, DOCTOR_IDENTITY, DOCTOR_ERROR, "HOME", &err);
		return;
	}
	if (!is_file(path)) {
		doctor_tell(doctor, TOLD_IDENTITY_PIPE, path);
		return;
	}
	load(doctor, path);
	if (!file_exists(path))
		return;
	OWNED char *folder = path_directory(path);
	look_at_owner(doctor, folder);
	look_at_place(doctor, path);
}

/* The machine */

static void look_at_state(struct doctor *doctor)
{
	struct error err = { 0 };
	OWNED char *folder = path_state("aigenv", &err);

	if (!folder)
		return; /* the identity has no home either */
	look_at_owner(doctor, folder);
	doctor_tell(doctor,
		directory_is_writable(folder) ? TOLD_STATE_KEPT
					      : TOLD_STATE_CLOSED,
		folder);
}

/* What one page each for a few secrets needs: Linux's default of old. */
#define LOCKED_LEAST ((rlim_t)64 << 10)

static void look_at_memory(struct doctor *doctor)
{
	struct rlimit locked = { 0 };

	if (!hardening_forbids_dumps())
		doctor_tell(doctor, TOLD_DUMPS_ALLOWED, "core");
	if (getrlimit(RLIMIT_MEMLOCK, &locked) != 0 ||
		locked.rlim_cur >= LOCKED_LEAST)
		return;
	doctor_add(doctor, DOCTOR_PERMISSIONS, DOCTOR_INFO, "memlock",
		_("only %llu KiB of memory can be locked, so that secrets may "
		  "get into the swap space"),
		(unsigned long long)locked.rlim_cur >> 10);
	doctor_advise(doctor,
		_("raise the limit where swap is not encrypted: `ulimit -l "
		  "64`"));
}

/* Variables */

extern char **environ;

/* Of a name that counts for nothing, as of a slip. */
static void look_at_names(struct doctor *doctor)
{
	for (char **at = environ; *at; at++) {
		if (!text_starts_with(*at, "AIGENV_"))
			continue;
		OWNED char *name = memory_copy(*at, strcspn(*at, "="));
		OWNED char *row = memory_printf("\n%s :: ", name);
		if (!strstr(doctor->options->variables, row))
			doctor_tell(doctor, TOLD_VARIABLE_UNKNOWN, name);
	}
}

static void look_at_folders(struct doctor *doctor)
{
	static const char *const names[] = { "XDG_CONFIG_HOME",
		"XDG_STATE_HOME" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = environment(names[i]);
		if (value && value[0] != '/')
			doctor_tell(doctor, TOLD_VARIABLE_RELATIVE, names[i]);
	}
}

/* Of a pipe, what is read here would be missed later. */
static bool is_regular(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
		access(path, R_OK) == 0;
}

static void look_at_files(struct doctor *doctor)
{
	const char *variable = NULL;
	const char *authorities = http_authorities(&variable);
	const char *passphrase = environment("AIGENV_PASSPHRASE_FILE");

	if (passphrase && !file_exists(passphrase))
		doctor_tell(doctor, TOLD_VARIABLE_OF_NO_FILE,
			"AIGENV_PASSPHRASE_FILE");
	doctor->lacks_authorities = authorities && !is_regular(authorities);
	if (doctor->lacks_authorities)
		doctor_tell(doctor, TOLD_AUTHORITIES_MISSING, variable);
}

/* Only for who has a token of that API it is a host that is called. */
static void look_at_api(struct doctor *doctor)
{
	const char *origin = cloudflare_origin();
	SCOPED(url) struct url url = { 0 };
	struct error err = { 0 };

	if (!url_parse(origin, &url, &err) || !url_check_scheme(&url, &err)) {
		doctor_add(doctor, DOCTOR_ENVIRONMENT, DOCTOR_ERROR,
			"AIGENV_API_ORIGIN", "%s", err.what);
		doctor_advise(doctor,
			_("unset it: it is for tests against another server"));
	} else if (environment("CLOUDFLARE_API_TOKEN")) {
		doctor_add_host(doctor, origin);
	}
}

void doctor_look_at_machine(struct doctor *doctor)
{
	look_at_state(doctor);
	look_at_memory(doctor);
	look_at_names(doctor);
	look_at_folders(doctor);
	look_at_files(doctor);
	look_at_api(doctor);
}
