/* SPDX-License-Identifier: MIT */
/*
 * What the models see, for reader_models.py to compare with the readers.
 *
 *   reader_models FOLDER READER COUNT    of FOLDER/0.env, 1.env, ...
 * stdout: a line of JSON for each file and model of the reader:
 *   [file, version or "", "read"|"refused"|"ended", [[name, value, kind], ...]]
 * kind: "value" or "expanded"; names and values are in hexadecimal.
 */
#include "readers/readers.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_LIMIT (1u << 20)

static void print_hex(struct slice text)
{
	putchar('"');
	for (size_t i = 0; i < text.size; i++)
		printf("%02x", (unsigned)(unsigned char)text.at[i]);
	putchar('"');
}

static void print_model(size_t file, const struct reader_model *model,
	const char *bytes, size_t size)
{
	struct reading reading;
	struct seen seen = { .kind = SEEN_NOTHING };
	const char *separator = "";
	const char *end = "read";

	printf("[%zu, \"%s\", [", file, model->version ? model->version : "");
	reading_begin(&reading, model, bytes, size);
	while (reading_next(&reading, &seen)) {
		if (seen.kind == SEEN_REFUSED)
			end = "refused";
		if (seen.kind == SEEN_ENDED)
			end = "ended";
		if (seen.kind != SEEN_VALUE && seen.kind != SEEN_EXPANDED)
			continue;
		printf("%s[", separator);
		print_hex(seen.name);
		printf(", ");
		print_hex(seen.value);
		printf(", \"%s\"]",
			seen.kind == SEEN_VALUE ? "value" : "expanded");
		separator = ", ";
	}
	reading_release(&reading);
	printf("], \"%s\"]\n", end);
}

int main(int argc, char **argv)
{
	static char bytes[FILE_LIMIT];
	enum reader reader = argc == 4 ? reader_find(argv[2]) : READER_COUNT;

	if (reader == READER_COUNT)
		return 2;
	for (long i = 0; i < strtol(argv[3], NULL, 10); i++) {
		char path[4096];
		(void)snprintf(path, sizeof(path), "%s/%ld.env", argv[1], i);
		FILE *file = fopen(path, "rb");
		if (!file)
			return 1;
		size_t size = fread(bytes, 1, sizeof(bytes), file);
		(void)fclose(file);
		for (size_t m = 0; m < READER_MODELS; m++) {
			if (reader_models[m].reader == reader)
				print_model((size_t)i, &reader_models[m], bytes,
					size);
		}
	}
	return 0;
}
