/* SPDX-License-Identifier: MIT */
/* What the files of this folder look with. */
#ifndef DOCTOR_DOCTOR_INTERNAL_H
#define DOCTOR_DOCTOR_INTERNAL_H

#include "doctor/doctor.h"
#include "http/http.h"
#include "live/live.h"
#include "session/workspace.h"

/* One to whom a request is made. */
struct doctor_host {
	char *url;     /* owned, as all below */
	char *name;    /* host, and port where one is said */
	char *profile; /* the first that it is of; NULL: of none */
	bool is_named;
};

struct doctor {
	const struct doctor_options *options;
	struct doctor_report *report;
	struct session keeper; /* has the identity, where it could be loaded */
	struct workspace workspace;
	/* What findings are about, and whether a command has to name it to mean
	 * it; or NULL. Borrowed. */
	const char *profile;
	bool is_named;
	struct live live;
	bool has_live; /* it was read, and PM2's programs looked at */
	/* git cannot run, waits or refuses: it is not asked again. */
	bool git_is_silent;
	/* No TLS without it: who needs that is not called. */
	bool lacks_authorities;
	struct doctor_host *hosts;
	size_t host_count;
};

enum doctor_told {
#define TOLD(constant, check, severity, message, advice) TOLD_##constant,
#include "doctor/told.def"
#undef TOLD
};

/* findings.c. The subject is copied, and shown as a word for a shell in the
 * folder that the user is in. */
void doctor_tell(
	struct doctor *doctor, enum doctor_told told, const char *subject);

/* What is not in that table. The message is one whole sentence. */
void doctor_add(struct doctor *doctor, enum doctor_check check,
	enum doctor_severity severity, const char *subject, const char *format,
	...) PRINTF(5, 6);
/* What is to be done about the last one, in place of what was said before. */
void doctor_advise(struct doctor *doctor, const char *format, ...) PRINTF(2, 3);
/* The same of an error; the subject is where it says, else that one. */
void doctor_add_error(struct doctor *doctor, enum doctor_check check,
	enum doctor_severity severity, const char *subject,
	const struct error *err);

/* vault.c: the file, and what git knows of it. */
void doctor_look_at_vault(struct doctor *doctor);
/* What a crash has left in the folder of that file. */
void doctor_look_at_left_over(struct doctor *doctor, const char *path);

/* machine.c: this user's key, memory and variables. */
void doctor_look_at_identity(struct doctor *doctor);
void doctor_look_at_machine(struct doctor *doctor);

/* profile.c: one after the other. */
void doctor_look_at_profiles(struct doctor *doctor);

/* tools.c: the programs that the workspace's profile needs; git, where `path`
 * is in a work tree. */
void doctor_look_at_tools(struct doctor *doctor);
bool doctor_look_at_git(struct doctor *doctor, const char *path);

/* network.c. Each host is asked once. */
void doctor_add_host(struct doctor *doctor, const char *origin);
void doctor_ask_hosts(struct doctor *doctor);
/* What an answer says, by this machine's clock when it came, in seconds since
 * the epoch. */
void doctor_judge_answer(struct doctor *doctor, const struct doctor_host *host,
	const struct http_answer *answer, int64_t now);

#endif
