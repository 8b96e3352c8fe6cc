/* SPDX-License-Identifier: MIT */
#include "code/code.h"

#include "base/memory.h"
#include "base/name_table.h"
#include "base/slice.h"
#include "base/text.h"
#include "code/source_internal.h"
#include "search/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Larger ones are not written by people, nor are longer lines. */
#define FILE_LIMIT ((size_t)2 << 20)
#define LINE_MOST 5000
/* Where git looks for a NUL. */
#define BINARY_LOOK ((size_t)8000)

/* Words that only files have which are looked at closer. Behind TAG_WORDS come
 * those of reading_words, behind these the given names. */
enum tag {
	TAG_GATEWAY,
	TAG_VIPER,
	TAG_WORDS,
};

/* The search goes in steps by what the shortest has; and a shorter name in
 * lower case is any word. */
#define WORD_LEAST 8

struct variable {
	char *name; /* owned */
	bool given; /* by any file, or by the code itself */
	bool read;
	bool missed;     /* read where nothing else would do */
	bool asked;      /* the code can do without it, at some place */
	bool any_prefix; /* as a read has it */
	char *path;      /* of the first such place; owned */
	size_t line, column;
	size_t reads;
};

struct look {
	const struct code_check *check;
	struct tree *tree;
	struct needles *needles;
	struct scan *scan;
	bool has_gateway;
	bool binds_viper; /* in any file */
	bool is_aside;    /* what the source reads is not the app's */
	bool *seen;       /* owned: given names that some source has */
	char *text;       /* owned: FILE_LIMIT + 2 bytes */
	struct source source;
	struct variable *variables; /* owned */
	size_t count;
	struct name_table names;
};

static struct variable *variable_of(struct look *look, const char *name)
{
	size_t at = name_table_find(&look->names, name);

	if (at == NAME_NONE) {
		at = look->count;
		MEMORY_PUSH(look->variables, look->count,
			(struct variable){ .name = memory_text(name) });
		(void)name_table_put(
			&look->names, look->variables[at].name, at);
	}
	return &look->variables[at];
}

static void tell(
	struct look *look, enum code_rule rule, size_t at, const char *name)
{
	struct place place = source_place(&look->source, at);

	look->check->tell(look->check->context,
		&(struct code_finding){ .rule = rule,
			.path = look->source.path,
			.line = place.line,
			.column = place.column,
			.name = name });
}

static size_t tag_of_name(size_t given)
{
	return TAG_WORDS + reading_word_count + given;
}

/* While a file is scanned. */
static void note_word(void *context, const struct hit *hit)
{
	struct look *look = context;

	if (hit->tag == TAG_GATEWAY)
		look->has_gateway = true;
	else if (hit->tag == TAG_VIPER)
		look->binds_viper = true;
	else if (hit->tag >= tag_of_name(0))
		look->seen[hit->tag - tag_of_name(0)] = true;
	else
		look->source.has_words = look->source.has_words ||
			reading_word_counts(
				hit->tag - TAG_WORDS, &look->source);
}

static void note_key(void *context, size_t at, const char *prefix)
{
	struct look *look = context;

	if (!path_is_aside(look->source.path))
		tell(look, CODE_KEY, at, prefix);
}

static void note_given(void *context, const char *name)
{
	variable_of(context, name)->given = true;
}

/* The first place counts, by path and line. */
static void place_at(struct look *look, struct variable *variable, size_t at)
{
	const char *path = look->source.path;
	struct place place = source_place(&look->source, at);
	int order = variable->missed ? strcmp(path, variable->path) : -1;

	if (order == 0)
		order = place.line != variable->line
			? (place.line > variable->line) * 2 - 1
			: (place.column >= variable->column) * 2 - 1;
	if (order > 0)
		return;
	free(variable->path);
	variable->path = memory_text(path);
	variable->missed = true;
	variable->line = place.line;
	variable->column = place.column;
}

static void note_read(void *context, const struct read *read)
{
	struct look *look = context;
	struct variable *variable = variable_of(look, read->name);

	variable->given = variable->given || read->given;
	variable->read = true;
	if (read->given || look->is_aside ||
		platform_gives_to(look->source.path, read->name))
		return;
	variable->asked = variable->asked || read->asked;
	variable->any_prefix = variable->any_prefix || read->any_prefix;
	if (read->asked)
		return;
	variable->reads++;
	place_at(look, variable, read->at);
}

/* What a bundler made, and no person wrote. */
static bool is_generated(const struct source *source)
{
	const char *line = source->text;
	const char *end = line + source->size;

	/* Not line by line: from one to the last that begins near. */
	while (line && end - line > LINE_MOST) {
		line = memrchr(line, '\n', LINE_MOST + 1);
		line += line != NULL;
	}
	return line == NULL;
}

static void look_into(struct look *look, bool has_readings)
{
	bool has_placeholders =
		look->source.language & LANGUAGES_OF_PLACEHOLDERS;
	size_t at;

	if (look->source.language == LANGUAGE_NONE ||
		!(has_readings || look->has_gateway || has_placeholders))
		return;
	if (is_generated(&look->source))
		return;
	look->is_aside = path_is_aside(look->source.path);
	source_lex(&look->source);
	if (has_readings || has_placeholders)
		source_reads(&look->source, note_read, look);
	if (look->has_gateway && !look->is_aside &&
		source_bare_client(&look->source, &at))
		tell(look, CODE_NO_HEADER, at, "");
	if (look->has_gateway && !look->is_aside &&
		source_address(&look->source, &at))
		tell(look, CODE_ADDRESS, at, "");
}

