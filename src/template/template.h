/* SPDX-License-Identifier: MIT */
/*
 * Mustache (specification 1.4.x, less lambdas, dynamic names and inheritance)
 * with one escaper per format, so that no value can break out of its place: a
 * tag stands for a whole value, quotes included.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/buf.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define TEMPLATE_LIMIT (1u << 20)
#define TEMPLATE_OUTPUT_LIMIT (16u << 20)

enum escaping {
	ESCAPE_NONE,
	ESCAPE_HTML,
	ESCAPE_ENV,  /* the portable spelling of envfile_quote */
	ESCAPE_JSON, /* a JSON value, quotes included */
	ESCAPE_JS,   /* a JavaScript literal, safe inside <script> too */
	ESCAPE_SH,   /* a POSIX shell word */
	ESCAPE_YAML, /* a YAML scalar */
	ESCAPE_COUNT
};

/* "none", "html", ...; ESCAPE_COUNT where it is not known. */
enum escaping escaping_find(const char *name);
const char *escaping_name(enum escaping escaping);
/* By a template's file name: ecosystem.config.cjs.mustache is js. */
enum escaping escaping_of_file(const char *name);

/* Appends one value escaped. STATUS_INVALID where the format cannot hold it. */
bool template_escape(enum escaping escaping, const char *name,
	const char *value, size_t size, struct buf *out, struct error *err)
	MUST_CHECK;

/* The text of a partial, or NULL for none. Borrowed until the next call. */
typedef const char *template_partial(
	void *context, const char *name, size_t *size);

struct template_options {
	const char *name; /* of the template, for messages */
	enum escaping escaping;
	/* A name that is not in scope is an error with line and column, and so
	 * are unescaped tags unless escaping is html or none. */
	bool strict;
	template_partial *partial; /* NULL: there are none */
	void *context;
};

/*
 * Renders with any JSON value as data. STATUS_INVALID with err.where
 * "name:line:column".
 */
bool template_render(const char *text, size_t size, json_t *data,
	const struct template_options *options, struct buf *out,
	struct error *err) MUST_CHECK;

#endif
