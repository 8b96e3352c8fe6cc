/* SPDX-License-Identifier: MIT */
#include "envfile/envfile_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The line at `at`, which is the last one so far. */
static void index_line(struct envfile *document, struct line *lines, size_t at)
{
	struct line *line = &lines[at];
	const struct line *before = at ? line - 1 : NULL;

	line->number = before ? before->number + before->rows : 1;
	if (!line->name)
		return;
	line->earlier = name_table_put(&document->last, line->name, at);
	MEMORY_PUSH(document->entries, document->entry_count, at);
}

/* After an edit by which lines have moved. */
static void index_lines(struct envfile *document)
{
	name_table_release(&document->last);
	document->entry_count = 0;
	struct line *lines = document->lines;
	for (size_t i = 0; i < document->count; i++)
		index_line(document, lines, i);
}

static void insert_line(struct envfile *document, size_t at, struct line line)
{
	struct line *lines = memory_grow(
		document->lines, document->count, sizeof(*document->lines));

	memmove(lines + at + 1, lines + at,
		(document->count - at) * sizeof(*lines));
	lines[at] = line;
	document->lines = lines;
	document->count++;
}

static void append_line(struct envfile *document, struct line line)
{
	insert_line(document, document->count, line);
	index_line(document, document->lines, document->count - 1);
}

static void delete_line(struct envfile *document, size_t at)
{
	struct line *lines = document->lines;

	line_release(&lines[at]);
	document->count--;
	memmove(lines + at, lines + at + 1,
		(document->count - at) * sizeof(*lines));
}

static void replace_line(
	struct envfile *document, size_t at, const char *bytes, size_t size)
{
	struct line line = make_line(bytes, size, document->raw);

	line_release(&document->lines[at]);
	document->lines[at] = line;
}

/* The line end that most lines have; LF where there are none or as many. */
static const char *usual_line_end(const char *bytes, size_t size)
{
	size_t lf = 0;
	size_t cr = 0;
	size_t both = 0;

	if (size == 0 || !memchr(bytes, '\r', size))
		return "\n";
	for (size_t i = 0; i < size; i++) {
		bool pair = bytes[i] == '\r' && i + 1 < size &&
			bytes[i + 1] == '\n';
		both += pair;
		cr += bytes[i] == '\r' && !pair;
		lf += bytes[i] == '\n';
		i += pair;
	}
	if (both > lf && both >= cr)
		return "\r\n";
	return cr > lf ? "\r" : "\n";
}

static bool check_bytes(const char *bytes, size_t size, struct error *err)
{
	if (size > ENVFILE_LIMIT)
		return error_tell(err, STATUS_INVALID,
			_("the file is larger than 1 MiB, too large for an env "
			  "file"),
			_("check that it is the right file"));
	if (size >= 2 &&
		(memcmp(bytes, "\xff\xfe", 2) == 0 ||
			memcmp(bytes, "\xfe\xff", 2) == 0))
		return error_tell(err, STATUS_INVALID, _("the file is UTF-16"),
			_("save it as UTF-8"));
	const char *nul = size ? memchr(bytes, '\0', size) : NULL;
	if (nul) {
		error_set(err, STATUS_INVALID, _("the file has a NUL byte"));
		error_at(err, _("line %zu"),
			count_line_ends(bytes, (size_t)(nul - bytes)) + 1);
		return error_next(err, _("save it as UTF-8 text without it"));
	}
	return true;
}

static bool parse(const char *bytes, size_t size, bool raw,
	struct envfile **document, struct error *err)
{
	if (!check_bytes(bytes, size, err))
		return false;
	struct envfile *made = memory_new(sizeof(*made));

	made->raw = raw;
	made->line_end = usual_line_end(bytes, size);
	size_t start = text_mark_size(bytes, size);
	made->has_mark = start > 0;
	made->text_size = size - start;
	made->text = memory_copy(bytes + start, made->text_size);
	made->strings = memory_new(strings_size(made->text_size));
	char *strings = made->strings;
	struct scanner scanner = { .text = made->text,
		.size = made->text_size };
	for (size_t at = 0; at < scanner.size;) {
		struct line line = scan_line(&scanner, at, raw, &strings);
		at += line.size;
		append_line(made, line);
	}
	*document = made;
	return true;
}

bool envfile_parse(const char *bytes, size_t size, struct envfile **document,
	struct error *err)
{
	return parse(bytes, size, false, document, err);
}

bool envfile_parse_for(const char *bytes, size_t size, reader_set readers,
	struct envfile **document, struct error *err)
{
	return parse(bytes, size, readers_are_raw(readers), document, err);
}

