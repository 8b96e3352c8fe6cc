/* SPDX-License-Identifier: MIT */
/* The programs that others of aigenv's commands start. */
#include "doctor/doctor_internal.h"

#include "base/clean.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "deploy/service.h"
#include "git/sight.h"
#include "live/live.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/process.h"
#include "session/environment.h"

#include <string.h>

#define VERSION_LIMIT 4096
#define VERSION_TIMEOUT_MS 5000
#define PACKAGE_LIMIT ((size_t)256 * 1024)

/* The first line of what `PROGRAM --version` says, or "". Never of pm2, which
 * would start its daemon. */
static void ask_version(const char *program, char *out, size_t size)
{
	SCOPED(buf) struct buf said = BUF(VERSION_LIMIT);
	SCOPED(buf) struct buf errors = BUF(VERSION_LIMIT);
	/* Nothing of ours that is secret, or that has it load something. */
	OWNED const char **environment = environment_service();
	const struct process process = {
		.environment = environment,
		.argv = (const char *const[]){ program, "--version", NULL },
		.timeout_ms = VERSION_TIMEOUT_MS,
		.output = &said,
		.errors = &errors,
	};
	struct process_result result = { 0 };
	struct error ignored;
	const bool ran = process_run(&process, &result, &ignored) &&
		result.exited && result.exit_code == 0;
	const char *text = ran ? buf_cstring(&said) : "";

	clean_line(text, strcspn(text, "\n"), out, size);
}

/* One that is asked for its version, which shows that it can run at all; false
 * where it cannot. */
static bool add_asked(struct doctor *doctor, const char *name, const char *path)
{
	char version[64];

	ask_version(path, version, sizeof(version));
	if (*version)
		doctor_add(doctor, DOCTOR_TOOLS, DOCTOR_OK, name,
			_("%s, in %s"), version, path);
	else
		doctor_tell(doctor, TOLD_PROGRAM_BROKEN, path);
	return *version;
}

bool doctor_look_at_git(struct doctor *doctor, const char *path)
{
	OWNED char *folder = path_directory(path);
	OWNED char *program = NULL;

	if (!git_is_work_tree(folder))
		return false;
	program = process_find("git");
	if (!program) {
		doctor_tell(doctor, TOLD_GIT_MISSING, "git");
		return false;
	}
	doctor->git_is_silent = !add_asked(doctor, "git", program);
	return !doctor->git_is_silent;
}

/* PM2 */

/* As its package says: bin/pm2 of it is what the program leads to. Owned; NULL:
 * it is not known. */
static char *version_of_package(const char *program)
{
	SCOPED(buf) struct buf text = BUF(PACKAGE_LIMIT);
	OWNED char *real = path_resolve(program);
	OWNED char *bin = path_directory(real ? real : program);
	OWNED char *package = path_join(bin, "../package.json");
	struct error ignored;

	if (!file_read(package, &text, NULL, &ignored))
		return NULL;
	JSON_SCOPED json_t *root =
		json_parse_foreign(buf_cstring(&text), text.size);
	const char *version = json_text(root, "version");
	return version && text_equal_or_null(json_text(root, "name"), "pm2")
		? memory_printf("%.32s", version)
		: NULL;
}

static void look_at_pm2(struct doctor *doctor)
{
	SCOPED(pm2_program)
	struct pm2_program program = pm2_program_find(&doctor->live, "pm2");

	if (!program.file) {
		doctor_tell(doctor, TOLD_PM2_MISSING, "pm2");
		return;
	}
	OWNED char *version = version_of_package(program.file);
	if (version)
		doctor_add(doctor, DOCTOR_TOOLS, DOCTOR_OK, "pm2",
			_("%s, in %s"), version, program.file);
	else
		doctor_add(doctor, DOCTOR_TOOLS, DOCTOR_OK, "pm2", _("in %s"),
			program.file);
}

static void look_at_node(struct doctor *doctor)
{
	SCOPED(pm2_program)
	struct pm2_program program = pm2_program_find(&doctor->live, "node");

	if (program.file)
		(void)add_asked(doctor, "node", program.file);
	else
		doctor_tell(doctor, TOLD_NODE_MISSING, "node");
}

/* They are the machine's, whatever profile needs them. */
static void look_at_node_and_pm2(struct doctor *doctor)
{
	if (doctor->has_live)
		return;
	live_read(&doctor->live);
	doctor->has_live = true;
	if (doctor->live.state == LIVE_UNKNOWN)
		doctor_add_error(doctor, DOCTOR_TOOLS, DOCTOR_WARNING,
			doctor->live.home, &doctor->live.why);
	look_at_pm2(doctor);
	look_at_node(doctor);
}

/* As it is found where the command is run: in the vault's folder. Owned. */
static char *find_command(const struct doctor *doctor, const char *name)
{
	const char *folder = vault_directory(doctor->workspace.session.vault);
	OWNED char *whole = strchr(name, '/') ? path_join(folder, name) : NULL;

	return process_find(whole ? whole : name);
}

/* A restart command of the profile's own. */
static void look_at_command(struct doctor *doctor, const json_t *words)
{
	const char *name = json_string_value(json_array_get(words, 0));
	OWNED char *program = name ? find_command(doctor, name) : NULL;

	if (!name)
		return;
	if (program)
		doctor_add(doctor, DOCTOR_TOOLS, DOCTOR_OK, name, _("in %s"),
			program);
	else
		doctor_tell(doctor, TOLD_COMMAND_MISSING, name);
}

void doctor_look_at_tools(struct doctor *doctor)
{
	const struct profile *profile = &doctor->workspace.profile;
	const json_t *command = service_command(profile);

	if (command)
		look_at_command(doctor, command);
	else if (profile->pm2.app)
		look_at_node_and_pm2(doctor);
}
