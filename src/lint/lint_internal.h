/* SPDX-License-Identifier: MIT */
/*
 * What the files of this room share: an env file that is being looked at. A row
 * goes through these (env.c), and few come to the last:
 *
 *     syntax       is the row one of the simple ones, all of which are right?
 *     told         by its shape: are its findings only to be counted?
 *     judge        who suffers? The models of the readers are asked, but of
 *                  each shape once
 *     spelling ... the rules that say what it is, and lint_advise_...
 *     glance       by its first and last letters: has it anything for the rules
 *                  about values (secrets, gateway_...)?
 *     seen_names   does the name stand above already?
 *     edits        what would mend it, noted as the rules speak
 *
 * and behind the last row edits_choose settles which edits are made: windows
 * cuts a large file, choose tries them together, then by units and halves, and
 * guard asks every model of it before and after.
 *
 * Five of these remember what was looked at, so that a file of megabytes which
 * says the same over and over costs no more than its rows: told and judge (its
 * verdicts on rows and on spellings) by shape, windows and choose by the text
 * of a window and a unit. What is forgotten is looked at again: without them
 * all is found as it is, but for SHAPES_JUDGED in judge.c, which bounds the
 * time.
 */
#ifndef LINT_LINT_INTERNAL_H
#define LINT_LINT_INTERNAL_H

#include "base/slice.h"
#include "envfile/walk.h"
#include "lint/edits_internal.h"
#include "lint/glance.h"
#include "lint/judge.h"
#include "lint/lint.h"
#include "lint/seen_names.h"
#include "lint/told.h"

/* A variable that rules about values look at; the last of its name counts. */
struct lint_value {
	char *name;  /* owned */
	char *value; /* owned, wiped */
	size_t size;
	struct envfile_row row;
};

struct lint {
	struct report *report;
	const struct subject *subject;
	struct lint_value *values; /* owned */
	size_t value_count;
	struct seen_names *names; /* owned */
	/* Rules that a comment silences: for the next row, and for findings
	 * without a line. */
	bool silent_next[RULE_COUNT], silent_file[RULE_COUNT];
	bool silences, may_silence;
	struct glance glance;
	size_t returns;      /* rows that end in CR LF */
	struct judge *judge; /* owned */
	struct told *told;   /* owned */
	/* Of the present row, where it is judged; and who was named so far. */
	bool judged;
	struct judgement judgement;
	reader_set named;
	/* What is meant only its writer knows, and what is mended there would
	 * hide that: nothing of the row is. */
	bool unclear;
	struct edits *edits; /* borrowed */
	size_t said;         /* findings */
	size_t mendable;     /* bytes, of which the models know all */
	/* Behind the present row a reader may be in the middle of a value. */
	bool may_lose;
	reader_set may_run; /* who may run a part of it as a command */
	size_t twin;        /* of the edit that comes next (struct edit) */
	/* Stands for each finding that is only counted. */
	struct finding counted;
};

/*
 * A finding in a row, at `column` (an offset into its text), of `length` bytes.
 * NULL where it is silenced.
 */
struct finding *lint_say(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, size_t length,
	const char *format, ...) PRINTF(6, 7);
/* The same of a sentence in which %s stands for who suffers from it; NULL also
 * where nobody does. */
struct finding *lint_say_who(struct lint *lint, enum rule_id rule,
	const struct envfile_row *row, size_t at, size_t length,
	const char *sentence);
/* One of the file as a whole. */
struct finding *lint_say_file(struct lint *lint, enum rule_id rule,
	const char *format, ...) PRINTF(3, 4);
/*
 * Who of those who read the file suffers from what the rule is about: in a row
 * that was judged as the models have it, else as the rule has it. 0: the rule
 * is silent.
 */
reader_set lint_sufferers(const struct lint *lint, enum rule_id rule);
/* "node, bash and dash". Owned. */
char *readers_in_words(reader_set readers);
/* The same of the sufferers. Owned. */
char *lint_who(const struct lint *lint, enum rule_id rule);
/* What would mend the finding that was said last; NULL: nothing does. To whom
 * the row then reads otherwise, its sentence says. */
void lint_mend(struct lint *lint, const struct finding *finding,
	const struct envfile_row *row, size_t at, size_t size,
	struct slice text);
/* The same of one that is about the value itself: it is another to all. */
void lint_mend_value(struct lint *lint, const struct finding *finding,
	const struct envfile_row *row, size_t at, size_t size,
	struct slice text);

/*
 * Marks the rules that a line's comment silences ("# aigenv: disable=export");
 * blanks may be missing, or stand between names, and a remark may follow.
 * `comment` is how one begins. False where there is none. *unknown gets the
 * last name that is no rule's, and is left alone without one; it may be NULL.
 */
