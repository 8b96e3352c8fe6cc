/* SPDX-License-Identifier: MIT */
/*
 * Where a command's words go. Results go to stdout, everything else to stderr
 * (DESIGN "Output"):
 *
 *     output_text     a result for people; silent with --json
 *     output_bytes    a result that is bytes: age, secret reveal
 *     output_content  a file's content: render
 *     output_json     the document that --json prints, once, at the end
 *     output_note     what is good to know; silent with -q
 *     output_done     what was done, behind a sign of its own; silent with -q
 *     output_warning  what should not be overlooked; also with -q
 *     output_detail   said with -v alone
 *     output_progress what is being done now: a line on a terminal, gone with
 *                     the next word
 *
 * Commands that notes, warnings and errors advise are completed
 * (cli/advice.h). Text may carry the marks of ui/style.h; whatever else could
 * drive a terminal is made visible. A command calls output_text and output_json
 * both, without asking which is wanted. Failures to write are remembered;
 * program_run turns them into STATUS_IO.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/attributes.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/advice.h"
#include "ui/layout.h"
#include "ui/style.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct output_stream {
	int file;
	const char *name; /* for messages */
	struct style style;
	struct buf pending;
	struct error error; /* the first failure; status STATUS_OK for none */
};

struct output {
	struct output_stream results; /* stdout */
	struct output_stream notes;   /* stderr */
	bool json, quiet, verbose;
	bool wrote_bytes;
	bool begun;       /* the document's first byte is written */
	bool live;        /* stderr is a terminal that can take a line back */
	bool progress;    /* such a line stands there */
	json_t *document; /* owned; NULL for none */
	struct buf last;  /* the document that Ctrl-C leaves */
	struct advice advice;
	char *profile; /* what advice.profile is; owned */
	char *made;    /* what advice.made is; owned */
};

/*
 * `all` are the commands that messages advise, as in struct advice; both are
 * borrowed until output_release.
 */
void output_init(struct output *output, const struct global_options *global,
	const struct command *const *all);

/* From here on advised commands name this profile; NULL: none, since it is the
 * one that is chosen anyway. */
void output_advise_profile(struct output *output, const char *profile);

/* The same where a command that MAKES_PROFILE would take another one. */
void output_advise_profiles(
	struct output *output, const char *profile, const char *made);

/* Whether the vault is an older copy: advised commands say that it is meant. */
void output_advise_older(struct output *output, bool older);

/* The text as it is to be shown: cli/advice.h. Notes, warnings and errors are
 * completed anyway. Owned. */
char *output_advice(const struct output *output, const char *text);

/* Each adds no newline of its own. */
void output_text(struct output *output, const char *format, ...) PRINTF(2, 3);
/* A result that people read: broken between words where it is wider than the
 * terminal. */
void output_words(struct output *output, const char *format, ...) PRINTF(2, 3);
void output_note(struct output *output, const char *format, ...) PRINTF(2, 3);
/* One line; adds the newline. */
void output_done(struct output *output, const char *format, ...) PRINTF(2, 3);
/* The same where a command in it is what was written, and no advice. */
void output_done_as_is(struct output *output, const char *format, ...)
	PRINTF(2, 3);
void output_warning(struct output *output, const char *format, ...)
	PRINTF(2, 3);
void output_detail(struct output *output, const char *format, ...) PRINTF(2, 3);

/* No newline in it. Nothing with -q, or where stderr is no terminal. */
void output_progress(struct output *output, const char *format, ...)
	PRINTF(2, 3);

/*
 * The columns that text is to be wrapped at: the terminal's; elsewhere there is
 * no limit, since what reads lines wants them whole.
 */
size_t output_width(const struct output *output, bool results);

/* The same of stdout for tables, which are as wide as a terminal elsewhere,
 * too.
 */
size_t output_columns(const struct output *output);

/* Its rows, as output_text, in output_columns. */
void output_table(
	struct output *output, const struct table *table, size_t indent);

/* A buf of marked text, as output_text. */
void output_marked(struct output *output, const struct buf *text);

/* Raw bytes to stdout, also with --json; no copy of them is kept. */
void output_bytes(struct output *output, const void *bytes, size_t size);

/*
 * A file's content: its bytes, or with --json `document` (taken over) with the
 * member "text".
 */
void output_content(struct output *output, json_t *document, const void *bytes,
	size_t size);

/* Takes over the reference. A second document replaces the first. */
void output_json(struct output *output, json_t *document);

/*
 * What Ctrl-C has the program print from now on: the document as it is, of a
 * command that goes on and on. Until then it is an error's, with exit code 130.
 */
void output_keep(struct output *output);

/* What failed, where, and the next step, on stderr. */
void output_error(struct output *output, const struct error *err);

/* Writes what is pending, so that a child's words come after ours. */
void output_flush(struct output *output);

/* The same before a change that stdout has to tell of, but for a pipe; with
 * --json the document is begun. STATUS_IO where it could not be written. */
bool output_is_written(struct output *output, struct error *err) MUST_CHECK;

/* {"exit_code", "what", "where", "next"}, the commands in it complete; null
 * where nothing is known. A new reference. */
json_t *output_error_record(
	const struct output *output, const struct error *err);

/* With --json a failure without a document of its own has one too:
 * {"error": such a record}. */
void output_error_json(struct output *output, const struct error *err);

/*
 * Prints the document with --json ("{}" where a command has none and printed no
 * bytes), and says whether all of stdout could be written.
 */
bool output_finish(struct output *output, struct error *err) MUST_CHECK;

void output_release(struct output *output);

#endif
