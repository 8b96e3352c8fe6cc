/* SPDX-License-Identifier: MIT */
/*
 * What the files of this module share: the parsed form, and how a value of the
 * data is written.
 *
 * A template is parsed once into a flat list of nodes in the order of the text.
 * A section's children are the nodes from the one after it up to its `end`, so
 * there is no tree to free and no depth to parsing.
 */
#ifndef TEMPLATE_TEMPLATE_INTERNAL_H
#define TEMPLATE_TEMPLATE_INTERNAL_H

#include "base/slice.h"
#include "template/template.h"

/* Sections and partials that are open at once. */
#define TEMPLATE_DEPTH_LIMIT 100
/* Nodes visited in one rendering: sections multiply, partials recurse. */
#define TEMPLATE_STEP_LIMIT ((size_t)1 << 20)
#define TEMPLATE_NAME_LIMIT 255

enum node_kind {
	NODE_TEXT,
	NODE_VALUE,    /* {{name}} */
	NODE_RAW,      /* {{{name}}}, {{&name}} */
	NODE_SECTION,  /* {{#name}} */
	NODE_INVERTED, /* {{^name}} */
	NODE_PARTIAL   /* {{>name}} */
};

struct node {
	enum node_kind kind;
	struct slice text;   /* the text itself, or the tag's name */
	struct slice indent; /* of a standalone partial: the blanks before */
	size_t offset;       /* of the tag in the template */
	size_t end;          /* of a section: one after its last child */
	/* A text that begins a line, be it empty: a partial's indentation goes
	 * in front of it. */
	bool line_start;
};

struct parsed_template {
	const char *name; /* borrowed, for messages */
	const char *text; /* borrowed; the nodes point into it */
	size_t size;
	struct node *nodes; /* owned */
	size_t count;
};

/* STATUS_INVALID with err.where "name:line:column". */
bool template_parse(struct parsed_template *parsed, const char *name,
	const char *text, size_t size, enum escaping escaping,
	struct error *err) MUST_CHECK;
void parsed_template_release(struct parsed_template *parsed);

/* Says where in the template; columns count characters. Returns false. */
bool template_error_at(
	const struct parsed_template *parsed, size_t offset, struct error *err);

/* How values are written. */
struct style {
	enum escaping escaping;
	reader_set readers; /* of an env file: who must read the same */
	const struct template_secrets *secrets; /* or NULL */
};

/* What the value stands for, or NULL: it stands for itself. */
const struct secret *template_secret_of(
	const struct template_secrets *secrets, const json_t *value);

/*
 * Appends one value escaped; `name` is the variable's, for messages.
 * STATUS_INVALID where the format cannot hold it (NUL, no UTF-8, and in env
 * what envfile_quote refuses for those readers).
 */
bool style_escape(struct style style, const char *name, const char *value,
	size_t size, struct buf *out, struct error *err) MUST_CHECK;

/* True for the formats whose scalars and lists stand without quotes. */
bool escaping_is_structured(enum escaping escaping);

/*
 * Appends any JSON value as the format writes it: strings by style_escape,
 * numbers, true, false, null, lists and objects as values of the format where
 * it has such (json, js, yaml), elsewhere as text, with null as empty text.
 */
bool template_write_value(struct style style, const char *name, json_t *value,
	struct buf *out, struct error *err) MUST_CHECK;

/* What `!!data` means to the specification: not false, null, "", 0 or []. */
bool template_is_truthy(
	const struct template_secrets *secrets, const json_t *value);

/* The quoted forms; `value` is UTF-8. */
void quote_json(const char *value, size_t size, struct buf *out);
void quote_js(const char *value, size_t size, struct buf *out);
void quote_yaml(const char *value, size_t size, struct buf *out);

#endif