void envfile_free(struct envfile *document)
{
	if (!document)
		return;
	for (size_t i = 0; i < document->count; i++)
		line_release(&document->lines[i]);
	memory_free(document->text, document->text_size);
	memory_free(document->strings, strings_size(document->text_size));
	name_table_release(&document->last);
	free(document->lines);
	free(document->entries);
	free(document);
}

void envfile_format(const struct envfile *document, struct buf *out)
{
	if (document->has_mark)
		buf_text(out, TEXT_MARK);
	for (size_t i = 0; i < document->count; i++)
		buf_append(
			out, document->lines[i].raw, document->lines[i].size);
}

size_t envfile_count(const struct envfile *document)
{
	return document->entry_count;
}

static struct envfile_entry entry_of(const struct line *line)
{
	return (struct envfile_entry){
		.name = line->name,
		.value = line->value,
		.line = line->number,
		.column = line->spelling_at + 1,
		.cut = !line->quoted && line->spelling_end < line->size &&
			line->raw[line->spelling_end] == '#' &&
			!text_is_space(line->raw[line->spelling_end - 1]),
		.open = !line->quoted && *line->value &&
			strchr("\"'`", *line->value),
	};
}

void envfile_entry(const struct envfile *document, size_t index,
	struct envfile_entry *entry)
{
	*entry = entry_of(&document->lines[document->entries[index]]);
}

size_t envfile_next_stray(const struct envfile *document, size_t *at)
{
	while (*at < document->count) {
		const struct line *line = &document->lines[(*at)++];
		struct slice text =
			slice_trimmed((struct slice){ line->raw, line->size });
		if (!line->name && text.size > 0 && *text.at != '#')
			return line->number;
	}
	return 0;
}

bool envfile_find(const struct envfile *document, const char *name,
	struct envfile_entry *entry)
{
	size_t at = name_table_find(&document->last, name);

	if (at == NAME_NONE)
		return false;
	*entry = entry_of(&document->lines[at]);
	return true;
}

const char *envfile_get(const struct envfile *document, const char *name)
{
	size_t at = name_table_find(&document->last, name);

	return at != NAME_NONE ? document->lines[at].value : NULL;
}

bool envfile_has_spelling(
	const struct envfile *document, const char *name, const char *spelling)
{
	size_t at = name_table_find(&document->last, name);

	if (at == NAME_NONE)
		return false;
	const struct line *line = &document->lines[at];
	return text_is(line->raw + line->spelling_at,
		line->spelling_end - line->spelling_at, spelling);
}

/*
 * The comment after the value, as a line without its end. A backslash there
 * would make systemd take the next line for more of the comment.
 */
static void append_comment(const struct line *line, struct buf *out)
{
	size_t end = line->size - line->end_size;

	while (end > line->comment_at && text_is_space(line->raw[end - 1]))
		end--;
	buf_append(out, line->raw + line->comment_at, end - line->comment_at);
	if (line->raw[end - 1] == '\\')
		buf_byte(out, ' ');
}

/* Takes an assignment away; its comment stays as a line. Lines before it stay
 * where they are. */
static void dissolve(struct envfile *document, size_t at)
{
	const struct line *line = &document->lines[at];
	SCOPED(buf) struct buf text = BUF(line->size + 1);

	if (line->comment_at) {
		append_comment(line, &text);
		buf_append(&text, line->raw + line->size - line->end_size,
			line->end_size);
		replace_line(document, at, text.data, text.size);
	} else {
		delete_line(document, at);
	}
}

/* The assignment at `at`, and all of its name before it; index_lines follows.
 */
static void dissolve_all(struct envfile *document, size_t at)
{
	while (at != NAME_NONE) {
		size_t earlier = document->lines[at].earlier;
		dissolve(document, at);
		at = earlier;
	}
}

/* Puts another line of the same name in a line's place, and in its index. */
static void exchange_line(struct envfile *document, size_t at, struct line line)
{
	struct line *old = &document->lines[at];

	line.number = old->number;
	line.earlier = old->earlier;
	if (line.name)
		(void)name_table_put(&document->last, line.name, at);
	line_release(old);
	*old = line;
}

/* Gives the last line an end if it has none. */
static void finish_last_line(struct envfile *document)
{
	if (document->count == 0)
		return;
	const struct line *last = &document->lines[document->count - 1];
	if (last->end_size)
		return;
	exchange_line(document, document->count - 1,
		end_line(last, document->line_end));
}

bool line_exports(const struct line *line)
{
	return line->name && memchr(line->raw, 'e', line->name_at);
}

/* Readers to which `export` is part of the name, or an error. */
static bool may_export(const struct envfile *document)
{
	static const reader_set strangers = 1U << READER_DOTENV8 |
		1U << READER_SYSTEMD | 1U << READER_DOCKER |
		1U << READER_PODMAN | 1U << READER_ENV_CMD;

	return !(document->readers & strangers);
}

