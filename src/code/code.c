/* SPDX-License-Identifier: MIT */
#include "code/code.h"

#include "base/attributes.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/name_table.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "code/source_internal.h"
#include "search/search.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Larger ones are not written by people, nor are longer lines. */
#define FILE_LIMIT ((size_t)2 << 20)
#define LINE_MOST 5000

/* Words that only files have which are looked at closer. A given name's tag
 * comes behind TAG_NAMES. */
enum tag {
	TAG_READS, /* a way to read variables */
	TAG_GATEWAY,
	TAG_KEY,
	TAG_NAMES,
};

/* A source without any of these reads nothing. */
static const char *const reading_words[] = { "process.env", "import.meta.env",
	"Bun.env", "nfigService", "config(", "config.get", "env.", "env(",
	"env:", "env!", "env/", "_env", "getenv", "Getenv", "environ",
	"Environ", "Env(", "EnvVar(", "EnvOr", "ENV[", "ENV.", "$_ENV",
	"LookupEnv", "envconfig:", "BaseSettings", "EnvSchema", "envSchema",
	"validationSchema", "class-validator" };

struct variable {
	char *name; /* owned */
	bool given; /* by any file, or by the code itself */
	bool read;
	bool missed; /* read where nothing else would do */
	bool asked;  /* the code can do without it, at some place */
	char *path;  /* of the first such place; owned */
	size_t line, column;
	size_t reads;
};

struct look {
	const struct code_check *check;
	struct tree *tree;
	struct needles *needles;
	struct scan *scan;
	bool has_readings, has_gateway;
	bool is_aside;      /* what the source reads is not the app's */
	uint64_t after_key; /* where the last key was told, + 1 */
	bool *seen;         /* owned: given names that some source has */
	struct buf text;
	struct source source;
	struct variable *variables; /* owned */
	size_t count;
	struct name_table names;
};

static struct variable *variable_of(struct look *look, const char *name)
{
	size_t at = name_table_find(&look->names, name);

	if (at == NAME_NONE) {
		look->variables = memory_grow(
			look->variables, look->count, sizeof(*look->variables));
		at = look->count++;
		look->variables[at] =
			(struct variable){ .name = memory_text(name) };
		(void)name_table_put(
			&look->names, look->variables[at].name, at);
	}
	return &look->variables[at];
}

static void tell(
	struct look *look, enum code_rule rule, size_t at, const char *name)
{
	struct code_finding finding = {
		.rule = rule, .path = look->source.path, .name = name
	};

	source_place(&look->source, at, &finding.line, &finding.column);
	look->check->tell(look->check->context, &finding);
}

/* While a file is scanned. */
static void note_word(void *context, const struct hit *hit)
{
	struct look *look = context;
	const char *key;

	switch (hit->tag) {
	case TAG_READS:
		look->has_readings = true;
		break;
	case TAG_GATEWAY:
		look->has_gateway = true;
		break;
	case TAG_KEY:
		key = text_key(look->source.text, look->source.size,
			(size_t)hit->offset);
		/* "sk- and "sk-proj- begin at one place. */
		if (key && look->after_key <= hit->offset &&
			!path_is_aside(look->source.path))
			tell(look, CODE_KEY, (size_t)hit->offset, key);
		if (key)
			look->after_key = hit->offset + 1;
		break;
	default:
		look->seen[hit->tag - TAG_NAMES] = true;
	}
}

static void note_given(void *context, const char *name)
{
	variable_of(context, name)->given = true;
}

/* The first place counts, by path and line. */
static void place_at(struct look *look, struct variable *variable, size_t at)
{
	const char *path = look->source.path;
	int order = variable->missed ? strcmp(path, variable->path) : -1;
	size_t line;
	size_t column;

	source_place(&look->source, at, &line, &column);
	if (order > 0 ||
		(order == 0 &&
			(line > variable->line ||
				(line == variable->line &&
					column >= variable->column))))
		return;
	if (order != 0) {
		free(variable->path);
		variable->path = memory_text(path);
	}
	variable->missed = true;
	variable->line = line;
	variable->column = column;
}

static void note_read(void *context, const struct read *read)
{
	struct look *look = context;
	struct variable *variable = variable_of(look, read->name);

	variable->given = variable->given || read->given;
	variable->read = true;
	if (read->given || look->is_aside)
		return;
	variable->asked = variable->asked || read->asked;
	if (read->asked)
		return;
	variable->reads++;
	place_at(look, variable, read->at);
}

/* What a bundler made, and no person wrote. */
static bool is_generated(const struct source *source)
{
	struct slice rest = { source->text, source->size };
	struct slice line;

	while (slice_take_line(&rest, &line))
		if (line.size > LINE_MOST)
			return true;
	return false;
}

static void look_into(struct look *look)
{
	bool is_shell =
		look->source.language & (LANGUAGE_SHELL | LANGUAGE_COMPOSE);
	size_t at;

	if (look->source.language == LANGUAGE_NONE ||
		!(look->has_readings || look->has_gateway || is_shell))
		return;
	look->is_aside =
		path_is_aside(look->source.path) || is_generated(&look->source);
	source_lex(&look->source);
	if (look->has_readings || is_shell)
		source_reads(&look->source, note_read, look);
	if (look->has_gateway && !look->is_aside &&
		source_bare_client(&look->source, &at))
		tell(look, CODE_NO_HEADER, at, "");
	if (look->has_gateway && !look->is_aside &&
		source_address(&look->source, &at))
		tell(look, CODE_ADDRESS, at, "");
	free(look->source.signs);
	look->source.signs = NULL;
}

