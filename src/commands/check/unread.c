/* SPDX-License-Identifier: MIT */
/*
 * What was not looked through. What belongs to the project and could not be
 * read may have what was looked for: that is a finding (RULE_NOT_READ), so that
 * no workflow takes half a search for a pass. What is passed over by design is
 * a note on stderr.
 */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "git/drivers.h"

#include <stdio.h>

struct sentence {
	const char *one, *several; /* how many, and the first; NULL: none */
};

static const struct sentence notes[PASSED_END] = {
	[PASSED_LINK] = { N_("%s link that leads out of the project was not "
			     "followed: %s"),
		N_("%s links that lead out of the project were not followed, "
		   "%s among them") },
	[PASSED_SUBMODULE] = { N_("%s other repository in it was not looked "
				  "at: %s; `aigenv check`, started in its "
				  "folder, does"),
		N_("%s other repositories in it were not looked at, %s among "
		   "them; `aigenv check`, started in their folders, does") },
	[PASSED_SPECIAL] = { N_("%s pipe, socket or device was not looked at: "
				"%s"),
		N_("%s pipes, sockets or devices were not looked at, %s among "
		   "them") },
	[PASSED_BINARY] = { N_("%s file is not text and was not looked at: "
			       "%s"),
		N_("%s files are not text and were not looked at, %s among "
		   "them") },
	[PASSED_LARGE] = { N_("%s file is too large for sources and was not "
			      "looked at: %s"),
		N_("%s files are too large for sources and were not looked at, "
		   "%s among them") },
};

static const struct unread {
	struct sentence sentence;
	const char *advice; /* NULL: it is no such thing */
} unread[PASSED_END] = {
	[PASSED_UNREADABLE] = { { N_("%s file or folder could not be read: "
				     "%s"),
					N_("%s files or folders could not be "
					   "read, %s among them") },
		N_("look again as a user who may read it") },
	[PASSED_DEEP] = { { N_("%s folder lies too deep and was not looked at: "
			       "%s"),
				  N_("%s folders lie too deep and were not "
				     "looked at, %s among them") },
		N_("move it to fewer than 200 folders below the top") },
	[PASSED_BROKEN] = { { N_("%s object of git is broken or missing and "
				 "could not be read: %s"),
				    N_("%s objects of git are broken or "
				       "missing and could not be read, %s "
				       "among them") },
		N_("`git fsck` names all; a clone that is whole can be looked "
		   "through in its place") },
};

/* Owned. */
static char *filled(
	const struct sentence *sentence, size_t count, const char *first)
{
	char number[24];

	(void)snprintf(number, sizeof(number), "%zu", count);
	return i18n_filled(ngettext(sentence->one, sentence->several, count),
		number, first);
}

void check_tell_passed(struct check *check)
{
	const struct passed_over *passed = &check->tree.passed;
	struct output *output = check->call->output;

	for (size_t i = 0; i < PASSED_END; i++) {
		if (passed->counts[i] == 0 || !notes[i].one)
			continue;
		OWNED char *sentence =
			filled(&notes[i], passed->counts[i], passed->first[i]);
		/* Every repository has pictures. */
		if (i == PASSED_BINARY)
			output_detail(output, "%s\n", sentence);
		else
			output_note(output, "%s\n", sentence);
	}
}

void check_add_unread(struct check *check, char *message, const char *advice)
{
	check_add(check, RULE_NOT_READ, memory_text(".git"), NULL, message,
		memory_text(advice));
}

void check_add_passed(struct check *check)
{
	const struct passed_over *passed = &check->tree.passed;

	for (size_t i = 0; i < PASSED_END; i++) {
		if (passed->counts[i] == 0 || !unread[i].advice)
			continue;
		const char *first = passed->first[i];
		char *file = i == PASSED_BROKEN ? memory_text(".git")
			: *first == '/'         ? memory_text(first)
						: check_path(check, first);
		OWNED char *shown =
			check_masked(check, i == PASSED_BROKEN ? first : file);
		check_add(check, RULE_NOT_READ, file, NULL,
			filled(&unread[i].sentence, passed->counts[i], shown),
			memory_text(_(unread[i].advice)));
	}
}

void check_add_shallow(struct check *check)
{
	check_add_unread(check,
		memory_text(_("this clone is shallow: what was committed "
			      "before its first commit is not here")),
		git_has_remote(check->workspace.session.path)
			? _("`git fetch --unshallow` gets it")
			: _("it has no remote: another clone can be looked "
			    "through in its place"));
}

void check_add_missing(struct check *check, size_t missing)
{
	check_add_unread(check,
		memory_printf(ngettext("this repository lacks %zu object that "
				       "its commits name",
				      "this repository lacks %zu objects that "
				      "its commits name",
				      missing),
			missing),
		git_has_remote(check->workspace.session.path)
			? _("`git fetch --all --refetch --no-filter` gets what "
			    "its remotes have of them")
			: _("it has no remote to get them from: `git fsck` "
			    "names them, and a clone that is whole can be "
			    "looked through in its place"));
}

void check_add_git_failed(struct check *check)
{
	struct error err;

	check_git_failed(check, _("git did not give all of its history"), &err);
	if (*err.where)
		check_add_unread(check,
			memory_printf(
				_("git did not give all of its history: it "
				  "waits for what somebody writes into the "
				  "pipe %s"),
				err.where),
			_("remove the pipe, or put a file there"));
	else
		check_add_unread(check,
			memory_text(_("git did not give all of its history")),
			_("see what `git fsck` says"));
}
