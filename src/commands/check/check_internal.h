/* SPDX-License-Identifier: MIT */
/*
 * What `check` looks with: an opened profile and the project around its vault.
 * Each source of findings is a function here.
 */
#ifndef COMMANDS_CHECK_CHECK_INTERNAL_H
#define COMMANDS_CHECK_CHECK_INTERNAL_H

#include "cli/command.h"
#include "cli/output.h"
#include "lint/compare.h"
#include "lint/lint.h"
#include "redact/exact.h"
#include "report/report.h"
#include "session/workspace.h"
#include "tree/tree.h"

#include <stdbool.h>

struct check_values {
	bool code, leaks, history, staged;
	const char *format;
	/* Of env files. */
	const char *readers, *filename;
	bool fix, from_stdin;
	const char *assignment; /* NAME or FILE:LINE of --readers */
};

/* A name that the profile, or an env file in the folder, gives. */
struct check_given {
	char *name;    /* owned */
	char *file;    /* owned: as it is shown */
	size_t line;   /* 0: none is known */
	size_t column; /* likewise */
};

struct check {
	struct invocation *call; /* borrowed */
	bool staged;             /* only what the next commit takes in */
	/* The names that are given, once check_code is called or needs no
	 * values. */
	struct check_given *given; /* owned */
	size_t given_count;
	struct workspace workspace;
	struct tree tree;
	struct report report;
	struct check_mask {
		struct secret_arena arena;
		struct exact *exact; /* owned; NULL: nothing is masked */
	} mask;
};

/* Opens the profile and the project. STATUS_*: as a session's. */
bool check_open(struct check *check, struct error *err) MUST_CHECK;
/* The same for names alone: where there is no vault, those of the folder's env
 * files, and where it cannot be opened, those that it says in plain text; the
 * latter is told. */
bool check_open_names(struct check *check, struct error *err) MUST_CHECK;
/* Takes the names of the opened profile into check->given. */
bool check_take_names(struct check *check, struct error *err) MUST_CHECK;
void check_release(struct check *check);

/* What the app's sources read (code/code.h). */
bool check_code(struct check *check, struct error *err) MUST_CHECK;

/* Where the profile's values lie (leaks/leaks.h). */
bool check_leaks(struct check *check, bool history, struct error *err)
	MUST_CHECK;

/*
 * What was not looked through (check_unread.c): findings of RULE_NOT_READ. The
 * first takes over `message`; the last is where git failed.
 */
void check_add_unread(struct check *check, char *message, const char *advice);
void check_add_passed(struct check *check);
void check_add_shallow(struct check *check);
void check_add_missing(struct check *check, size_t missing);
void check_add_git_failed(struct check *check);

/* Notes on what is passed over by design. */
void check_tell_passed(struct check *check);

/* Env files, with neither vault nor project (lint/lint.h): all of the command
 * where none of the above is named. Prints. */
enum status check_env(struct invocation *call, struct error *err);

/* One file, or "-" for stdin: mends it with --fix, where *mended is set if it
 * was, and adds its findings. STATUS_IO, STATUS_INVALID where it cannot be read
 * or written. */
bool check_subject(struct invocation *call, const char *path,
	reader_set readers, struct report *report, bool *mended,
	struct error *err) MUST_CHECK;

/* The file's values beside those of the profile that it is rendered from, where
 * a vault is found and can be opened without a question; else nothing. */
void check_drift(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path);

/* The profile's env file at that path, which has no links; NULL: it is none. */
const struct profile_output *check_find_output(const struct profile *profile,
	const struct vault *vault, const char *path);

/* A profile as its vault has it: nobody opens it, and nobody vouches for it. */
struct check_peeked {
	struct profile profile;
	const struct profile_output *output; /* the file's; NULL: none is */
	reader_set readers; /* that are declared to read it; 0: nobody is */
};

/* Beside the file at that path, which has no links. False where the settings
 * cannot be read; else the caller releases the profile. */
bool check_peek(struct check_peeked *peeked, struct vault *vault,
	const char *name, const char *path) MUST_CHECK;
/* The profile that a file is rendered from, and the vault that it is in. */
struct check_origin {
	struct session session;
	struct check_peeked peeked; /* where it is known */
	bool is_known;
};

/* Who rendered it last knows best; else the first that would, or the only one
 * there is. */
void check_origin_find(struct check_origin *origin,
	const struct invocation *call, const char *path);
void check_origin_release(struct check_origin *origin);

/* The file's names and values beside its example and the schema of the profile
 * that it is rendered from, where that is known: as the vault says, which
 * nobody opens. */
void check_names(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path,
	struct check_origin *origin);

/* The options of a session in which nobody is asked. */
struct session_options check_quiet_options(const struct invocation *call);

/* Who is declared to read the file, by the settings of the profile that it is
 * rendered from; 0: nobody is. */
reader_set check_declared_readers(struct invocation *call, const char *path);

/* Who reads it as other files of its folder tell (lint/lint.h); an output that
 * is declared for docker is one of them. */
reader_set check_readers_beside(struct invocation *call, const char *path);

/* What each reader makes of one assignment (lint/compare.h): --readers. */
enum status check_readers(struct invocation *call, struct error *err);

void check_show_comparison(struct output *output, const char *file,
	const struct comparison *comparison);

/* The names of --for, or the default. STATUS_USAGE for one that is none. */
bool check_read_readers(const struct check_values *values, reader_set *readers,
	struct error *err) MUST_CHECK;

/* The files of the current folder whose names are wanted; owned, as the list
 * is. */
bool check_find_files(bool (*wanted)(const char *name), char ***found,
	size_t *count, struct error *err) MUST_CHECK;

/* In that format; NULL is for people, but where output->json says JSON. */
void check_print(
	struct output *output, const struct report *report, const char *format);

/* Says why git did not give all that it was asked for: in those words, or
 * which pipe it waits for. Returns false: STATUS_IO. */
bool check_git_failed(
	const struct check *check, const char *what, struct error *err);

/* A path from the tree's top, as seen from the user's folder, masked. Owned. */
char *check_path(const struct check *check, const char *path);

/* One value of the profile, which lives as long as the arena; `name` is
 * borrowed from the vault. */
typedef void check_value(void *context, const char *name, enum secret_slot slot,
	const struct secret *value);

/* Each value of each secret, decrypted into the arena. */
bool check_each_value(const struct check *check, struct secret_arena *arena,
	check_value *take, void *context, struct error *err) MUST_CHECK;

/* Takes the values that no path, branch or tag is shown with: who names one so
 * would have them in a workflow's log. STATUS_*: as a session's. */
bool check_mask_begin(struct check *check, struct error *err) MUST_CHECK;
void check_mask_end(struct check *check);

/* The text, with bullets in place of the profile's values. Owned. */
char *check_masked(const struct check *check, const char *text);

/* The same in the paths of what was found and of what was passed over. */
void check_mask_paths(struct check *check);

/* Completes the commands that a finding advises (cli/advice.h), once. */
void check_complete_one(const struct output *output, struct finding *finding);
/* The same of those from `first` on. */
void check_complete(
	const struct output *output, struct report *report, size_t first);

/* Adds a finding with that advice. Takes over `file`, `message` and `fix`. */
void check_add(struct check *check, enum rule_id rule, char *file,
	const struct place *place, char *message, char *fix);

#endif
