/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/command.h"
#include "os/file.h"
#include "os/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DONE_SIGN STYLE_GOOD "✓" STYLE_END " "

/* Bytes that are kept back until a flush. */
#define PENDING_SIZE 8192

#define DOCUMENT_BEGIN "{"

/* A document larger than this is a mistake of ours. */
#define DOCUMENT_LIMIT ((size_t)64 << 20)

static void stream_init(
	struct output_stream *stream, int file, const char *name, bool no_color)
{
	*stream = (struct output_stream){
		.file = file,
		.name = name,
		.style = style_for(file, no_color),
		.pending = BUF(DOCUMENT_LIMIT),
	};
}

static void stream_write(
	struct output_stream *stream, const void *bytes, size_t size)
{
	struct error err;

	if (size == 0 || stream->error.status != STATUS_OK)
		return;
	if (file_write_all(stream->file, stream->name, bytes, size, &err))
		return;
	error_next(&err, _("see where %s goes to, and run it again"),
		stream->name);
	stream->error = err;
}

static void stream_flush(struct output_stream *stream)
{
	stream_write(
		stream, buf_cstring(&stream->pending), stream->pending.size);
	buf_clear(&stream->pending);
}

static void stream_marked(
	struct output_stream *stream, const char *text, size_t size)
{
	style_render(&stream->style, text, size, &stream->pending);
	if (stream->pending.size >= PENDING_SIZE)
		stream_flush(stream);
}

/* On a terminal in lines that fit it. */
static void stream_lines(
	struct output_stream *stream, const char *text, size_t size)
{
	SCOPED(buf) struct buf lines = BUF(DOCUMENT_LIMIT);

	if (!terminal_is(stream->file)) {
		stream_marked(stream, text, size);
		return;
	}
	layout_lines(&lines, text, size, terminal_columns(stream->file));
	stream_marked(stream, buf_cstring(&lines), lines.size);
}

/* The sign in front, or "", is laid out with the text. */
PRINTF(4, 0)
static void stream_format(struct output_stream *stream, const char *sign,
	const struct advice *advice, const char *format, va_list values)
{
	SCOPED(buf) struct buf shown = BUF(DOCUMENT_LIMIT);
	char *text = memory_vprintf(format, values);
	const size_t size = strlen(text);

	buf_text(&shown, sign);
	if (advice)
		advice_complete(advice, text, size, &shown);
	else
		buf_append(&shown, text, size);
	/* Results stay as they are: the restart command is one of them. */
	if (advice)
		stream_lines(stream, buf_cstring(&shown), shown.size);
	else
		stream_marked(stream, buf_cstring(&shown), shown.size);
	memory_free(text, size);
}

/* Of a document that was begun already the rest. */
static void offer_last(const struct output *output)
{
	const size_t begun = output->begun ? sizeof(DOCUMENT_BEGIN) - 1 : 0;
	const struct buf *last = &output->last;

	if (last->size > begun)
		terminal_last_document(
			buf_cstring(last) + begun, last->size - begun);
}

/* A terminal gets C1 controls and their like as \u escapes. */
static size_t document_flags(const struct output *output)
{
	return JSON_INDENT(2) |
		(terminal_is(output->results.file) ? JSON_ENSURE_ASCII : 0);
}

/* From here on Ctrl-C leaves this document. */
static void keep_last(struct output *output, const json_t *document)
{
	terminal_last_document(NULL, 0);
	buf_clear(&output->last);
	json_format_as(document, document_flags(output), &output->last);
	buf_byte(&output->last, '\n');
	if (!buf_failed(&output->last))
		offer_last(output);
}

static json_t *interrupted_record(const struct output *output)
{
	struct error err;

	error_set(&err, STATUS_INTERRUPTED, _("interrupted"));
	return json_build("{error:%o}", output_error_record(output, &err));
}

void output_keep(struct output *output)
{
	if (!output->json || output->wrote_bytes)
		return;
	JSON_SCOPED json_t *document = output->document
		? json_incref(output->document)
		: interrupted_record(output);
	keep_last(output, document);
}

void output_init(struct output *output, const struct global_options *global,
	const struct command *const *all)
{
	*output = (struct output){
		.json = global->json,
		.quiet = global->quiet,
		.verbose = global->verbose,
		.advice = { .all = all,
			.directory = global->directory,
			.file = global->file,
			.profile = global->profile,
			.made = global->profile },
	};
	stream_init(
		&output->results, STDOUT_FILENO, "stdout", global->no_color);
	stream_init(&output->notes, STDERR_FILENO, "stderr", global->no_color);
	output->live = terminal_is(STDERR_FILENO) && !global->quiet &&
		terminal_can_erase();
	output->last = BUF(DOCUMENT_LIMIT);
	output_keep(output);
}

static void advise(const char *name, char **owned, const char **advised)
{
	char *copy = name ? memory_text(name) : NULL;

	free(*owned);
	*owned = copy;
	*advised = copy;
}

