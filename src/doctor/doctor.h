/* SPDX-License-Identifier: MIT */
/*
 * What on this machine would stop aigenv: a look at all that other commands
 * rest on, by the same functions that they call.
 *
 * What it refuses to do: change anything, remember anything, ask anybody
 * anything, or end at the first thing that is wrong. Each thing that it looks
 * at is a finding, also where it is as it should be.
 *
 * Requests go to the gateway of each profile that was opened, since what is in
 * one that was not is nobody's word, and where CLOUDFLARE_API_TOKEN is set to
 * Cloudflare's REST API: one to each, all at once, without any key, token or
 * cookie. Without such a profile none is made.
 */
#ifndef DOCTOR_DOCTOR_H
#define DOCTOR_DOCTOR_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Constant, word. */
#define DOCTOR_CHECKS(X)                                                       \
	X(DOCTOR_VAULT, "vault")                                               \
	X(DOCTOR_GIT, "git")                                                   \
	X(DOCTOR_IDENTITY, "identity")                                         \
	X(DOCTOR_PERMISSIONS, "permissions")                                   \
	X(DOCTOR_ENVIRONMENT, "environment")                                   \
	X(DOCTOR_PROFILE, "profile")                                           \
	X(DOCTOR_TOOLS, "tools")                                               \
	X(DOCTOR_LEFT_OVER, "left_over")                                       \
	X(DOCTOR_REACHABILITY, "reachability")                                 \
	X(DOCTOR_TLS, "tls")                                                   \
	X(DOCTOR_CLOCK, "clock")

enum doctor_check {
#define X(constant, word) constant,
	DOCTOR_CHECKS(X)
#undef X
};

enum doctor_severity {
	DOCTOR_OK,
	DOCTOR_INFO, /* good to know */
	/* Exit 1: */
	DOCTOR_WARNING, /* it would hurt, or stop some commands */
	DOCTOR_ERROR,   /* it stops what aigenv is for */
	DOCTOR_SEVERITIES,
};

struct doctor_finding {
	enum doctor_check check;
	enum doctor_severity severity;
	char *profile; /* that it is about; owned, as all texts; or NULL */
	bool is_named; /* a command has to name that profile to mean it */
	char *subject; /* a path, a program, a variable, a host; or "" */
	char *message; /* one sentence without a full stop */
	char *advice;  /* what to do; NULL: nothing, or it is said */
};

struct doctor_report {
	struct doctor_finding *items; /* owned, in the order of looking */
	size_t count;
	size_t of[DOCTOR_SEVERITIES]; /* how many of each */
};

struct doctor_options {
	/* The profile in it alone, or all of the vault. Nobody is asked,
	 * whatever its observer would do; that is told what is waited for. */
	struct session_options session;
	/* The topic "environment", which has each variable that counts in a
	 * line of its own, "AIGENV_FILE :: ...". Borrowed. */
	const char *variables;
	/* Called before hosts are asked, which takes its time: what was found
	 * until then can be shown. NULL: nobody is told. */
	void (*waits)(void *context);
	void *context;      /* borrowed */
	bool offline;       /* no request is made */
	int64_t timeout_ms; /* of each request; 0: 20 s */
};

void doctor_examine(
	const struct doctor_options *options, struct doctor_report *report);
void doctor_report_release(struct doctor_report *report);

/* Whether there is more than what is good to know: exit 1. */
bool doctor_report_matters(const struct doctor_report *report);

const char *doctor_check_word(enum doctor_check check);

/* {"findings": [{"check", "profile", "subject", "severity", "message",
 * "advice"}]}. New reference. */
json_t *doctor_json(const struct doctor_report *report);

#endif