/* Where all lines have it, an app may rely on it: `. ./.env` alone exports. */
static bool all_export(const struct envfile *document)
{
	for (size_t i = 0; i < document->entry_count; i++)
		if (!line_exports(&document->lines[document->entries[i]]))
			return false;
	return document->entry_count > 0 && may_export(document);
}

static bool is_for_shells(const struct envfile *document)
{
	return document->readers & READERS_SHELLS;
}

void envfile_declare(struct envfile *document, reader_set readers)
{
	document->readers = readers;
}

/*
 * What stands before the name stays, in the form that most readers know: only
 * blanks (a tab is a part of the name to Node 20), and one after export.
 */
static void append_prefix(const struct envfile *document,
	const struct line *line, struct buf *out)
{
	size_t blanks = 0;

	while (blanks < line->name_at && line->raw[blanks] == ' ')
		blanks++;
	if (line_exports(line)) {
		buf_append(out, line->raw, blanks);
		if (may_export(document))
			buf_text(out, "export ");
	} else if (blanks == line->name_at) {
		buf_append(out, line->raw, blanks);
	}
}

/* Puts the spelling into the line at `at`, and its comment above it; says
 * whether index_lines has to follow. */
static bool respell(struct envfile *document, size_t at, const char *spelling)
{
	const struct line *line = &document->lines[at];
	char end[3] = "";
	SCOPED(buf) struct buf prefix = BUF(line->size + sizeof("export "));

	memcpy(end, line->raw + line->size - line->end_size, line->end_size);
	if (*end && is_for_shells(document))
		memcpy(end, "\n", sizeof("\n"));
	append_prefix(document, line, &prefix);
	struct line made = compose_line(
		buf_cstring(&prefix), line->name, spelling, end, document->raw);
	if (made.size == line->size &&
		memcmp(made.raw, line->raw, line->size) == 0) {
		line_release(&made);
		return false;
	}
	bool moved = made.rows != line->rows;
	SCOPED(buf) struct buf comment = BUF(line->size + 3);
	if (line->comment_at) {
		append_comment(line, &comment);
		buf_text(&comment, *end ? end : document->line_end);
	}
	exchange_line(document, at, made);
	if (comment.size == 0)
		return moved;
	insert_line(document, at,
		make_line(comment.data, comment.size, document->raw));
	return true;
}

void envfile_set(
	struct envfile *document, const char *name, const char *spelling)
{
	size_t last = name_table_find(&document->last, name);

	if (last == NAME_NONE) {
		finish_last_line(document);
		append_line(document,
			compose_line(all_export(document) ? "export " : "",
				name, spelling,
				is_for_shells(document) ? "\n"
							: document->line_end,
				document->raw));
		return;
	}
	/* Of two lines with one name Rust's dotenv takes the first. */
	size_t earlier = document->lines[last].earlier;
	bool moved = respell(document, last, spelling);
	dissolve_all(document, earlier);
	if (moved || earlier != NAME_NONE)
		index_lines(document);
}

void envfile_remove(struct envfile *document, const char *name)
{
	size_t last = name_table_find(&document->last, name);

	if (last == NAME_NONE)
		return;
	dissolve_all(document, last);
	index_lines(document);
}

static bool same_entries(
	const struct envfile *a, const struct envfile *b, size_t *line)
{
	size_t count = envfile_count(a);
	struct envfile_entry x = { .line = 1 };
	struct envfile_entry y = { .line = 1 };

	for (size_t i = 0; i < count && i < envfile_count(b); i++) {
		envfile_entry(a, i, &x);
		envfile_entry(b, i, &y);
		*line = y.line;
		if (!text_equal(x.name, y.name) ||
			!text_equal(x.value, y.value))
			return false;
	}
	return count == envfile_count(b);
}

bool envfile_reads_back(const struct envfile *document, struct error *err)
{
	SCOPED(buf) struct buf bytes = BUF((size_t)4 * ENVFILE_LIMIT);
	struct envfile *again = NULL;
	size_t line = 1;

	envfile_format(document, &bytes);
	if (buf_failed(&bytes) ||
		!parse(buf_cstring(&bytes), bytes.size, document->raw, &again,
			err))
		return error_set(err, STATUS_INVALID,
			_("the file would grow beyond 1 MiB"));
	bool same = same_entries(document, again, &line);
	envfile_free(again);
	if (same)
		return true;
	error_set(err, STATUS_INVALID,
		_("this line's value would take in the lines below it: its "
		  "quote is not closed, or it ends in a backslash"));
	error_at(err, _("line %zu"), line);
	return error_next(
		err, _("close the quote, or end the value in another way"));
}
