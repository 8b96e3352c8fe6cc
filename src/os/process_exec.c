/* SPDX-License-Identifier: MIT */
#include "os/process.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "os/hardening.h"
#include "os/process_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Something of that name in PATH that may not be executed is not missing. */
static int not_found_number(const char *program)
{
	if (strchr(program, '/') || !*program)
		return process_not_found(program);
	OWNED char *other = process_look_up(program, getenv("PATH"), F_OK);

	return other ? EACCES : ENOENT;
}

/* `program` is what argv[0] was found to be; NULL: nothing was. */
static bool not_executed(const char *const *argv, const char *program,
	int number, struct error *err)
{
	struct stat status;

	process_not_started(argv[0], number, err);
	err->status = number == ENOENT ? STATUS_NOT_FOUND : STATUS_CANNOT_RUN;
	if (!program || stat(program, &status) != 0)
		return false;
	if (S_ISDIR(status.st_mode))
		return error_next(err, _("name a program: this is a folder"));
	if (number == ENOENT)
		return error_next(err,
			_("it is there, and the interpreter that its first "
			  "line names, or its loader, is not: install that"));
	if (number == E2BIG)
		error_next(err,
			_("shorten what it gets: the variables and arguments "
			  "are larger than the system takes"));
	return false;
}

/* Whether a file without "#!" may be a script: no byte of a program that is
 * made for another machine is in its first line. */
static bool looks_like_script(const char *program)
{
	char start[256];
	int file = open(program, O_RDONLY | O_CLOEXEC);
	ssize_t size = file >= 0 ? read(file, start, sizeof(start)) : -1;
	const char *end = size > 0 ? memchr(start, '\n', (size_t)size) : NULL;
	size_t line = end ? (size_t)(end - start) : (size_t)size;

	if (file >= 0)
		(void)close(file);
	return size >= 0 && !memchr(start, '\0', line);
}

/* Returns on failure alone, with errno. */
static int exec_script(const char *program, const char *const *argv,
	const char *const *environment)
{
	static const char shell[] = "/bin/sh";
	size_t count = 0;

	while (argv[count])
		count++;
	OWNED const char **words = memory_array(count + 2, sizeof(*words));
	words[0] = shell;
	words[1] = program;
	for (size_t i = 1; i < count; i++)
		words[i + 1] = argv[i];
	(void)execve(
		shell, process_mutable(words), process_mutable(environment));
	return errno;
}

bool process_exec(const char *const *argv, const char *const *environment,
	struct error *err)
{
	/* Looked up in our PATH first, so that a profile's PATH variable does
	 * not decide which program this is. */
	OWNED char *program = process_find(argv[0]);

	if (!program)
		return not_executed(argv, NULL, not_found_number(argv[0]), err);
	hardening_undo_for_child();
	(void)execve(
		program, process_mutable(argv), process_mutable(environment));
	int number = errno;
	if (number == ENOEXEC && looks_like_script(program))
		number = exec_script(program, argv, environment);
	(void)not_executed(argv, program, number, err);
	return false;
}
