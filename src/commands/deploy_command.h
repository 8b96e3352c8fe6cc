/* SPDX-License-Identifier: MIT */
/*
 * What `apply`, `init` and `import` have in common as commands: the options of
 * the main job, its steps (deploy/deployment.h) in their order, and what is
 * printed. stdout gets the restart command (or the diff) and nothing else.
 */
#ifndef COMMANDS_DEPLOY_COMMAND_H
#define COMMANDS_DEPLOY_COMMAND_H

#include "base/i18n.h"
#include "cli/command.h"
#include "deploy/deployment.h"

/*
 * The first member of the command's struct of values, so that the rows below
 * fit each.
 */
struct deploy_options {
	bool dry_run;
	bool no_verify;
	bool take_over; /* --switch */
	bool restart;
	bool restart_here; /* no option of its own: as --restart, where the app
			      runs here */
	int64_t timeout;   /* seconds of the whole test call; 0: 60 */
};

#define DEPLOY_OPTIONS                                                         \
	OPTION(deploy_options, dry_run, "dry-run",                             \
		.help = N_(                                                    \
			"show the change with secrets masked, write nothing"), \
		.topic = N_("Applying")),                                      \
		OPTION(deploy_options, no_verify, "no-verify",                 \
			.help = N_("write without the test call"),             \
			.topic = N_("Applying")),                              \
		OPTION(deploy_options, take_over, "switch",                    \
			.help = N_("take over files that another profile "     \
				   "rendered, and with --restart its app"),    \
			.topic = N_("Applying")),                              \
		OPTION(deploy_options, restart, "restart",                     \
			.help = N_(                                            \
				"run the restart command, and see that the "   \
				"new values are live (exit 1 where they are "  \
				"not)"),                                       \
			.topic = N_("Applying")),                              \
		OPTION(deploy_options, timeout, "timeout", .value = "SECONDS", \
			.least = 1, .most = OPTION_SECONDS_MOST,               \
			.help = N_("limit for the whole test call (60)"),      \
			.topic = N_("Applying"))

/*
 * The plan of what is written: --dry-run shows it, and nothing is left to do;
 * otherwise somebody is asked where it takes another profile's files. Not
 * STATUS_OK: the command ends with it.
 */
enum status deploy_agree(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err);

/* --dry-run: the change as text on stdout, and in the JSON document. */
void deploy_show(
	const struct invocation *call, const struct deployment *deployment);

/* What a command ends with that carries out. */
extern const enum status deploy_statuses[];

/* The steps of deploy_carry_out, for who does something between them: the test
 * call unless --no-verify; its results shown; both; the files. */
bool deploy_call(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err) MUST_CHECK;
void deploy_show_call(
	const struct invocation *call, const struct deployment *deployment);
bool deploy_verify(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err) MUST_CHECK;
bool deploy_write(const struct invocation *call, struct deployment *deployment,
	struct error *err) MUST_CHECK;

/* Of a failure behind a change of the vault that is saved: the command that
 * goes on, since the same one again may take the change back. */
void deploy_advise_saved(
	const struct deployment *deployment, struct error *err);

/* The restart command; with --restart it is run, too: STATUS_FOUND where the
 * new values are not live afterwards. What a rollback began is at its end. */
enum status deploy_tell_restart(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment);

/*
 * What comes after deployment_prepare: the test call unless --no-verify, the
 * files, the restart command as the last line of stdout.
 */
enum status deploy_carry_out(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err);

#endif