static bool is_under(const char *path, const char *under)
{
	size_t size = strlen(under);

	return size == 0 ||
		(text_starts_with(path, under) && path[size] == '/');
}

/* As libraries of settings have it: database_url, database.url. */
static char *field_of(const char *name, char between)
{
	char *field = memory_text(name);

	for (char *at = field; *at; at++)
		*at = *at == '_' ? between : text_lower(*at);
	return field;
}

/* Those that are too short for the search, until they are seen. */
static void find_short_names(struct look *look)
{
	const struct slice text = { look->source.text, look->source.size };

	for (size_t i = 0; i < look->check->given_count; i++) {
		const char *name = look->check->given[i];

		if (!look->seen[i] && strlen(name) < WORD_LEAST)
			look->seen[i] = slice_contains(text, name);
	}
}

static void look_at(struct look *look)
{
	struct source *source = &look->source;

	if (source_gives(source) || source->language == LANGUAGE_SHELL)
		text_gives(source, note_given, look);
	if (path_only_gives(source->path) ||
		!is_under(source->path, look->check->under))
		return;
	look->has_gateway = false;
	scan_whole(look->scan, source->text, source->size);
	bool has_readings = source_may_read(source) || source->has_words;
	find_short_names(look);
	text_keys(source->text, source->size, note_key, look);
	look_into(look, has_readings);
	source_release(source);
}

/* All of the file in look->text, of which `expected` bytes are known to be
 * there, if any; closes it. Its size, or FILE_LIMIT + 1 where it is larger, or
 * -1. */
static ssize_t read_file(const struct look *look, int file, size_t expected)
{
	size_t size = 0;
	ssize_t got = 1;

	while (got > 0 && size <= FILE_LIMIT &&
		(size == 0 || size != expected)) {
		got = read(file, look->text + size, FILE_LIMIT + 1 - size);
		if (got > 0)
			size += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	(void)close(file);
	look->text[size] = '\0';
	return got < 0 ? -1 : (ssize_t)size;
}

static void take_file(void *context, const struct tree_file *found)
{
	struct look *look = context;
	struct passed_over *passed = &look->tree->passed;
	size_t expected;
	int file = tree_file(look->tree, found->path, &expected);

	if (file < 0)
		return;
	ssize_t size = read_file(look, file, expected);
	if (size < 0) {
		passed_note(passed, PASSED_UNREADABLE, found->path);
		return;
	}
	if ((size_t)size > FILE_LIMIT) {
		passed_note(passed, PASSED_LARGE, found->path);
		return;
	}
	if (memchr(look->text, '\0',
		    (size_t)size < BINARY_LOOK ? (size_t)size : BINARY_LOOK)) {
		passed_note(passed, PASSED_BINARY, found->path);
		return;
	}
	look->source = (struct source){ .path = found->path,
		.text = look->text,
		.size = (size_t)size,
		.language =
			language_of(found->path, look->text, (size_t)size) };
	look_at(look);
}

/* A team's own env file is what git ignores. */
static void take_ignored(void *context, const struct tree_file *found)
{
	if (path_is_env_file(found->path))
		take_file(context, found);
}

static void add_field(
	struct look *look, size_t tag, const char *name, char between)
{
	OWNED char *field = field_of(name, between);

	needles_add_word(look->needles, tag, field, true);
}

static void add_words(struct look *look)
{
	needles_add_word(
		look->needles, TAG_GATEWAY, "gateway.ai.cloudflare", false);
	needles_add_word(look->needles, TAG_GATEWAY, "CF_AIG_BASE_URL", false);
	needles_add_word(look->needles, TAG_VIPER, VIPER_BINDS, false);
	for (size_t i = 0; i < reading_word_count; i++)
		needles_add_word(look->needles, TAG_WORDS + i,
			reading_words[i].text, false);
	for (size_t i = 0; i < look->check->given_count; i++) {
		const char *name = look->check->given[i];

		look->seen[i] = platform_reads(name);
		if (strlen(name) < WORD_LEAST)
			continue;
		needles_add_word(look->needles, tag_of_name(i), name, true);
		add_field(look, tag_of_name(i), name, '_');
		add_field(look, tag_of_name(i), name, '.');
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

static bool is_given_with_prefix(
	const struct look *look, const struct variable *variable)
{
	OWNED char *end = memory_printf("_%s", variable->name);
	bool found = false;

	for (size_t i = 0; i < look->count && !found; i++)
		found = look->variables[i].given &&
			text_ends_with(look->variables[i].name, end);
	return found;
}

static bool is_not_given(
	const struct look *look, const struct variable *variable)
{
	return variable->missed && !variable->given && !variable->asked &&
		!platform_gives(variable->name) &&
		(!variable->any_prefix ||
			(look->binds_viper &&
				!is_given_with_prefix(look, variable)));
}

static void tell_not_given(struct look *look)
{
	if (look->count > 0)
		qsort(look->variables, look->count, sizeof(*look->variables),
			compare_places);
	for (size_t i = 0; i < look->count; i++) {
		const struct variable *variable = &look->variables[i];

		if (is_not_given(look, variable))
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
	memory_free(look->text, FILE_LIMIT + 2);
}

bool code_look(const struct code_check *check, struct tree *tree)
{
	struct look look = { .check = check,
		.tree = tree,
		.needles = needles_new(),
		.seen = memory_array(check->given_count + 1, sizeof(bool)),
		.text = memory_new(FILE_LIMIT + 2) };

	add_words(&look);
	look.scan = scan_new(look.needles, note_word, &look);
	bool ok = tree_each(tree, take_file, &look);

	tree_each_ignored(tree, take_ignored, &look);
	tell_names(&look);
	release(&look);
	return ok;
}