static bool is_under(const char *path, const char *under)
{
	size_t size = strlen(under);

	return size == 0 ||
		(text_starts_with(path, under) && path[size] == '/');
}

static void look_at(struct look *look)
{
	const struct source *source = &look->source;

	if (path_gives(source->path) || source->language == LANGUAGE_SHELL)
		text_gives(source, note_given, look);
	if (path_only_gives(source->path) ||
		!is_under(source->path, look->check->under))
		return;
	look->has_readings = false;
	look->has_gateway = false;
	look->after_key = 0;
	scan_feed(look->scan, source->text, source->size);
	scan_end(look->scan);
	look_into(look);
}

/* All of the file in look->text; closes it. */
static bool read_file(struct look *look, int file)
{
	bool ok = false;

	for (;;) {
		char piece[16384];
		ssize_t got = read(file, piece, sizeof(piece));

		if (got < 0 && errno == EINTR)
			continue;
		ok = got == 0;
		if (got <= 0)
			break;
		buf_append(&look->text, piece, (size_t)got);
		if (memchr(piece, '\0', (size_t)got))
			break;
	}
	(void)close(file);
	return ok && !buf_failed(&look->text);
}

static void take_file(void *context, const struct tree_file *found)
{
	struct look *look = context;
	size_t size = 0;
	int file = tree_file(look->tree, found->path, &size);

	if (file < 0)
		return;
	if (size > FILE_LIMIT) {
		passed_note(&look->tree->passed, PASSED_LARGE, found->path);
		(void)close(file);
		return;
	}
	buf_clear(&look->text);
	if (!read_file(look, file)) {
		passed_note(&look->tree->passed, PASSED_BINARY, found->path);
		return;
	}
	const char *text = buf_cstring(&look->text);
	look->source = (struct source){ .path = found->path,
		.text = text,
		.size = look->text.size,
		.language = language_of(found->path, text, look->text.size) };
	look_at(look);
}

/* As libraries of settings have it: database_url, database.url. */
static void add_field(
	struct look *look, size_t tag, const char *name, char between)
{
	char *field = memory_text(name);

	for (char *at = field; *at; at++)
		*at = *at == '_' ? between : text_lower(*at);
	needles_add_word(look->needles, tag, field, true);
	free(field);
}

static void add_words(struct look *look)
{
	char word[64];

	for (size_t i = 0; i < ARRAY_SIZE(reading_words); i++)
		needles_add_word(
			look->needles, TAG_READS, reading_words[i], false);
	needles_add_word(
		look->needles, TAG_GATEWAY, "gateway.ai.cloudflare", false);
	needles_add_word(look->needles, TAG_GATEWAY, "CF_AIG_BASE_URL", false);
	for (const struct key_prefix *prefix = key_prefixes(); prefix->text;
		prefix++)
		for (const char *quote = "\"'`"; *quote; quote++) {
			(void)snprintf(word, sizeof(word), "%c%s", *quote,
				prefix->text);
			needles_add_word(look->needles, TAG_KEY, word, false);
		}
	for (size_t i = 0; i < look->check->given_count; i++) {
		const char *name = look->check->given[i];

		/* What is too short to be looked for is taken for read. */
		look->seen[i] = strlen(name) < SEARCH_WORD_LEAST ||
			platform_reads(name);
		needles_add_word(look->needles, TAG_NAMES + i, name, true);
		add_field(look, TAG_NAMES + i, name, '_');
		add_field(look, TAG_NAMES + i, name, '.');
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct variable *one = a;
	const struct variable *other = b;
	int order = one->path && other->path ? strcmp(one->path, other->path)
					     : (one->path ? -1 : 1);

	return order ? order
		     : (one->line > other->line) - (one->line < other->line);
}

static void tell_not_given(struct look *look)
{
	if (look->count > 0)
		qsort(look->variables, look->count, sizeof(*look->variables),
			compare_places);
	for (size_t i = 0; i < look->count; i++) {
		const struct variable *variable = &look->variables[i];

		if (variable->missed && !variable->given && !variable->asked &&
			!platform_gives(variable->name))
			look->check->tell(look->check->context,
				&(struct code_finding){ CODE_NOT_GIVEN,
					variable->path, variable->line,
					variable->column, variable->name,
					variable->reads - 1 });
	}
}

static void tell_names(struct look *look)
{
	const struct code_check *check = look->check;

	for (size_t i = 0; i < check->given_count; i++) {
		struct variable *variable = variable_of(look, check->given[i]);

		variable->given = true;
		if (!look->seen[i] && !variable->read)
			check->tell(check->context,
				&(struct code_finding){ .rule = CODE_NEVER_READ,
					.path = "",
					.name = check->given[i] });
	}
	/* It changes their order: no name is looked up behind it. */
	tell_not_given(look);
}

static void release(struct look *look)
{
	scan_free(look->scan);
	needles_free(look->needles);
	name_table_release(&look->names);
	for (size_t i = 0; i < look->count; i++) {
		free(look->variables[i].name);
		free(look->variables[i].path);
	}
	free(look->variables);
	free(look->seen);
	buf_release(&look->text);
}

bool code_look(const struct code_check *check, struct tree *tree)
{
	struct look look = { .check = check,
		.tree = tree,
		.needles = needles_new(),
		.seen = memory_array(check->given_count + 1, sizeof(bool)),
		.text = BUF(FILE_LIMIT + 16384) };

	add_words(&look);
	look.scan = scan_new(look.needles, note_word, &look);
	bool ok = tree_each(tree, take_file, &look);
	tell_names(&look);
	release(&look);
	return ok;
}