void output_advise_profile(struct output *output, const char *profile)
{
	output_advise_profiles(output, profile, profile);
}

void output_advise_profiles(
	struct output *output, const char *profile, const char *made)
{
	advise(profile, &output->profile, &output->advice.profile);
	advise(made, &output->made, &output->advice.made);
}

void output_advise_older(struct output *output, bool older)
{
	output->advice.older = older;
}

char *output_advice(const struct output *output, const char *text)
{
	SCOPED(buf) struct buf shown = BUF(DOCUMENT_LIMIT);

	advice_complete(&output->advice, text, strlen(text), &shown);
	return memory_text(buf_cstring(&shown));
}

/* Takes the line back, so that what comes next stands in its place. */
static void clear_progress(struct output *output)
{
	static const char erase[] = "\r\033[K";

	if (output->progress)
		stream_write(&output->notes, erase, sizeof(erase) - 1);
	output->progress = false;
}

/* Notes keep their place among the results where both are one terminal. What
 * was done is a line of its own. */
PRINTF(4, 0)
static void say(struct output *output, const char *sign,
	const struct advice *advice, const char *format, va_list values)
{
	clear_progress(output);
	stream_flush(&output->results);
	stream_format(&output->notes, sign, advice, format, values);
	if (*sign)
		stream_marked(&output->notes, "\n", 1);
	stream_flush(&output->notes);
}

PRINTF(3, 0)
static void tell_result(struct output *output, const struct advice *advice,
	const char *format, va_list values)
{
	if (output->json)
		return;
	clear_progress(output);
	stream_format(&output->results, "", advice, format, values);
}

/* Laid out as a note is, and no command in it completed. */
static const struct advice as_it_is = { .all = NULL };

void output_text(struct output *output, const char *format, ...)
{
	WITH_VALUES(tell_result(output, NULL, format, values));
}

void output_words(struct output *output, const char *format, ...)
{
	WITH_VALUES(tell_result(output, &as_it_is, format, values));
}

void output_note(struct output *output, const char *format, ...)
{
	if (!output->quiet)
		WITH_VALUES(say(output, "", &output->advice, format, values));
}

void output_done(struct output *output, const char *format, ...)
{
	if (!output->quiet)
		WITH_VALUES(say(
			output, DONE_SIGN, &output->advice, format, values));
}

void output_done_as_is(struct output *output, const char *format, ...)
{
	if (!output->quiet)
		WITH_VALUES(say(output, DONE_SIGN, &as_it_is, format, values));
}

void output_warning(struct output *output, const char *format, ...)
{
	WITH_VALUES(say(output, "", &output->advice, format, values));
}

void output_detail(struct output *output, const char *format, ...)
{
	if (output->verbose)
		WITH_VALUES(say(output, "", &output->advice, format, values));
}

/* Bytes of the line that fit: whole parts of it ("a · b · c") where one does.
 */
static size_t cut_to_width(const char *line, size_t columns)
{
	static const char between[] = " · ";
	size_t whole = text_cut(line, strlen(line));
	size_t size = whole;

	while (size && style_width(line, size) >= columns)
		size = text_cut(line, size - 1);
	for (size_t end = size; size < whole && end > 0; end--)
		if (strncmp(line + end, between, sizeof(between) - 1) == 0)
			return end;
	return size;
}

void output_progress(struct output *output, const char *format, ...)
{
	char line[256];

	if (!output->live)
		return;
	WITH_VALUES((void)vsnprintf(line, sizeof(line), format, values));
	clear_progress(output);
	stream_flush(&output->results);
	size_t size = cut_to_width(line, terminal_columns(output->notes.file));
	stream_marked(&output->notes, STYLE_DIM, 1);
	stream_marked(&output->notes, line, size);
	stream_marked(&output->notes, STYLE_END, 1);
	stream_flush(&output->notes);
	output->progress = true;
}

size_t output_width(const struct output *output, bool results)
{
	const struct output_stream *stream =
		results ? &output->results : &output->notes;

	return terminal_is(stream->file) ? terminal_columns(stream->file)
					 : SIZE_MAX;
}

size_t output_columns(const struct output *output)
{
	return terminal_columns(output->results.file);
}

void output_marked(struct output *output, const struct buf *text)
{
	if (output->json)
		return;
	clear_progress(output);
	stream_marked(&output->results, buf_cstring(text), text->size);
}

void output_table(
	struct output *output, const struct table *table, size_t indent)
{
	SCOPED(buf) struct buf text = BUF(DOCUMENT_LIMIT);

	table_render(table, indent, output_columns(output), &text);
	output_marked(output, &text);
}

void output_bytes(struct output *output, const void *bytes, size_t size)
{
	clear_progress(output);
	stream_flush(&output->results);
	stream_write(&output->results, bytes, size);
	output->wrote_bytes = true;
	terminal_last_document(NULL, 0);
}

