/* SPDX-License-Identifier: MIT */
#include "git/run_internal.h"

#include "os/process.h"

#include <stddef.h>

#define GIT_TIMEOUT_MS 5000
#define WORDS_LIMIT 20

int git_run(const char *folder, const char *const *words, const char *name,
	struct buf *said)
{
	/* A repository's own fsmonitor would be a program of somebody else. */
	const char *argv[WORDS_LIMIT + 2] = { "git", "-c",
		"core.fsmonitor=false" };
	size_t count = 3;

	while (*words && count < WORDS_LIMIT)
		argv[count++] = *words++;
	argv[count] = name;
	SCOPED(buf) struct buf errors = BUF(65536);
	const struct process process = { .argv = argv,
		.directory = folder,
		.timeout_ms = GIT_TIMEOUT_MS,
		.output = said,
		.errors = &errors };
	struct process_result result;
	struct error ignored;

	return process_run(&process, &result, &ignored) && result.exited
		? result.exit_code
		: -1;
}
