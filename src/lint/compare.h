/* SPDX-License-Identifier: MIT */
/*
 * What each reader makes of one row of an env file, those together that make
 * the same of it, and the spelling on which the most of them agree.
 */
#ifndef LINT_COMPARE_H
#define LINT_COMPARE_H

#include "base/error.h"
#include "envfile/walk.h"
#include "readers/view.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outcome_kind {
	OUTCOME_VALUE,
	OUTCOME_EXPANDED,   /* other variables' values are put in */
	OUTCOME_RUNS,       /* a part of the value is run as a command */
	OUTCOME_OTHER_NAME, /* a variable of another name */
	OUTCOME_NOTHING,    /* no variable */
	OUTCOME_COMMAND,    /* no variable: the row is run as a command */
	OUTCOME_REFUSED,    /* an error: the whole file is lost */
	OUTCOME_ENDED,      /* the reading ends here */
};

/* Why a reader never comes to the row, whatever stands in it. */
enum hindrance_kind {
	HINDRANCE_REFUSED, /* another row has the whole file refused */
	HINDRANCE_ENDED,   /* the reading ends above it */
	HINDRANCE_PART,    /* it is a part of the value of a row above */
};

struct hindrance {
	enum hindrance_kind kind;
	size_t line; /* of that row, from 1 */
	reader_set readers;
};

/* What the readers of one group make of it. */
struct outcome {
	enum outcome_kind kind;
	const struct reader_sight *sight; /* the first one's; borrowed */
	uint32_t models; /* who: bit 1 << index in reader_models */
};

struct comparison {
	size_t line;
	char *name;      /* owned; NULL where the row is not an assignment */
	bool secret;     /* values may be shown masked alone */
	reader_set with; /* who is compared */
	/* Of the row in its file; who never comes to it, of the row alone. */
	struct reader_sight sights[READER_MODELS];
	struct outcome outcomes[READER_MODELS];
	size_t count;
	/* Who does not take the value that most take, in any version. */
	reader_set apart;
	struct hindrance hindrances[READER_MODELS]; /* by line */
	size_t hindrance_count;
	/* What the row was meant to say: the value that most have, or of
	 * 'it'\''s a shell's. NULL where nobody has one. */
	const struct reader_sight *meant;
	/* $NAME or ${NAME} may be meant to be another variable's value, which
	 * some put in. */
	bool is_reference;
	/* NAME=spelling of that value; owned and wiped; NULL where there is
	 * none, and `refusal` may say why. */
	char *spelled;
	reader_set differ; /* who will not take that right either */
	bool is_spelled;   /* the row says just that */
	struct error refusal;
};

/* Where an inline comment begins that is one to most readers; 0: there is none.
 * A # with no blank before it is a part of the value to half of them. */
size_t inline_comment(const struct envfile_row *row);

/* Of a value that begins with a quote: it ends with the same, and has one
 * within that closes it before. */
bool is_closed_within(const struct envfile_row *row);

/* `row` is one of the file's, and neither blank nor a comment. */
void comparison_make(struct comparison *comparison, const char *bytes,
	size_t size, const struct envfile_row *row, reader_set with);
/* Fills what is there to be shown: `secret`, and `spelled` or `refusal`. */
void comparison_spell(
	struct comparison *comparison, const struct envfile_row *row);
void comparison_release(struct comparison *comparison);

/*
 * The value that a reader has, as it may be shown on one line of some `room`
 * columns: a secret masked, with its length; line breaks and blanks at the ends
 * made visible. Appends.
 */
void comparison_show_value(const struct comparison *comparison,
	const struct reader_sight *sight, size_t room, struct buf *out);
/* What it calls the variable; what may be no name at all is masked. */
void comparison_show_name(const struct comparison *comparison,
	const struct reader_sight *sight, struct buf *out);
/* What `spelled` is, likewise; its own line breaks stay. Appends. */
void comparison_show_spelling(
	const struct comparison *comparison, struct buf *out);

/* How the value is to be written in the place of its mask, as one sentence. */
const char *comparison_form(const struct comparison *comparison);

/* "node (20), dotenv": a reader without its version where all of its versions
 * are there. Appends. */
void comparison_format_models(uint32_t models, struct buf *out);

/* {"file", "line", "name", "readers": [...], "spelling", "differ",
 * "reference"}, values
 * masked alike (help json). Owned by the caller. */
json_t *comparison_json(const struct comparison *comparison, const char *file);

#endif
