/* SPDX-License-Identifier: MIT */
#include "deploy/exposure.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "git/gitignore.h"
#include "os/directory.h"

#include <stdlib.h>
#include <string.h>

bool exposure_holds_secrets(
	const struct redactor *redactor, const struct rendered *file)
{
	SCOPED(buf) struct buf masked = BUF(SIZE_MAX);

	if (file->builtin && text_equal(file->builtin->name, "env-example"))
		return false;
	redact(redactor, buf_cstring(&file->after), file->after.size, &masked);
	return !buf_equal(&masked, &file->after);
}

/* The temporary file of a writer, as it would stand beside the output. */
static bool shows_temporaries(const struct rendered *file)
{
	OWNED char *folder = path_directory(file->path);
	OWNED char *temporary =
		memory_printf("%s/.output.aigenv-000000", folder);

	return git_look(temporary) == GIT_WOULD_TAKE;
}

void exposure_find(const struct plan *plan, const struct variables *variables,
	struct exposure *exposure)
{
	struct redactor *redactor = variables_redactor(variables);

	*exposure = (struct exposure){ .count = 0 };
	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *file = &plan->outputs[i];
		enum git_sight sight = git_look(file->path);
		if ((sight != GIT_WOULD_TAKE && sight != GIT_TRACKS) ||
			!exposure_holds_secrets(redactor, file))
			continue;
		exposure->items[exposure->count++] = (struct exposed){
			.path = file->output->path,
			.file = file->path,
			.sight = sight,
		};
		exposure->temporaries =
			exposure->temporaries || shows_temporaries(file);
	}
	redactor_free(redactor);
}

char **exposure_lines(const struct exposure *exposure)
{
	char **lines = memory_array(exposure->count + 2, sizeof(*lines));

	size_t count = 0;

	for (size_t i = 0; i < exposure->count; i++)
		if (exposure->items[i].sight == GIT_WOULD_TAKE)
			lines[count++] =
				gitignore_line(exposure->items[i].path);
	if (count > 0 && exposure->temporaries)
		lines[count] = memory_text(GITIGNORE_TEMPORARY);
	return lines;
}

void exposure_lines_free(char **lines)
{
	for (size_t i = 0; lines[i]; i++)
		free(lines[i]);
	free(lines);
}

char *exposure_message(const struct exposed *exposed, bool counts)
{
	if (exposed->sight == GIT_TRACKS)
		return memory_printf(_("%s holds secrets, and git tracks it"),
			exposed->path);
	return memory_printf(counts
			? _("%s holds secrets, and git does not ignore it")
			: _("%s holds secrets, and git does not ignore it: it "
			    "reads no .gitignore that is not a plain file"),
		exposed->path);
}

/* The .gitignore of the vault's folder, which the output's path counts from, as
 * seen from where the user is. Owned. */
static char *gitignore_of(const struct exposed *exposed, const char *started_in)
{
	const size_t whole = strlen(exposed->file);
	const size_t own = strlen(exposed->path);

	if (!text_ends_with(exposed->file, exposed->path))
		return memory_text(".gitignore");
	OWNED char *folder = memory_copy(exposed->file, whole - own);
	OWNED char *list = memory_printf("%s.gitignore", folder);
	return path_relative(started_in, list);
}

char *exposure_advice(
	const struct exposed *exposed, bool counts, const char *started_in)
{
	OWNED char *line = gitignore_line(exposed->path);
	OWNED char *path = path_relative(started_in, exposed->file);
	OWNED char *word = shell_quoted(path);
	OWNED char *list = gitignore_of(exposed, started_in);

	if (exposed->sight == GIT_TRACKS)
		return memory_printf(
			_("take it out with `git rm --cached -- %s`, add the "
			  "line %s to %s, and give its keys new values if it "
			  "was ever pushed"),
			word, line, list);
	if (!counts)
		return memory_printf(
			_("put a file in its place, with the line %s, before "
			  "you commit"),
			line);
	return memory_printf(
		_("add the line %s to %s before you commit"), line, list);
}
