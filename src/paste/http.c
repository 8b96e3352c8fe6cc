/* SPDX-License-Identifier: MIT */
/*
 * Requests as editors keep them (.http, .rest: "@name = value" above, "###"
 * between) and as they go over the wire: a method and its address, headers, an
 * empty line, a body. Each request is a scope of its own.
 */
#include "paste/paste_internal.h"

#include "base/attributes.h"

#include <string.h>

/* Past a method and the blanks behind it; false where the line begins with
 * none. */
static bool skip_method(struct slice *line)
{
	bool method = slice_take_any(
		line, WORDS("POST ", "GET ", "PUT ", "PATCH ", "DELETE "));

	*line = slice_skip_blanks(*line);
	return method;
}

/* What the first line of a request calls, without "HTTP/1.1". */
static bool take_target(struct slice line, struct slice *target)
{
	static const struct slice version = { " HTTP/", 6 };

	if (!skip_method(&line))
		return false;
	*target = slice_trimmed(
		slice_first(line, slice_find_part(line, version)));
	bool versioned = target->size < slice_trimmed(line).size;
	return is_address(*target) || slice_begins(*target, "{{") ||
		slice_begins(*target, "${") ||
		(versioned && slice_begins(*target, "/"));
}

/* What no request has around it, other than a program in whose comment one
 * is told: the comment's own begin and end, and a statement. */
static bool is_program(struct slice line)
{
	line = slice_trimmed(line);
	return slice_fits_any(line, slice_begins,
		       WORDS("/*", "*/", "import ", "export ", "from ",
			       "const ", "let ", "package ", "\"\"\"",
			       "'''")) ||
		(line.size > 1 &&
			slice_fits_any(line, slice_ends, WORDS(";", "{", "(")));
}

/* The next line that is not empty; an empty one at the end. */
static struct slice next_line(struct slice rest)
{
	struct slice line = slice_first(rest, 0);

	while (slice_take_line(&rest, &line) && slice_is_blank(line))
		;
	return line;
}

bool http_is(struct slice text)
{
	struct slice line;
	struct slice target;

	while (slice_take_line(&text, &line) && !is_program(line)) {
		if (take_target(line, &target))
			return !is_program(next_line(text));
	}
	return false;
}

/* {{name}}, {{$dotenv NAME}}, {{$processEnv NAME}}: what the text itself says
 * of it, else the name as a reference. */
static void expand(
	const struct findings *findings, struct slice text, struct buf *out)
{
	static const struct slice open = { "{{", 2 };
	static const struct slice close = { "}}", 2 };

	while (text.size > 0) {
		size_t start = slice_find_part(text, open);
		struct slice inside = slice_from(text, start + open.size);
		size_t size = slice_find_part(inside, close);

		if (size == inside.size) {
			buf_append(out, text.at, text.size);
			return;
		}
		buf_append(out, text.at, start);
		findings_resolve_expression(
			findings, slice_first(inside, size), out);
		text = slice_from(inside, size + close.size);
	}
}

/* "@name = value" */
static void bind_variable(struct findings *findings, struct slice line)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	size_t equals = slice_find(line, '=');

	if (!slice_begins(line, "@") || equals == line.size)
		return;
	expand(findings, slice_trimmed(slice_from(line, equals + 1)), &value);
	findings_bind(findings,
		slice_trimmed(slice_from(slice_first(line, equals), 1)),
		&value);
}

static void bind_variables(struct findings *findings, struct slice text)
{
	struct slice line;

	while (slice_take_line(&text, &line))
		bind_variable(findings, line);
}

/* A target without a host is on the one that the header Host names. */
static void add_target(
	struct findings *findings, struct slice target, struct slice host)
{
	SCOPED(buf) struct buf address = BUF(VALUE_LIMIT);

	if (slice_begins(target, "/")) {
		buf_text(&address, "https://");
		buf_append(&address, host.at, host.size);
	}
	buf_append(&address, target.at, target.size);
	findings_add(findings, ROLE_URL, &address, slice_of("request"));
}

/* The headers at the front of `rest`, up to the empty line. */
static struct slice take_headers(struct findings *findings, struct slice *rest)
{
	static const char host[] = "host:";
	struct slice found = { "", 0 };
	struct slice line;

	while (slice_take_line(rest, &line) && !slice_is_blank(line)) {
		if (slice_begins_ignoring_case(line, host))
			found = slice_trimmed(slice_from(line, strlen(host)));
		else
			(void)findings_header(findings, line);
	}
	return found;
}

/* Up to "###" or the next request. */
static struct slice take_body(struct slice *rest)
{
	struct slice body = slice_first(*rest, 0);
	struct slice behind = *rest;
	struct slice line;
	struct slice target;

	while (slice_take_line(&behind, &line) && !slice_begins(line, "###") &&
		!take_target(line, &target)) {
		*rest = behind;
		body.size = (size_t)(line.at + line.size - body.at);
	}
	return body;
}

static void read_request(
	struct findings *findings, struct slice target, struct slice *rest)
{
	static const struct opening opening = { .name = { "request", 7 },
		.call = true };

	findings_open(findings, &opening);
	struct slice host = take_headers(findings, rest);
	add_target(findings, target, host);
	code_read(findings, take_body(rest));
	findings_close(findings);
}

void http_read(struct findings *findings, struct slice text)
{
	SCOPED(buf) struct buf expanded = BUF((size_t)4 * PASTE_WORD_LIMIT);
	struct slice line;
	struct slice target;

	bind_variables(findings, text);
	expand(findings, text, &expanded);
	if (buf_failed(&expanded))
		return;
	text = (struct slice){ buf_cstring(&expanded), expanded.size };
	while (slice_take_line(&text, &line)) {
		if (take_target(line, &target))
			read_request(findings, target, &text);
	}
}
