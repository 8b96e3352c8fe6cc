/* SPDX-License-Identifier: MIT */
/*
 * What every question stands on: the draft and the prompt that it is asked
 * with, what a row of the table says of it, and how words reach the person.
 */
#ifndef WIZARD_ASKING_INTERNAL_H
#define WIZARD_ASKING_INTERNAL_H

#include "paste/paste.h"
#include "ui/prompt.h"
#include "wizard/draft.h"

#include <stddef.h>

/* A question (its place in the table), and the route that it is about; or of
 * the variables that the schema wants, which one. */
struct position {
	size_t question;
	size_t route;
};

struct asking {
	struct draft draft;
	struct prompt *prompt;    /* borrowed */
	struct position *history; /* owned: what < goes back to */
	size_t history_count;
	struct position next; /* what is asked next */
	bool returns;  /* by <, to what was asked, whatever answers it by now */
	size_t route;  /* the one that questions are about now */
	bool is_first; /* there is no question to go back to */
	bool replaces; /* a secret that a call has refused */
	bool told_keys;   /* why there are two */
	bool told_schema; /* why further variables are asked for */
	/* Further providers of the paste, which are offered; owned. */
	struct paste *others;
	size_t other_count;
	/* What was looked up (known.c), owned; NULL: not yet. */
	json_t *accounts;
	json_t *account; /* a list of that one, or empty */
	char *account_id;
	/* All is asked, also what is in the vault already; and so is the
	 * question that this begins with, whatever else speaks against it. */
	bool revises;
	struct position revised;
	/* What was said there of a setting, and a call has refused; owned.
	 * NULL where nothing was. */
	char *refused;
	const struct setting *refused_setting;
};

struct question;
struct choices;

/* Asks until there is an outcome, and takes the answer into the draft. */
typedef bool question_ask(struct asking *asking,
	const struct question *question, enum prompt_outcome *outcome,
	struct error *err);

struct question {
	question_ask *ask;
	/* What it fills, with its words and its check; NULL where ask knows. */
	const struct setting *setting;
	const char *text; /* the question, where it is no setting's own */
	const char *help;
	/* "-" takes the answer away, or is the empty text. */
	enum {
		NONE_IS_NO_ANSWER,
		NONE_IS_ABSENT,
		NONE_IS_EMPTY
	} none;
	prompt_tidy *tidy; /* or NULL */
	bool takes_paste;  /* an address in its place is taken apart */
	/* Where nothing was said and nothing is there; owned, or NULL. */
	char *(*preset)(const struct asking *asking);
	/* The text in place of the setting's own; owned, or NULL. */
	char *(*word)(const struct asking *asking);
	/* Whether it is asked, settled or not; NULL: where not settled. */
	bool (*applies)(const struct asking *asking);
	/* NULL-terminated list to choose from; Tab completes. Or NULL. */
	const char *const *(*examples)(const struct asking *asking);
	/* Why an answer can hardly be meant: it is asked whether it is all the
	 * same. Owned, or NULL. */
	char *(*doubt)(const struct asking *asking, const char *answer);
	/* What there is to choose from by number; or NULL. */
	void (*choices)(struct asking *asking, struct choices *choices);
	/* The text where there is such a list. */
	const char *text_of_list;
};

/* Wrapped to the terminal's width, with a newline. */
void say_paragraph(struct prompt *prompt, size_t indent, const char *text);

/* Says why an answer can hardly be meant; *meant: it is all the same. */
bool confirm_anyway(struct prompt *prompt, const char *why, const char *help,
	bool *meant, struct error *err) MUST_CHECK;

/* "  label     text", of a marked label, the text wrapped under itself; `style`
 * marks it. */
void say_row(struct prompt *prompt, const char *label, const char *style,
	const char *text);

/* STATUS_INVALID for an answer with a NUL in it, or that is not UTF-8. */
bool question_check_bytes(const char *answer, size_t size, struct error *err)
	MUST_CHECK;

struct field field_of(
	const struct asking *asking, const struct question *question);

/* The setting, of the present route where it is one of a route. */
struct field asking_field(const struct asking *asking, enum setting_id id);
/* What was said of it, or NULL. Borrowed from the draft. */
const char *asking_said(const struct asking *asking, enum setting_id id);

/* Whether that is what the last call refused: Enter does not offer it again. */
bool question_was_refused(const struct asking *asking,
	const struct setting *setting, const char *answer);

#define CHOICES_MOST 20

/* A numbered list above a question, to be answered by number too. */
struct choices {
	char *values[CHOICES_MOST + 1]; /* owned; NULL ends them */
	char *titles[CHOICES_MOST];     /* owned */
	size_t count;
	size_t left_out; /* what came after CHOICES_MOST */
};

/* Copies both; what is there already stays as it is. */
void choices_add(struct choices *choices, const char *value, const char *title);

void choices_say(struct prompt *prompt, const struct choices *choices);

/* The value behind a number from 1 on, or NULL. Borrowed. */
const char *choices_by_number(const struct choices *choices, const char *text);

void choices_release(struct choices *choices);

#endif
