/* SPDX-License-Identifier: MIT */
/*
 * The main job, as `apply` and `init` share it (DESIGN "Commands", apply):
 *
 *     deployment_prepare   check secrets, render all outputs in memory
 *     deployment_show      --dry-run: the change, secrets masked
 *     deployment_verify    the test call
 *     deployment_write     stage, write, remember
 *     deployment_finish    the restart command, the JSON document
 *
 * A failed step leaves every file as it was and prints no restart command.
 * stdout gets the restart command (or the diff) and nothing else.
 */
#ifndef COMMANDS_DEPLOYMENT_H
#define COMMANDS_DEPLOYMENT_H

#include "apply/plan.h"
#include "cli/command.h"
#include "cli/output.h"
#include "gateway/gateway.h"
#include "session/workspace.h"

/*
 * Options of both commands: the first member of their struct of values, so that
 * the rows below fit either.
 */
struct deployment_options {
	bool dry_run;
	bool no_verify;
	int64_t timeout; /* seconds of the whole test call; 0: 60 */
};

#define DEPLOYMENT_OPTIONS                                                     \
	{ .name = "dry-run",                                                   \
		.type = OPTION_FLAG,                                           \
		.offset = offsetof(struct deployment_options, dry_run),        \
		.help = "show the change with secrets masked, write nothing",  \
		.topic = "Applying" },                                         \
		{ .name = "no-verify",                                         \
			.type = OPTION_FLAG,                                   \
			.offset = offsetof(                                    \
				struct deployment_options, no_verify),         \
			.help = "write without the test call",                 \
			.topic = "Applying" },                                 \
	{                                                                      \
		.name = "timeout", .value = "SECONDS", .type = OPTION_NUMBER,  \
		.offset = offsetof(struct deployment_options, timeout),        \
		.help = "limit for the whole test call (60)",                  \
		.topic = "Applying"                                            \
	}

struct deployment {
	struct invocation *call;
	const struct deployment_options *options;
	const struct profile *profile;
	const struct variables *variables;
	const char *directory;  /* of the vault, absolute */
	const char *vault_path; /* no output may be there */
	struct plan plan;
	struct verify_results results; /* empty before the call */
	bool verified;
	bool written;
};

/* `opened` is NULL for a profile that is not in the vault yet. */
bool deployment_prepare(struct deployment *deployment,
	const struct opened *opened, struct error *err) MUST_CHECK;

/* The change as text on stdout, and in the JSON document. */
void deployment_show(const struct deployment *deployment);

/*
 * Makes the test call unless --no-verify, and reports it. STATUS_REFUSED or
 * STATUS_UNREACHABLE with the diagnosis; the JSON document is then set.
 */
bool deployment_verify(struct deployment *deployment, struct error *err)
	MUST_CHECK;

/* Writes under the vault's lock, and has this machine remember it. */
bool deployment_write(struct deployment *deployment, struct session *session,
	struct error *err) MUST_CHECK;

/* What is left to do, as the last line of stdout. */
void deployment_finish(const struct deployment *deployment, bool name_profile);

void deployment_release(struct deployment *deployment);

#endif
