/* SPDX-License-Identifier: MIT */
#include "doctor/doctor_internal.h"

#include <stdlib.h>

/* What `apply` would say: a sentence, with what to do. */
static void take_warning(void *context, const char *message)
{
	struct doctor *doctor = context;

	doctor_add(doctor, DOCTOR_PROFILE, DOCTOR_WARNING,
		doctor->profile ? doctor->profile : VAULT_FILE, "%s", message);
}

/* Nobody is asked, and what is to be said is a finding. */
static struct session_options quiet(struct doctor *doctor)
{
	struct session_options session = doctor->options->session;
	const struct observer observer = {
		.warn = take_warning,
		.context = doctor,
	};

	session.no_input = true;
	session.observer = observer;
	return session;
}

static void doctor_release(struct doctor *doctor)
{
	if (doctor->has_live)
		live_release(&doctor->live);
	for (size_t i = 0; i < doctor->host_count; i++) {
		free(doctor->hosts[i].url);
		free(doctor->hosts[i].name);
		free(doctor->hosts[i].profile);
	}
	free(doctor->hosts);
	workspace_release(&doctor->workspace);
	session_release(&doctor->keeper);
}

void doctor_examine(
	const struct doctor_options *options, struct doctor_report *report)
{
	SCOPED(doctor)
	struct doctor doctor = { .options = options, .report = report };

	doctor.keeper = SESSION(quiet(&doctor));
	doctor.workspace = WORKSPACE(quiet(&doctor));
	doctor_look_at_vault(&doctor);
	doctor_look_at_identity(&doctor);
	doctor_look_at_machine(&doctor);
	doctor_look_at_profiles(&doctor);
	doctor_ask_hosts(&doctor);
}