bool lint_directive(struct slice line, const char *comment,
	bool silent[RULE_COUNT], struct slice *unknown);

/* Says that a comment silences what is no rule, and which it may mean. */
void lint_unknown_rule(
	struct report *report, const struct place *place, struct slice name);

/* Whether a line of the file may have one: most have none. */
bool lint_may_silence(const struct subject *subject);

/* The same of all lines of a file. */
void lint_silent_in_file(const struct subject *subject, const char *comment,
	bool silent[RULE_COUNT]);

/* Whether the text is as random and as long as a key that somebody issued, with
 * its prefix or without one, and not made up. */
bool lint_is_issued(const char *value);

/*
 * In the text of a program. A template literal, from its ` on: whether it has a
 * password in an address beside what is put in or, where its name is a
 * secret's, something random. And the next key with an issuer's prefix: taken
 * off the front with all before it; false at the end.
 */
bool lint_template_has_secret(struct slice template, bool secret_name);
bool lint_take_key(struct slice *rest, struct slice *key);

/* Whether the assignment's value is a secret, and no placeholder for one. */
bool lint_is_secret(const struct envfile_row *row);

/* Whether there is a secret among the first assignments of an env file. */
bool lint_has_secret(const struct subject *subject);

/* An assignment, whose value may be a secret that does not belong there. `seen`
 * is what a glance at the row left (glance.h). */
void lint_secrets(
	struct lint *lint, const struct envfile_row *row, unsigned seen);

/* A value as it is spelt, with its quotes: who puts something else in for what
 * has a $, or runs it. */
void lint_dollar(
	struct lint *lint, const struct envfile_row *row, struct slice value);
/* Where $( or a backtick stands, which single quotes close off; else the size.
 */
size_t lint_find_command(struct slice value, bool single);

/* What is wrong with the spelling of an assignment's value. */
void lint_spelling(struct lint *lint, const struct envfile_row *row);

/* Where the finding's row is told reader by reader, in place of its advice. */
void lint_advise_spelling(struct lint *lint, struct finding *finding,
	const struct envfile_row *row);
/* Advises so where some of the readers know no quotes and others want them
 * around the value; the finding may be NULL. False where they are of one kind.
 */
bool lint_advise_two_files(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value);
/* The rule advises to put the value into quotes: that stays where all take it
 * right as `spelling`, which may be NULL. */
void lint_advise_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, const char *spelling,
	struct slice value);
/* The same of single quotes. */
void lint_advise_single_quotes(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value);
/* The same, but the value may be meant to have another variable's in it. */
void lint_advise_reference(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value);
/* The value itself has to be another: what was advised about quotes around it
 * is advice about that now, and nothing quotes it unless it is mended, too. */
void lint_advise_value(struct lint *lint, const struct envfile_row *row,
	const char *advice, bool is_mended);
/* The rule is about a value over several lines. */
void lint_advise_lines(struct lint *lint, struct finding *finding,
	const struct envfile_row *row, struct slice value);

/* Whether a bare value is all comment to those who need no blank before one:
 * KEY=#see the wiki. What is meant, nobody can tell. */
bool lint_may_be_comment(const struct envfile_row *row);
/* What is done where it cannot be told whether # begins a comment. */
const char *lint_advice_of_hash(void);

/* An assignment, whose quotes may be none. */
void lint_quotes(struct lint *lint, const struct envfile_row *row);
/* The bytes of the typographic quote that its value begins with, or 0. */
size_t lint_bent_quote(const struct envfile_row *row);
/* What two of them have between them, if it is all of the value and one word
 * that is the same to all readers: nobody quotes a number or an address in a
 * text. Else empty. */
struct slice lint_between_bent_quotes(const struct envfile_row *row);

/* What is wrong with the row itself. Judges it, where it is not simple. */
void lint_syntax(struct lint *lint, const struct envfile_row *row);
/* Keeps what lint_gateway is to look at. */
void lint_collect(struct lint *lint, const struct envfile_row *row);
/* The last of that name, which counts; NULL: none. */
const struct lint_value *lint_find_value(
	const struct lint *lint, const char *name);
/* Replaces the value where its spelling shows it as it is. */
void lint_mend_spelt(struct lint *lint, struct finding *finding,
	const struct lint_value *value, const char *text);
/* The variables of the gateway, together. */
void lint_gateway(struct lint *lint);

/*
 * The row's line that has `at`, as it may be shown: what may be a secret is
 * masked but for the bytes that the finding is about. *caret is the column of
 * `at` in it, from 1. Owned.
 */
char *lint_excerpt(
	const struct envfile_row *row, size_t at, size_t length, size_t *caret);

#endif
