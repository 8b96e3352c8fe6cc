/* SPDX-License-Identifier: MIT */
/* The vault's file, and what git knows of it. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "git/drivers.h"
#include "git/history.h"
#include "git/pipes.h"
#include "git/sight.h"
#include "git/tracked.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/home.h"

#include <stdlib.h>

static void add(struct doctor *doctor, enum doctor_check check,
	enum doctor_severity severity, const char *message)
{
	doctor_add(doctor, check, severity, doctor->workspace.session.path,
		"%s", message);
}

/* It may wait for a pipe, each time that it is asked. */
static void look_at_silence(struct doctor *doctor, const char *path)
{
	OWNED char *folder = path_directory(path);
	OWNED char *pipe = git_find_pipe(folder);

	doctor->git_is_silent = true;
	if (pipe) {
		doctor_add(doctor, DOCTOR_GIT, DOCTOR_WARNING, pipe,
			_("git waits for what somebody writes into a pipe"));
		doctor_advise(
			doctor, _("remove the pipe, or put a file there"));
		return;
	}
	add(doctor, DOCTOR_GIT, DOCTOR_WARNING,
		_("git does not answer for this work tree, so that nobody "
		  "knows what it would take in"));
	doctor_advise(doctor, _("see what `git status` says"));
}

static void look_at_commit(struct doctor *doctor, const char *path)
{
	OWNED char *word = doctor_word(doctor, path);

	switch (git_look(path)) {
	case GIT_IGNORES:
		add(doctor, DOCTOR_GIT, DOCTOR_WARNING,
			_("git ignores the vault, so that nobody who pulls "
			  "gets it"));
		doctor_advise(doctor,
			_("`git check-ignore -v -- %s` shows the line of "
			  ".gitignore that is to go"),
			word);
		break;
	case GIT_WOULD_TAKE:
		add(doctor, DOCTOR_GIT, DOCTOR_INFO,
			_("git does not have the vault yet, which is made to "
			  "be committed"));
		doctor_advise(
			doctor, _("`git add -- %s`, and commit it"), word);
		break;
	case GIT_TRACKS:
		if (git_has_changes(path)) {
			add(doctor, DOCTOR_GIT, DOCTOR_INFO,
				_("the vault has changes that are in no commit "
				  "yet"));
			doctor_advise(doctor,
				_("commit and push it, for others to get "
				  "them"));
			break;
		}
		add(doctor, DOCTOR_GIT, DOCTOR_OK,
			_("the vault is committed as it is here"));
		break;
	case GIT_KNOWS_NOTHING:
		look_at_silence(doctor, path);
		break;
	}
}

static void look_at_merge(struct doctor *doctor, const char *path)
{
	SCOPED(tracked) struct tracked tracked = tracked_of(path);
	OWNED char *word = doctor_word(doctor, path);

	if (git_stages(tracked.folder, tracked.name) == 0)
		return;
	add(doctor, DOCTOR_GIT, DOCTOR_WARNING,
		_("git has a merge of the vault that is not resolved"));
	doctor_advise(doctor,
		_("`aigenv seal --merge` merges the two sides; then `git add "
		  "-- %s`"),
		word);
}

static void look_at_drivers(struct doctor *doctor, const char *path)
{
	if (git_drivers_look(path) != GIT_DRIVERS_ELSEWHERE)
		return;
	add(doctor, DOCTOR_GIT, DOCTOR_INFO,
		_("the team has git show and merge the vault by aigenv, and "
		  "this clone does not"));
	doctor_advise(doctor, _("`aigenv seal --git-drivers` sets it up"));
}

void doctor_look_at_left_over(struct doctor *doctor, const char *path)
{
	OWNED char *folder = path_directory(path);
	const size_t count = atomic_file_count_left(path);

	if (count == 0)
		return;
	doctor_add(doctor, DOCTOR_LEFT_OVER, DOCTOR_INFO, folder,
		ngettext("%zu file is there that a crash has left half-written",
			"%zu files are there that a crash has left "
			"half-written",
			count),
		count);
	doctor_advise(doctor, _("the next `aigenv apply` takes them away"));
}

static void look_at_folder(struct doctor *doctor, const char *path)
{
	OWNED char *folder = path_directory(path);

	doctor_look_at_left_over(doctor, path);
	if (directory_is_writable(folder))
		return;
	doctor_add(doctor, DOCTOR_PERMISSIONS, DOCTOR_INFO, folder,
		_("this user cannot make files in the vault's folder, so the "
		  "vault can be used here and not changed"));
}

static void look_at_chosen(struct doctor *doctor)
{
	const char *name = getenv("AIGENV_PROFILE");
	const struct vault *vault = doctor->workspace.session.vault;

	if (!name || !*name || doctor->options->session.profile ||
		vault_has_profile(vault, name))
		return;
	doctor_add(doctor, DOCTOR_ENVIRONMENT, DOCTOR_ERROR, "AIGENV_PROFILE",
		_("it names the profile %s, which the vault does not have"),
		name);
	doctor_advise(doctor,
		_("unset it, or set it to one that `aigenv profile list` "
		  "shows"));
}

void doctor_look_at_vault(struct doctor *doctor)
{
	struct session *session = &doctor->workspace.session;
	struct error err = { 0 };
	const bool is_loaded = session_load(session, SESSION_LOOK, &err);
	const char *path = session->path;

	if (!is_loaded) {
		bool is_absent = !path && err.status == STATUS_INVALID;
		doctor_add_error(doctor, DOCTOR_VAULT,
			is_absent ? DOCTOR_INFO : DOCTOR_ERROR,
			path ? path : VAULT_FILE, &err);
	} else {
		size_t count = vault_profile_count(session->vault);
		doctor_add(doctor, DOCTOR_VAULT, DOCTOR_OK, path,
			ngettext("it can be read, and has %zu profile",
				"it can be read, and has %zu profiles", count),
			count);
		look_at_chosen(doctor);
	}
	if (path && doctor_look_at_git(doctor, path)) {
		look_at_commit(doctor, path);
		if (is_loaded && !doctor->git_is_silent)
			look_at_merge(doctor, path);
		if (!doctor->git_is_silent)
			look_at_drivers(doctor, path);
	}
	if (path)
		look_at_folder(doctor, path);
}
