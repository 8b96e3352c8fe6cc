/* SPDX-License-Identifier: MIT */
#include "deploy/pm2_program.h"

#include "os/process.h"

#include <stdlib.h>

struct pm2_program pm2_program_find(const struct live *live, const char *name)
{
	struct pm2_program program = { .file = process_find(name) };

	if (program.file)
		return program;
	program.path = live_daemon_path(live);
	if (program.path)
		program.file = process_find_in(name, program.path);
	return program;
}

void pm2_program_release(struct pm2_program *program)
{
	free(program->file);
	free(program->path);
	*program = (struct pm2_program){ 0 };
}
