/* SPDX-License-Identifier: MIT */
#include "git/run_internal.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/process.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

#define SHORT_MS 5000
#define LONG_MS 60000
#define WORDS_LIMIT 40

/*
 * Whoever made the repository may be a stranger: its config names programs. For
 * what is asked here git would start these: a monitor of files, hooks when the
 * index is written, a helper that checks signatures, and what fetches an object
 * that a partial clone lacks. Two files beside the objects say again what these
 * say themselves, and may say something else.
 */
static const char *const guards[] = { "-c", "core.fsmonitor=false", "-c",
	"core.hooksPath=/dev/null", "-c", "log.showSignature=false", "-c",
	"core.commitGraph=false", "-c", "core.multiPackIndex=false" };
static const char *const guard_variables[] = { "GIT_ALLOW_PROTOCOL=none",
	"GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0",
	/* History as it was made. */
	"GIT_GRAFT_FILE=/dev/null/none" };

static bool is_guard(const char *entry)
{
	for (size_t i = 0; i < ARRAY_SIZE(guard_variables); i++)
		if (strncmp(entry, guard_variables[i],
			    strcspn(guard_variables[i], "=") + 1) == 0)
			return true;
	return false;
}

/* What nothing that is asked here needs: git fetches nothing. */
static bool is_secret(const char *entry)
{
	static const char *const endings[] = { "_TOKEN", "_KEY", "_SECRET",
		"PASSWORD", "PASSPHRASE" };
	const struct slice name = { entry, strcspn(entry, "=") };

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		if (slice_ends(name, endings[i]))
			return true;
	}
	return false;
}

/* The caller's, with the guards in place of what it says of them, and without
 * secrets. Owned; the texts are borrowed. */
static const char **guarded_environment(void)
{
	size_t count = 0;
	size_t used = ARRAY_SIZE(guard_variables);

	while (environ[count])
		count++;
	const char **list = memory_array(count + used + 1, sizeof(*list));

	memcpy(list, guard_variables, sizeof(guard_variables));
	for (size_t i = 0; i < count; i++)
		if (!is_guard(environ[i]) && !is_secret(environ[i]))
			list[used++] = environ[i];
	return list;
}

/* Its stdout and the rest of what it is started with are in `process`. */
static int run(const char *folder, const char *const *words, const char *name,
	struct process process)
{
	const char *argv[WORDS_LIMIT + 2] = { "git" };
	const char **environment = guarded_environment();
	size_t count = 1 + ARRAY_SIZE(guards);

	memcpy(argv + 1, guards, sizeof(guards));
	while (*words && count < WORDS_LIMIT)
		argv[count++] = *words++;
	argv[count] = name;
	SCOPED(buf) struct buf errors = BUF(65536);
	struct process_result result;
	struct error ignored;

	process.argv = argv;
	process.environment = environment;
	process.directory = folder;
	if (!process.errors)
		process.errors = &errors;
	bool ran = process_run(&process, &result, &ignored);

	free(environment);
	return ran && result.exited        ? result.exit_code
		: ran && result.was_silent ? GIT_SILENT
					   : -1;
}

int git_run(const char *folder, const char *const *words, const char *name,
	struct buf *said)
{
	return run(folder, words, name,
		(struct process){ .timeout_ms = SHORT_MS, .output = said });
}

int git_run_long(const char *folder, const char *const *words, const char *name,
	struct buf *said)
{
	return run(folder, words, name,
		(struct process){ .timeout_ms = LONG_MS, .output = said });
}

int git_stream(const char *folder, const char *const *words,
	const struct git_stream *stream)
{
	return run(folder, words, NULL,
		(struct process){ .input = stream->input,
			.take = stream->take,
			.context = stream->context,
			.silence_ms = stream->silence_ms ? stream->silence_ms
							 : GIT_SILENCE_MS,
			.errors = stream->errors });
}
