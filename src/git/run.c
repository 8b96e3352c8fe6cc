/* SPDX-License-Identifier: MIT */
#include "git/run_internal.h"

#include "base/memory.h"
#include "git/records_internal.h"
#include "os/process.h"

#include <stddef.h>
#include <string.h>

#define SHORT_MS 5000
#define LONG_MS 60000
#define WORDS_LIMIT 40

/*
 * Whoever made the repository may be a stranger: its config names programs. For
 * what is asked here git would start these: a monitor of files, hooks when the
 * index is written, a helper that checks signatures, and what fetches an object
 * that a partial clone lacks. Two files beside the objects say again what these
 * say themselves, and may say something else. environment.c has more of them.
 */
static const char *const guards[] = { "-c", "core.fsmonitor=false", "-c",
	"core.hooksPath=/dev/null", "-c", "log.showSignature=false", "-c",
	"core.commitGraph=false", "-c", "core.multiPackIndex=false" };

/* Its stdout and the rest of what it is started with are in `process`. */
static int run(const char *folder, const char *const *words, const char *name,
	struct process process)
{
	const char *argv[WORDS_LIMIT + 2] = { "git" };
	OWNED const char **environment = git_environment(folder);
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

/* The next part, whole; else what there is of it is kept for the next time. */
static bool next_part(struct git_parts *parts, const char **bytes, size_t *size)
{
	const char *found =
		*size > 0 ? memchr(*bytes, parts->end, *size) : NULL;
	size_t taken = found ? (size_t)(found - *bytes) : *size;

	buf_append(&parts->part, *bytes, taken);
	if (!found || buf_failed(&parts->part))
		return false;
	*bytes += taken + 1;
	*size -= taken + 1;
	return true;
}

bool git_parts_take(void *context, const char *bytes, size_t size)
{
	struct git_parts *parts = context;

	while (next_part(parts, &bytes, &size)) {
		parts->take(parts, parts->part.data);
		buf_clear(&parts->part);
	}
	return !buf_failed(&parts->part);
}

void git_parts_keep(struct git_parts *parts)
{
	const struct buf part = parts->part;

	parts->part = parts->before;
	parts->before = part;
	parts->has_before = true;
}

void git_parts_release(struct git_parts *parts)
{
	buf_release(&parts->part);
	buf_release(&parts->before);
}

bool git_each_part(const char *folder, const char *const *words,
	struct git_parts *parts, bool silent)
{
	SCOPED(buf) struct buf errors = BUF(65536);
	int status = git_stream(folder, words,
		&(struct git_stream){ .take = git_parts_take,
			.context = parts,
			.errors = &errors });

	git_parts_release(parts);
	return status == 0 && !(silent && errors.size > 0);
}
