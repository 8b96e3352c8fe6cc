/* SPDX-License-Identifier: MIT */
/*
 * Writes env files with the real code, for envfile_readers.py to read back.
 *
 * stdin:  {"readers": ["node"], "base": "A=1\n", "values": [["NAME", "v"]]}
 * stdout: {"file": "...", "entries": [["NAME", "v"]], "differ": [["node"]],
 *          "refused": [null], "stops": ["node"]}
 * `file` is `base` with each value set; `differ` and `refused` have an item for
 * each value; `stops` are the readers that some line of it stops.
 */
#include "envfile/envfile.h"

#include "base/json.h"
#include "base/memory.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define FILE_LIMIT (16u * ENVFILE_LIMIT)

static reader_set read_readers(json_t *names)
{
	reader_set readers = 0;
	json_t *name = NULL;
	size_t i = 0;

	json_array_foreach(names, i, name)
		readers |= 1U << reader_find(json_string_value(name));
	return readers;
}

static json_t *list_readers(reader_set readers)
{
	json_t *names = json_array();

	for (unsigned i = 0; i < READER_COUNT; i++) {
		if (readers >> i & 1U)
			json_array_append_new(names,
				json_string(reader_name((enum reader)i)));
	}
	return names;
}

/* One value: into the document, its readers and refusal into the answer. */
static void spell(struct envfile *document, json_t *pair, reader_set wanted,
	json_t *differs, json_t *refused)
{
	const char *name = json_string_value(json_array_get(pair, 0));
	const char *value = json_string_value(json_array_get(pair, 1));
	SCOPED(buf) struct buf spelling = BUF(FILE_LIMIT);
	struct error err = { .status = STATUS_OK };
	reader_set differ = 0;

	if (envfile_quote(name, value, wanted, &spelling, &differ, &err)) {
		envfile_set(document, name, buf_cstring(&spelling));
		json_array_append_new(differs, list_readers(differ));
		json_array_append_new(refused, json_null());
	} else {
		json_array_append_new(differs, json_array());
		json_array_append_new(refused, json_string(err.what));
	}
}

static json_t *list_entries(const struct envfile *document)
{
	json_t *entries = json_array();
	struct envfile_entry entry = { .name = "" };

	for (size_t i = 0; i < envfile_count(document); i++) {
		envfile_entry(document, i, &entry);
		json_array_append_new(
			entries, json_pack("[s s]", entry.name, entry.value));
	}
	return entries;
}

static json_t *list_stopped(const struct envfile *document)
{
	struct envfile_stop stop;
	reader_set stopped = 0;
	size_t at = 0;

	while (envfile_next_stop(document, UINT32_MAX, &at, &stop))
		stopped |= stop.readers;
	return list_readers(stopped);
}

static bool answer(json_t *question, struct error *err)
{
	reader_set wanted = read_readers(json_object_get(question, "readers"));
	json_t *base = json_object_get(question, "base");
	json_t *values = json_object_get(question, "values");
	json_t *differs = json_array();
	json_t *refused = json_array();
	struct envfile *document = NULL;
	json_t *pair = NULL;
	size_t i = 0;

	if (!envfile_parse_for(json_string_value(base),
		    json_string_length(base), wanted, &document, err))
		return false;
	json_array_foreach(values, i, pair)
		spell(document, pair, wanted, differs, refused);
	SCOPED(buf) struct buf file = BUF(FILE_LIMIT);
	envfile_format(document, &file);
	JSON_SCOPED json_t *result = json_pack("{s:s#, s:o, s:o, s:o, s:o}",
		"file", buf_cstring(&file), (int)file.size, "entries",
		list_entries(document), "differ", differs, "refused", refused,
		"stops", list_stopped(document));
	envfile_free(document);
	return json_dumpf(result, stdout, JSON_COMPACT) == 0 && puts("") >= 0;
}

/* One question a line, one answer a line. */
int main(void)
{
	static char line[FILE_LIMIT];
	struct error err = { .status = STATUS_OK };

	while (fgets(line, sizeof(line), stdin)) {
		JSON_SCOPED json_t *question = json_loads(line, 0, NULL);
		if (!question || !answer(question, &err)) {
			fprintf(stderr, "%s\n", question ? err.what : "JSON?");
			return 1;
		}
		(void)fflush(stdout);
	}
	return 0;
}
