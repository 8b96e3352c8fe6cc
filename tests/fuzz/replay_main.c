/* SPDX-License-Identifier: MIT */
/*
 * Runs a fuzz target without libFuzzer over files and folders: each file as it
 * is, then cut off and with a byte changed at places spread over it, which are
 * fewer where sanitizers do not look on, and where the mutants that reach what
 * the others do not are kept in a folder, behind "--mutants": these are run as
 * they are. The same inputs on every run.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/memory.h"
#include "os/directory.h"
#include "os/file.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define INPUT_LIMIT (16u << 20)
#if defined(SANITIZED) && !defined(HAS_MUTANTS)
#define PLACES_PER_FILE 64
#else
#define PLACES_PER_FILE 12
#endif
#define MUTATED_LIMIT 65536 /* larger files run as they are */

/* An exact allocation, so that a read behind its end is seen. */
static void run(const char *bytes, size_t size)
{
	char *copy = malloc(size ? size : 1);

	if (!copy)
		memory_exhausted();
	if (size)
		memcpy(copy, bytes, size);
	(void)LLVMFuzzerTestOneInput((const uint8_t *)copy, size);
	free(copy);
}

static void run_mutants(struct buf *input)
{
	size_t step = input->size / PLACES_PER_FILE + 1;

	for (size_t at = 0; at < input->size; at += step) {
		char kept = input->data[at];

		run(input->data, at);
		input->data[at] = (char)(kept ^ (char)(1u << (at % 7)));
		run(input->data, input->size);
		input->data[at] = kept;
	}
}

static bool replay_file(const char *path, bool mutants)
{
	SCOPED(buf) struct buf input = BUF(INPUT_LIMIT);
	struct error err;

	if (!file_read(path, &input, NULL, &err)) {
		(void)fprintf(stderr, "%s: %s\n", path, err.what);
		return false;
	}
	run(buf_cstring(&input), input.size);
	if (mutants && input.size <= MUTATED_LIMIT)
		run_mutants(&input);
	return true;
}

/* Returns how many files were run; -1 where one could not be read. */
static int replay_folder(const char *path, bool mutants)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int count = 0;

	if (!folder) {
		perror(path);
		return -1;
	}
	while (count >= 0 && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		char *file = path_join(path, entry->d_name);
		count = replay_file(file, mutants) ? count + 1 : -1;
		free(file);
	}
	closedir(folder);
	return count;
}

static int replay(const char *path, bool mutants)
{
	struct stat status;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return replay_folder(path, mutants);
	return replay_file(path, mutants) ? 1 : -1;
}

int main(int argc, char **argv)
{
	bool mutants = true;
	int total = 0;

	run("", 0);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--mutants") == 0) {
			mutants = false;
			continue;
		}
		int count = replay(argv[i], mutants);
		if (count < 0)
			return 1;
		total += count;
	}
	(void)printf("%d files and their mutants\n", total);
	return total > 0 ? 0 : 1;
}
