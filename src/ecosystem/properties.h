/* SPDX-License-Identifier: MIT */
/*
 * What an ecosystem file says, as far as its text alone tells: the properties
 * of all objects that are written out in it, JSON and JavaScript alike. Nothing
 * is run, nothing refused: what cannot be followed (a call, a spread, a
 * variable) is an expression without a value.
 *
 *     apps: [{ name: "api", env: { PORT: 3000 } }]
 *
 * has four: apps; name and env, owned by apps; PORT, owned by env.
 */
#ifndef ECOSYSTEM_PROPERTIES_H
#define ECOSYSTEM_PROPERTIES_H

#include "base/slice.h"

#include <stddef.h>

/* What is beyond is not told. */
#define PROPERTIES_LIMIT 4000
#define PROPERTIES_DEPTH 64

enum property_kind {
	PROPERTY_TEXT,       /* a text in quotes */
	PROPERTY_JOINED,     /* 'a' + 'b': its value has quotes and signs */
	PROPERTY_WORD,       /* a number, true, false, null */
	PROPERTY_GROUP,      /* an object or list that is written out */
	PROPERTY_EXPRESSION, /* anything else */
};

struct property {
	enum property_kind kind;
	/* All borrow from the file's bytes, without quotes; value is "" of a
	 * group and of an expression. */
	struct slice name, value;
	struct slice owner; /* whose value the object is, through lists; "" */
	size_t object;      /* the object that it is in, from 1 */
	size_t above;       /* the object around that one; 0: none */
	size_t value_at;    /* offset, of a text with its quote */
	size_t value_end;
};

/* What no parser takes, as far as the text tells without doubt: a file with
 * a / that may be a regular expression is not judged. */
enum properties_fault {
	FAULT_NONE,
	FAULT_OPEN,   /* a bracket is never closed */
	FAULT_CLOSES, /* a bracket closes another kind, or nothing */
	FAULT_TEXT,   /* a text in quotes has no end on its line */
	FAULT_COMMA,  /* none stands between a value and what follows */
	FAULT_TAB,    /* YAML: a tab indents the line */
	FAULT_COLON,  /* YAML: a second key in one line's value */
};

struct properties {
	struct property *items; /* owned */
	size_t count;
	enum properties_fault fault; /* the first */
	size_t fault_at;             /* offset */
};

void properties_read(
	const char *bytes, size_t size, struct properties *properties);
/* The same of YAML, which PM2 knows too. */
void properties_read_yaml(
	const char *bytes, size_t size, struct properties *properties);

void properties_release(struct properties *properties);

#endif
