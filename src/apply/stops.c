/* SPDX-License-Identifier: MIT */
/* Foreign lines of an env file that stop a declared reader, in words. */
#include "apply/render_internal.h"

#include "base/i18n.h"
#include "base/memory.h"

/* Appends the warning: the file, the line, what is in it, and the readers. */
#define DESCRIBE(text) memory_printf(text, path, stop->line, readers)

/* Of lines below which something is lost. Owned. */
static char *describe_loss(
	const char *path, const struct envfile_stop *stop, const char *readers)
{
	switch (stop->kind) {
	case STOP_QUOTE:
		return DESCRIBE(_("%s, line %zu: a quote is opened and not "
				  "closed, so what is below is lost in %s"));
	case STOP_BRACKET:
		return DESCRIBE(_("%s, line %zu: a bracket or backtick is "
				  "opened and not closed, so what is below is "
				  "lost in %s; put the value in single "
				  "quotes"));
	case STOP_SYNTAX:
		return DESCRIBE(_("%s, line %zu: this stops a shell, so what "
				  "is below is lost in %s; put the value "
				  "in single quotes, or a # in front of the "
				  "line"));
	case STOP_NEXT:
		return DESCRIBE(_("%s, line %zu: the next line is taken for a "
				  "part of this one, and lost, in %s; take "
				  "this line out, or end it without a "
				  "backslash"));
	case STOP_MARK:
		return DESCRIBE(_("%s, line %zu: there is a byte order mark in "
				  "front, so the first variable is lost in "
				  "%s; save it as UTF-8 without that mark"));
	default:
		return DESCRIBE(
			_("%s, line %zu: the line ends in CR LF, and the "
			  "carriage return becomes part of the value in %s; "
			  "save the file with LF line ends"));
	}
}

/* Of lines for which the whole file is refused. Owned. */
static char *describe(
	const char *path, const struct envfile_stop *stop, const char *readers)
{
	switch (stop->kind) {
	case STOP_STRAY:
		return DESCRIBE(
			_("%s, line %zu: this is not an assignment, which "
			  "makes %s refuse the whole file; put a # in "
			  "front"));
	case STOP_VALUE:
		return DESCRIBE(_("%s, line %zu: the value is written in a way "
				  "that makes %s refuse the whole file; put it "
				  "in single quotes, on one line"));
	case STOP_NAME:
		return DESCRIBE(_("%s, line %zu: the name, or a blank behind "
				  "it, makes %s refuse the whole file; use "
				  "letters, digits and _"));
	case STOP_EXPORT:
		return DESCRIBE(
			_("%s, line %zu: the word export makes %s refuse "
			  "the whole file; give that reader an output "
			  "of its own"));
	case STOP_UTF8:
		return DESCRIBE(
			_("%s, line %zu: this is not UTF-8, which makes "
			  "%s refuse the whole file"));
	case STOP_LONG:
		return DESCRIBE(_("%s, line %zu: this is longer than 65535 "
				  "bytes, which makes %s refuse the whole "
				  "file"));
	default:
		return describe_loss(path, stop, readers);
	}
}

void warn_of_stops(const struct render_input *input,
	const struct envfile *document, reader_set declared,
	struct rendered *rendered)
{
	bool told[STOP_COUNT] = { false };
	struct envfile_stop stop;
	size_t at = 0;

	while (envfile_next_stop(document, declared, &at, &stop)) {
		SCOPED(buf) struct buf readers = BUF(1000);
		bool ours = stop.name &&
			variables_find(input->variables, stop.name);
		if (told[stop.kind] || ours)
			continue;
		told[stop.kind] = true;
		readers_format(stop.readers, &readers);
		rendered_add_warning(rendered,
			describe(rendered->output->path, &stop,
				buf_cstring(&readers)));
	}
}