void output_content(
	struct output *output, json_t *document, const void *bytes, size_t size)
{
	if (!output->json) {
		json_decref(document);
		output_bytes(output, bytes, size);
		return;
	}
	json_put(document, "text", json_new_bytes(bytes, size));
	output_json(output, document);
}

void output_json(struct output *output, json_t *document)
{
	json_decref(output->document);
	output->document = document;
}

/* One line of an error: a line break in it would look like our own next one,
 * and no text of it has marks of ours. */
static void error_line(
	struct output *output, const char *label, const char *text)
{
	struct output_stream *stream = &output->notes;

	if (!*text)
		return;
	OWNED char *line = output_advice(output, text);
	size_t size = strlen(line);
	for (size_t i = 0; i < size; i++)
		if (line[i] == '\n' || line[i] == '\t')
			line[i] = ' ';
	OWNED char *shown = style_foreign(line);
	OWNED char *whole = memory_printf("%s %s\n", label, shown);
	stream_lines(stream, whole, strlen(whole));
}

static void error_detail(
	struct output *output, const char *label, const char *text)
{
	SCOPED(buf) struct buf padded = BUF(256);

	buf_text(&padded, STYLE_DIM "  ");
	layout_label(&padded, label, 5);
	buf_text(&padded, STYLE_END " ");
	error_line(output, buf_cstring(&padded), text);
}

void output_error(struct output *output, const struct error *err)
{
	clear_progress(output);
	stream_flush(&output->results);
	error_line(output, STYLE_BAD "aigenv:" STYLE_END,
		err->what[0] ? err->what : _("it failed"));
	/* A name's line break is seen, too. */
	OWNED char *where = style_foreign(err->where);
	error_detail(output, _("where"), where);
	error_detail(output, _("next"), err->next);
	stream_flush(&output->notes);
}

json_t *output_error_record(
	const struct output *output, const struct error *err)
{
	OWNED char *what = output_advice(output, err->what);
	OWNED char *next = output_advice(output, err->next);

	return json_build("{exit_code:%i, what:%s, where:%s, next:%s}",
		(int)err->status, what, err->where[0] ? err->where : NULL,
		*next ? next : NULL);
}

void output_error_json(struct output *output, const struct error *err)
{
	if (!output->document && !output->wrote_bytes)
		output_json(output,
			json_build("{error:%o}",
				output_error_record(output, err)));
}

void output_flush(struct output *output)
{
	clear_progress(output);
	stream_flush(&output->results);
	stream_flush(&output->notes);
}

/* Nobody knows of a pipe whether its reader stays for the rest. */
static bool is_pipe(const struct output_stream *stream)
{
	struct stat status;

	return fstat(stream->file, &status) == 0 &&
		(S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

/* Every document is an object: where its first byte finds no place, the others
 * would not, either. */
static void begin_document(struct output *output)
{
	if (!output->json || output->begun || output->wrote_bytes)
		return;
	stream_write(
		&output->results, DOCUMENT_BEGIN, sizeof(DOCUMENT_BEGIN) - 1);
	output->begun = true;
	offer_last(output);
}

bool output_is_written(struct output *output, struct error *err)
{
	if (!is_pipe(&output->results)) {
		output_flush(output);
		begin_document(output);
	}
	if (output->results.error.status == STATUS_OK)
		return true;
	*err = output->results.error;
	return false;
}

/* Of what was begun already the rest. */
static int append_to_document(const char *bytes, size_t size, void *context)
{
	struct output *output = context;
	const size_t begun =
		output->begun && size ? sizeof(DOCUMENT_BEGIN) - 1 : 0;

	buf_append(&output->results.pending, bytes + begun, size - begun);
	output->begun = output->begun && begun == 0;
	return 0;
}

static bool print_document(struct output *output, struct error *err)
{
	struct buf *pending = &output->results.pending;
	int failed = 0;

	if (!output->document && output->wrote_bytes)
		return true;
	if (output->document)
		failed = json_dump_callback(output->document,
			append_to_document, output, document_flags(output));
	else
		(void)append_to_document("{}", 2, output);
	buf_byte(pending, '\n');
	if (failed == 0 && !buf_failed(pending))
		return true;
	error_set(err, STATUS_IO, _("the JSON document cannot be written"));
	return error_next(err, _("run it without --json"));
}

bool output_finish(struct output *output, struct error *err)
{
	clear_progress(output);
	terminal_last_document(NULL, 0);
	bool printed = !output->json || print_document(output, err);
	output_flush(output);
	if (output->results.error.status == STATUS_OK)
		return printed;
	*err = output->results.error;
	return error_next(err,
		_("all but the printing was done; see where %s goes to before "
		  "you run it again"),
		output->results.name);
}

void output_release(struct output *output)
{
	terminal_last_document(NULL, 0);
	buf_release(&output->last);
	json_decref(output->document);
	free(output->profile);
	free(output->made);
	buf_release(&output->results.pending);
	buf_release(&output->notes.pending);
	*output = (struct output){ 0 };
}
