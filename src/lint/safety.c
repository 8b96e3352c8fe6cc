/* SPDX-License-Identifier: MIT */
/* Who else gets what is in an env file: users of the machine, and git. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "git/gitignore.h"
#include "git/sight.h"
#include "os/directory.h"
#include "os/system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Everybody but the owner and his group. */
#define OTHERS (S_IRWXO)

struct looking {
	struct report *report;
	const struct subject *subject;
	const char *path;
	bool silent[RULE_COUNT];
};

/* NULL where it is silenced. */
static struct finding *say(
	struct looking *looking, enum rule_id rule, const char *message)
{
	if (looking->silent[rule])
		return NULL;
	struct finding *finding =
		report_add(looking->report, rule, NULL, "%s", message);
	OWNED char *word = shell_quoted(looking->path);
	OWNED char *fix = rule_fix(rule, word);
	finding_advise(finding, "%s", fix);
	return finding;
}

/* An env file that is there, with something in it that is a secret. A link is
 * followed: what counts is where the bytes are. */
static bool has_something_to_lose(
	const struct subject *subject, const char *path, struct stat *status)
{
	return !subject->is_example && stat(path, status) == 0 &&
		S_ISREG(status->st_mode) && lint_has_secret(subject);
}

static bool is_ours(const struct stat *status)
{
	return status->st_uid == geteuid();
}

static void check_rights(struct looking *looking, const struct stat *status)
{
	struct finding *finding = NULL;

	if (status->st_mode & OTHERS) {
		finding = say(looking, RULE_READABLE,
			_("every user of this machine can read the secrets in "
			  "it"));
		if (is_ours(status))
			report_mends(looking->report, finding);
	}
	if (status->st_nlink > 1)
		(void)say(looking, RULE_HARD_LINK,
			_("the file has a second name, which keeps the old "
			  "secrets when this one is replaced"));
}

static bool can_be_ignored(const char *path)
{
	OWNED char *real = path_resolve(path);
	OWNED char *folder = path_directory(real ? real : path);

	return gitignore_counts(folder);
}

static void check_git(struct looking *looking)
{
	struct finding *finding = NULL;

	switch (git_look(looking->path)) {
	case GIT_TRACKS:
		(void)say(looking, RULE_TRACKED,
			_("git has the file, with the secrets in it"));
		break;
	case GIT_WOULD_TAKE:
		finding = say(looking, RULE_NOT_IGNORED,
			_("git does not ignore the file, so that it may get "
			  "into a commit with its secrets"));
		if (finding && can_be_ignored(looking->path))
			report_mends(looking->report, finding);
		break;
	case GIT_KNOWS_NOTHING:
	case GIT_IGNORES:
		break;
	}
}

void lint_safety(
	struct report *report, const struct subject *subject, const char *path)
{
	struct looking looking = { report, subject, path, { false } };
	struct stat status;

	if (!has_something_to_lose(subject, path, &status))
		return;
	lint_silent_in_file(subject, "#", looking.silent);
	report_begin(report, subject->name);
	check_rights(&looking, &status);
	check_git(&looking);
}

/* Of the file that was looked at, whatever its name leads to by now. */
static bool make_private(const char *path, const struct stat *status)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat now;

	if (file < 0)
		return false;
	bool done = fstat(file, &now) == 0 && now.st_ino == status->st_ino &&
		now.st_dev == status->st_dev &&
		system_fchmod(file, S_IRUSR | S_IWUSR) == 0;
	(void)system_close(file);
	return done;
}

/* Beside the file itself, where its name is a link. */
static bool have_ignored(const char *path, struct error *err)
{
	OWNED char *real = path_resolve(path);
	OWNED char *folder = path_directory(real ? real : path);
	OWNED char *line = gitignore_line(path_name(real ? real : path));
	const char *const lines[] = { line };

	return gitignore_add(folder, lines, 1, err);
}

bool lint_make_safe(const struct subject *subject, const char *path,
	struct made_safe *made, struct error *err)
{
	bool silent[RULE_COUNT] = { false };
	struct stat status;

	*made = (struct made_safe){ .closed = false };
	if (!has_something_to_lose(subject, path, &status))
		return true;
	lint_silent_in_file(subject, "#", silent);
	if ((status.st_mode & OTHERS) && is_ours(&status) &&
		!silent[RULE_READABLE])
		made->closed = make_private(path, &status);
	if (silent[RULE_NOT_IGNORED] || !can_be_ignored(path) ||
		git_look(path) != GIT_WOULD_TAKE)
		return true;
	made->ignored = have_ignored(path, err);
	return made->ignored;
}
