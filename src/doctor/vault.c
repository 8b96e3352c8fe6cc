/* SPDX-License-Identifier: MIT */
/* The vault's file, and what git knows of it. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "git/drivers.h"
#include "git/history.h"
#include "git/pipes.h"
#include "git/sight.h"
#include "os/atomic_file.h"
#include "os/directory.h"

#include <stdlib.h>

/* It may wait for a pipe, each time that it is asked. */
static void look_at_silence(struct doctor *doctor, const char *path)
{
	OWNED char *folder = path_directory(path);
	OWNED char *pipe = git_find_pipe(folder);

	doctor->git_is_silent = true;
	doctor_tell(doctor, pipe ? TOLD_GIT_WAITS : TOLD_GIT_SILENT,
		pipe ? pipe : path);
}

/* In the midst of a merge it is added once it is merged, not committed as it
 * is. Where that stands in the file, what reads it has said so. */
static void look_at_tracked(struct doctor *doctor, const char *path)
{
	SCOPED(tracked) struct tracked tracked = tracked_of(path);

	if (git_stages(tracked.folder, tracked.name) == 0)
		doctor_tell(doctor,
			git_has_changes(path) ? TOLD_VAULT_CHANGED
					      : TOLD_VAULT_COMMITTED,
			path);
	else if (doctor->workspace.session.vault)
		doctor_tell(doctor, TOLD_VAULT_UNMERGED, path);
}

static void look_at_commit(struct doctor *doctor, const char *path)
{
	switch (git_look(path)) {
	case GIT_IGNORES:
		doctor_tell(doctor, TOLD_VAULT_IGNORED, path);
		break;
	case GIT_WOULD_TAKE:
		doctor_tell(doctor, TOLD_VAULT_NOT_ADDED, path);
		break;
	case GIT_TRACKS:
		look_at_tracked(doctor, path);
		break;
	case GIT_KNOWS_NOTHING:
		look_at_silence(doctor, path);
		break;
	}
}

static void look_at_git(struct doctor *doctor, const char *path)
{
	look_at_commit(doctor, path);
	if (!doctor->git_is_silent &&
		git_drivers_look(path) == GIT_DRIVERS_ELSEWHERE)
		doctor_tell(doctor, TOLD_DRIVERS_MISSING, path);
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
	if (!directory_is_writable(folder))
		doctor_tell(doctor, TOLD_FOLDER_CLOSED, folder);
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
	if (!path)
		return;
	if (doctor_look_at_git(doctor, path))
		look_at_git(doctor, path);
	look_at_folder(doctor, path);
}
