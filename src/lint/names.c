/* SPDX-License-Identifier: MIT */
/* An env file beside its example: which names one has and the other has not. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/name_table.h"
#include "import/import.h"
#include "os/file.h"
#include "profile/schema.h"

#include <stdlib.h>

/* Names that are told in one sentence. */
#define SHOWN 8
/* Bytes of an example that are searched for names in comments. */
#define COMMENTS_LIMIT ((size_t)1 << 16)

/* Files that are read together with it, by their endings. */
static const char *const beside[] = { ".local", ".development", ".production",
	".development.local", ".production.local" };

/* NULL where there is none that can be read. Owned. */
static struct envfile *read_document(const char *path, const char *ending)
{
	SCOPED(buf) struct buf bytes = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;
	struct error ignored;
	OWNED char *whole = memory_printf("%s%s", path, ending);

	if (!file_read(whole, &bytes, NULL, &ignored) ||
		!envfile_parse(
			buf_cstring(&bytes), bytes.size, &document, &ignored))
		document = NULL;
	return document;
}

struct looking {
	struct report *report;
	struct envfile *given[ARRAY_SIZE(beside) + 1]; /* owned; NULL: not there
							*/
	struct envfile *example;                       /* owned */
	struct buf text;                               /* of the example */
	struct name_table commented;                   /* names in it */
	char *example_name;                            /* owned */
	struct imported imported; /* what its comments say */
	bool silent[RULE_COUNT];
	const struct lint_schema *schema; /* or NULL */
};

/* Of such a name the schema says that it may be missing, or lint_schema that it
 * must not. */
static bool is_schemas(const struct looking *looking, const char *name)
{
	const struct lint_schema *schema = looking->schema;

	return schema && schema_entry(schema->settings, name) &&
		(schema->is_whole || !schema_requires(schema->settings, name));
}

static bool is_given(const struct looking *looking, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(looking->given); i++)
		if (looking->given[i] && envfile_get(looking->given[i], name))
			return true;
	return false;
}

/* "# PORT=3000" is what may be set. The text gets a NUL behind each name. */
static void index_comments(struct looking *looking)
{
	struct slice rest = slice_first(
		(struct slice){ looking->text.data, looking->text.size },
		COMMENTS_LIMIT);
	struct slice line;

	while (slice_take_line(&rest, &line)) {
		line = slice_trimmed(line);
		if (!slice_begins(line, "#"))
			continue;
		line = slice_skip_blanks(slice_from(line, 1));
		size_t equals = slice_find(line, '=');
		if (equals == line.size)
			continue;
		looking->text.data[line.at + equals - looking->text.data] =
			'\0';
		(void)name_table_put(&looking->commented, line.at, 0);
	}
}

static void check_missing(struct looking *looking)
{
	for (size_t i = 0; i < envfile_count(looking->example); i++) {
		struct envfile_entry entry;
		envfile_entry(looking->example, i, &entry);
		if (looking->silent[RULE_NAME_MISSING] ||
			is_given(looking, entry.name) ||
			json_object_get(
				looking->imported.optional, entry.name) ||
			is_schemas(looking, entry.name))
			continue;
		(void)report_add(looking->report, RULE_NAME_MISSING, NULL,
			_("%s is in line %zu of %s, and not here"), entry.name,
			entry.line, looking->example_name);
	}
}

/* All in one: it is no fault, and there may be many. */
static void check_unknown(struct looking *looking)
{
	SCOPED(buf) struct buf names = BUF(65536);
	size_t count = 0;

	for (size_t i = 0; i < envfile_count(looking->given[0]); i++) {
		struct envfile_entry entry;
		envfile_entry(looking->given[0], i, &entry);
		if (envfile_get(looking->example, entry.name) ||
			name_table_find(&looking->commented, entry.name) !=
				NAME_NONE)
			continue;
		if (++count <= SHOWN)
			buf_listed(&names, entry.name);
	}
	if (count > SHOWN)
		buf_text(&names, ", ...");
	if (count > 0 && !looking->silent[RULE_NAME_UNKNOWN])
		(void)report_add(looking->report, RULE_NAME_UNKNOWN, NULL,
			_("not in %s: %s"), looking->example_name,
			buf_cstring(&names));
}

void lint_names(struct report *report, const struct subject *subject,
	const char *path, const struct lint_schema *schema)
{
	struct looking looking = { .report = report,
		.schema = schema,
		.text = BUF((size_t)2 * ENVFILE_LIMIT) };

	for (size_t i = 0; !looking.example && import_example_endings[i]; i++) {
		const char *ending = import_example_endings[i];
		looking.example = read_document(path, ending);
		if (looking.example)
			looking.example_name =
				memory_printf("%s%s", subject->name, ending);
	}
	if (looking.example)
		looking.given[0] = read_document(path, "");
	if (looking.given[0]) {
		for (size_t i = 0; i < ARRAY_SIZE(beside); i++)
			looking.given[i + 1] = read_document(path, beside[i]);
		lint_silent_in_file(subject, "#", looking.silent);
		envfile_format(looking.example, &looking.text);
		import_example(buf_cstring(&looking.text), looking.text.size,
			looking.example, &looking.imported);
		index_comments(&looking);
		report_begin(report, subject->name);
		check_missing(&looking);
		check_unknown(&looking);
	}
	for (size_t i = 0; i < ARRAY_SIZE(looking.given); i++)
		envfile_free(looking.given[i]);
	envfile_free(looking.example);
	imported_release(&looking.imported);
	name_table_release(&looking.commented);
	buf_release(&looking.text);
	free(looking.example_name);
}
